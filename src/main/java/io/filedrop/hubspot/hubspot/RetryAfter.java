package io.filedrop.hubspot.hubspot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The {@code Retry-After} header: seconds or an HTTP date, both of them from outside. */
final class RetryAfter {

    private RetryAfter() {}

    /**
     * How long to wait, if the header says anything usable.
     *
     * @param most a longer wait is cut to this: a wrong header must not stop the night
     */
    static Optional<Duration> parse(Optional<String> header, Instant now, Duration most) {
        return header.flatMap(text -> duration(text.strip(), now))
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .map(wait -> wait.compareTo(most) > 0 ? most : wait);
    }

    private static Optional<Duration> duration(String text, Instant now) {
        try {
            if (text.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant date =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeException e) {
            // Junk, as real proxies send it; the wait that belongs to the status is used instead.
            return Optional.empty();
        }
    }
}
