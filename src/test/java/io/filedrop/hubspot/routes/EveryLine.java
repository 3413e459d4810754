package io.filedrop.hubspot.routes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/** Listens to the log at its finest, for what must not stand there. */
final class EveryLine extends ExtHandler {

    private final List<String> forbidden;
    private final AtomicLong fine = new AtomicLong();
    private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());
    private final Map<Logger, Level> before = new LinkedHashMap<>();

    private EveryLine(String... forbidden) {
        this.forbidden = List.of(forbidden);
        setLevel(Level.ALL);
    }

    static EveryLine listen(String... forbidden) {
        EveryLine listener = new EveryLine(forbidden);
        for (String category : List.of("io.filedrop", "org.apache.camel", "org.apache.hc")) {
            Logger logger = Logger.getLogger(category);
            listener.before.put(logger, logger.getLevel());
            logger.setLevel(Level.ALL);
            logger.addHandler(listener);
            // The console has enough to do.
            logger.setUseParentHandlers(false);
        }
        return listener;
    }

    @Override
    protected void doPublish(ExtLogRecord line) {
        if (line.getLevel().intValue() < Level.FINE.intValue()) {
            fine.incrementAndGet();
        }
        String text = line.getFormattedMessage() + line.getThrown();
        if (forbidden.stream().anyMatch(text::contains)) {
            leaks.add(text);
        }
    }

    /** How many lines finer than DEBUG there were. */
    long lines() {
        return fine.get();
    }

    List<String> leaks() {
        return leaks;
    }

    @Override
    public void close() {
        before.forEach(
                (logger, level) -> {
                    logger.removeHandler(this);
                    logger.setLevel(level);
                    logger.setUseParentHandlers(true);
                });
    }
}
