package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final AtomicLong clock = new AtomicLong();
    private final Arrivals arrivals =
            new Arrivals(
                    "madrid",
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    new SftpSettings.Limits(
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            100,
                            3,
                            5),
                    clock::get);

    private void list(String... names) {
        arrivals.begin();
        for (String name : names) {
            arrivals.add(new SftpConnection.Entry(name, 5, 1_700_000_000, true, false));
        }
    }

    /** A program that runs once must not end because its first visit took long. */
    @Test
    void settlesNothingByTheTimeThatAVisitTakes() {
        list("feed.csv");
        assertThat(arrivals.ready()).isEmpty();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(arrivals.isAnySettling()).isTrue();

        list("feed.csv");
        assertThat(arrivals.ready()).hasSize(1);
        assertThat(arrivals.isAnySettling()).isFalse();
    }

    @Test
    void waitsForNothingThatIsNeverTaken() {
        list("x.part", "../x", ".hidden");
        assertThat(arrivals.ready()).isEmpty();
        assertThat(arrivals.isAnySettling()).isFalse();
    }
}
