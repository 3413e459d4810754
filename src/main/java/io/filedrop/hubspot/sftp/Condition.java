package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * How it stands with one thing that can be in trouble: told once when it changes, and again every
 * so often while it lasts.
 */
final class Condition {

    private static final Logger LOG = Logger.getLogger(Condition.class);

    private final String who;
    private final Duration remindEvery;
    private final LongSupplier nanoTime;
    private volatile Trouble trouble;
    private boolean toldWell;

    private record Trouble(String kind, String sentence, long toldAt) {}

    Condition(String who, Duration remindEvery, LongSupplier nanoTime) {
        this.who = who;
        this.remindEvery = remindEvery;
        this.nanoTime = nanoTime;
    }

    /** All is well; said at the end of a trouble, and the first time. */
    void well(String sentence) {
        if (trouble != null || !toldWell) {
            LOG.infof("%s: %s", who, sentence);
        }
        toldWell = true;
        trouble = null;
    }

    /**
     * Something is wrong.
     *
     * @param kind as long as it is the same one, the trouble lasts
     * @param told a sentence; what a server said in it may be anything
     */
    void trouble(String kind, String told) {
        String sentence = Words.name(told);
        long now = nanoTime.getAsLong();
        Trouble before = trouble;
        boolean lasts = before != null && before.kind().equals(kind);
        if (lasts && now - before.toldAt() < remindEvery.toNanos()) {
            trouble = new Trouble(kind, sentence, before.toldAt());
            return;
        }
        LOG.warnf("%s: %s%s", who, lasts ? "still, " : "", sentence);
        trouble = new Trouble(kind, sentence, now);
    }

    /** The trouble there is, a sentence. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble).map(Trouble::sentence);
    }
}
