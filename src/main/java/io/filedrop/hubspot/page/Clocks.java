package io.filedrop.hubspot.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the page shows them: UTC, as in the names of runs, and says so. */
final class Clocks {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Clocks() {}

    static String minute(Instant time) {
        return MINUTE.format(time);
    }

    static String time(Instant time) {
        return SECOND.format(time);
    }
}
