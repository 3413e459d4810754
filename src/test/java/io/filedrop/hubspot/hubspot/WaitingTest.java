package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long to wait: by ourselves, and as HubSpot asks. */
class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");

    @ParameterizedTest(name = "after {0} attempts, asked for {1} ms, chance {2}: {3} ms")
    @CsvSource({
        "0, 0, 1, 500",
        "1, 0, 1, 1000",
        "2, 0, 1, 2000",
        "6, 0, 1, 32000",
        "7, 0, 1, 60000",
        "1000, 0, 1, 60000",
        // with jitter between a half and the whole
        "0, 0, 0, 250",
        "7, 0, 0, 30000",
        // never less than asked for
        "0, 10000, 1, 10000",
        "7, 10000, 0, 30000",
    })
    void growsUpToItsCap(int attempts, long atLeast, double chance, long wait) {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), () -> chance);
        assertThat(backoff.after(attempts, Duration.ofMillis(atLeast)))
                .isEqualTo(Duration.ofMillis(wait));
    }

    @ParameterizedTest(name = "Retry-After: {0} is {1} s")
    @CsvSource({
        "5, 5",
        "' 5 ', 5",
        "600, 600",
        "86400, 600",
        "999999999, 600",
        "99999999999999999999, ",
        "0, ",
        "-1, ",
        "1.5, ",
        "soon, ",
        "'', ",
        "'Mon, 23 Nov 2026 20:00:30 GMT', 30",
        "'Tue, 24 Nov 2026 20:00:30 GMT', 600",
        "'Mon, 23 Nov 2020 20:00:30 GMT', ",
        "'Mon, 99 Nov 2026 20:00:30 GMT', ",
    })
    void readsRetryAfter(String header, Long seconds) {
        assertThat(RetryAfter.parse(Optional.of(header), NOW, Duration.ofMinutes(10)))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @Test
    void knowsThatThereMayBeNoHeader() {
        assertThat(RetryAfter.parse(Optional.empty(), NOW, Duration.ofMinutes(10))).isEmpty();
    }
}
