package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One line when something changes, then one an hour. */
class ConditionTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final Logger logger = Logger.getLogger(Condition.class.getName());
    private final Condition condition = new Condition("madrid", Duration.ofHours(1), clock::get);
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(
                            line.getParameters() == null
                                    ? line.getMessage()
                                    : String.format(line.getMessage(), line.getParameters()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
    }

    @Test
    void tellsEverythingInOneLine() {
        condition.trouble("ALGORITHMS", "it offers a\n2026-11-26 INFO forged");
        assertThat(lines).containsExactly("madrid: it offers a<U+000A>2026-11-26 INFO forged");
        assertThat(condition.trouble()).contains("it offers a<U+000A>2026-11-26 INFO forged");
    }

    @Test
    void tellsOfAnOutageOnceAndThenHourly() {
        condition.well("reached");
        condition.well("reached");
        for (int minute = 0; minute < 180; minute++) {
            condition.trouble("UNREACHABLE", "it is gone, " + minute);
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertThat(condition.trouble()).contains("it is gone, 179");
        condition.trouble("CREDENTIALS", "refused");
        condition.well("reached");

        assertThat(lines)
                .containsExactly(
                        "madrid: reached",
                        "madrid: it is gone, 0",
                        "madrid: still, it is gone, 60",
                        "madrid: still, it is gone, 120",
                        "madrid: refused",
                        "madrid: reached");
        assertThat(condition.trouble()).isEmpty();
    }
}
