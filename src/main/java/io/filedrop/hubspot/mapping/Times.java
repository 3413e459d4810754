package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Dates and times in one declared format, strictly: no 31 February, and no local time that a change
 * of the clocks leaves out or gives twice.
 */
final class Times {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2026, 11, 24, 13, 45, 30, 0, ZoneOffset.UTC);

    private Times() {}

    /**
     * Dates, given to HubSpot as {@code 2026-11-24}.
     *
     * @param format {@code iso}, {@code epoch-ms}, {@code epoch-s} or a pattern of java.time
     * @param zone where a day begins, for {@code epoch-…}; empty: UTC
     * @throws IllegalArgumentException with what is wrong with the format
     */
    static Conversion date(String format, Optional<ZoneId> zone) {
        if (isEpoch(format)) {
            ZoneId where = zone.orElse(ZoneOffset.UTC);
            return text -> epoch(text, format, i -> i.atZone(where).toLocalDate().toString());
        }
        DateTimeFormatter formatter =
                format.equals("iso")
                        ? DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT)
                        : pattern(format);
        require(formatter, false, format + " does not say which day it is");
        return text -> {
            try {
                return formatter.parse(text, LocalDate::from).toString();
            } catch (DateTimeException e) {
                throw new Unfit(Code.BAD_DATE, "a date as " + example(formatter));
            }
        };
    }

    /**
     * Times, given to HubSpot as {@code 2026-11-24T13:45:30.000Z}.
     *
     * @param format {@code iso}, {@code epoch-ms}, {@code epoch-s} or a pattern of java.time
     * @param zone of times that do not say theirs
     * @throws IllegalArgumentException with what is wrong with the format
     */
    static Conversion dateTime(String format, Optional<ZoneId> zone) {
        if (isEpoch(format)) {
            return text -> epoch(text, format, INSTANT::format);
        }
        DateTimeFormatter formatter =
                format.equals("iso")
                        ? DateTimeFormatter.ISO_DATE_TIME.withResolverStyle(ResolverStyle.STRICT)
                        : pattern(format);
        require(formatter, true, format + " does not say which day and time it is");
        if (!format.equals("iso") && zone.isEmpty() && !saysZone(formatter)) {
            throw new IllegalArgumentException(
                    format + " does not say the time zone, so a zone must be given");
        }
        return text -> {
            try {
                return INSTANT.format(instant(text, formatter, zone));
            } catch (DateTimeException e) {
                throw new Unfit(Code.BAD_DATE, "a date and time as " + example(formatter));
            }
        };
    }

    private static Instant instant(String text, DateTimeFormatter formatter, Optional<ZoneId> zone)
            throws Unfit {
        TemporalAccessor parsed = formatter.parse(text);
        LocalDateTime local = LocalDateTime.from(parsed);
        ZoneId own = parsed.query(TemporalQueries.zone());
        if (own == null && zone.isEmpty()) {
            throw new Unfit(Code.BAD_DATE, "a time with its zone, as " + example(formatter));
        }
        ZoneId where = own == null ? zone.get() : own;
        List<ZoneOffset> offsets = where.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            throw new Unfit(
                    Code.BAD_DATE,
                    "a time that exists once in "
                            + where
                            + (offsets.isEmpty()
                                    ? ": the clocks skip this one"
                                    : ": the clocks show this one twice"));
        }
        return local.toInstant(offsets.get(0));
    }

    private static boolean isEpoch(String format) {
        return format.equals("epoch-ms") || format.equals("epoch-s");
    }

    private static String epoch(String text, String format, Function<Instant, String> written)
            throws Unfit {
        boolean millis = format.equals("epoch-ms");
        try {
            long number = Long.parseLong(text);
            return written.apply(
                    millis ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
        } catch (NumberFormatException | DateTimeException e) {
            throw new Unfit(
                    Code.BAD_DATE,
                    (millis ? "milliseconds" : "seconds") + " since 1970, a whole number");
        }
    }

    private static DateTimeFormatter pattern(String format) {
        // Strictly, a year of era needs its era; people mean the year.
        StringBuilder strict = new StringBuilder();
        boolean quoted = false;
        for (char c : format.toCharArray()) {
            quoted ^= c == '\'';
            strict.append(c == 'y' && !quoted ? 'u' : c);
        }
        try {
            return DateTimeFormatter.ofPattern(strict.toString(), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(format + " is no pattern, dd.MM.yyyy say", e);
        }
    }

    private static void require(DateTimeFormatter formatter, boolean time, String fault) {
        try {
            TemporalAccessor parsed = formatter.parse(example(formatter));
            boolean complete =
                    parsed.query(TemporalQueries.localDate()) != null
                            && (!time || parsed.query(TemporalQueries.localTime()) != null);
            if (!complete) {
                throw new IllegalArgumentException(fault);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(fault, e);
        }
    }

    private static boolean saysZone(DateTimeFormatter formatter) {
        return formatter.parse(example(formatter)).query(TemporalQueries.zone()) != null;
    }

    private static String example(DateTimeFormatter formatter) {
        return formatter.format(SAMPLE);
    }
}
