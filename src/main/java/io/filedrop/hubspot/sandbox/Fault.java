package io.filedrop.hubspot.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that goes wrong with a call.
 *
 * <p>As text: {@code kind@when}, with {@code ;name=value} behind it where a kind takes one. {@code
 * when} is a call's number ({@code 503@3}), a range ({@code 503@5-9}), every n-th ({@code
 * reset@every-10}), by chance ({@code commit-then-hang@p-0.02}), or an id that the call carries
 * ({@code 500@id-1042}).
 *
 * @param from the first call that it hits, counted from 1
 * @param to the last one
 * @param every hits each so-manieth call of those
 * @param chance how likely it hits one of those, 0 to 1
 * @param id hits only calls with an input of that id; empty: whatever they carry
 * @param value what the kind takes: seconds of a hang, milliseconds of a late write, a Retry-After
 */
public record Fault(
        Kind kind, long from, long to, long every, double chance, String id, String value) {

    private static final String STATUSES = "5\\d\\d|404|405";

    /** What goes wrong. The names in a text have {@code -} where these have {@code _}. */
    public enum Kind {
        /** An answer with that status, and a page instead of JSON; {@code value} is the status. */
        STATUS,
        LOCKED,
        MIGRATING,
        SECONDLY,
        TEN_SECONDLY,
        DAILY,
        EXPIRED,
        INVALID_TOKEN,
        NO_SCOPE,
        /** The connection is closed before anything is done. */
        RESET,
        /** Nothing is done, and no answer comes. */
        HANG,
        COMMIT_THEN_RESET,
        COMMIT_THEN_HANG,
        /** 504 at once, and the write some milliseconds later. */
        COMMIT_LATE,
        /** Written, and half of the answer comes. */
        TRUNCATE,
        /** Nothing written, 200 with a page. */
        GARBAGE,
        EMPTY,
        NO_CONTENT,
        PENDING,
        PROCESSING,
        CANCELED,
        /** Written, but one record is not named. */
        DROP_RESULT,
        /** Written, and a record that was never sent is named. */
        FOREIGN_RESULT,
        /** 200 with a body of 50 MB. */
        HUGE,
        /** 200 with a body that never ends. */
        ENDLESS,
        REDIRECT,
        /** 409 for the whole batch, nobody named. */
        CONFLICT;

        /** The name in a text. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** A Retry-After may be anything, for HubSpot's could be. */
        private boolean takes(String value) {
            return switch (this) {
                case HANG, COMMIT_THEN_HANG -> value.matches("\\d{0,6}(\\.\\d{1,6})?");
                case COMMIT_LATE -> value.matches("([1-9]\\d{0,8})?");
                case STATUS -> value.matches(STATUSES);
                default -> true;
            };
        }
    }

    /** Refuses what could only go wrong when it is its turn. */
    public Fault {
        boolean isSometime = from >= 1 && to >= from && every >= 1 && chance >= 0 && chance <= 1;
        if (!isSometime || !kind.takes(value)) {
            throw new IllegalArgumentException(kind.text());
        }
    }

    boolean hits(long call, double chanceOfThisCall, Collection<String> ids) {
        return call >= from
                && call <= to
                && call % every == 0
                && chanceOfThisCall < chance
                && (id.isEmpty() || ids.contains(id));
    }

    /**
     * Reads faults from a text, separated by blanks.
     *
     * @throws IllegalArgumentException with a sentence that says what is allowed
     */
    public static List<Fault> parse(String text) {
        List<Fault> faults = new ArrayList<>();
        for (String one : text.strip().split("\\s+")) {
            if (!one.isEmpty()) {
                faults.add(parseOne(one));
            }
        }
        return faults;
    }

    private static Fault parseOne(String text) {
        String[] parts = text.split(";", 2);
        String[] kindAndWhen = parts[0].split("@", 2);
        if (kindAndWhen.length < 2) {
            throw notAllowed(text);
        }
        Map<String, String> values = new HashMap<>();
        if (parts.length > 1) {
            String[] value = parts[1].split("=", 2);
            values.put(value[0], value.length > 1 ? value[1] : "");
        }
        String name = kindAndWhen[0];
        String value = values.values().stream().findFirst().orElse("");
        try {
            if (name.matches(STATUSES)) {
                return when(Kind.STATUS, kindAndWhen[1], name);
            }
            Kind kind = Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            return when(kind, kindAndWhen[1], value);
        } catch (IllegalArgumentException e) {
            throw notAllowed(text);
        }
    }

    private static Fault when(Kind kind, String when, String value) {
        if (when.startsWith("every-")) {
            long every = Long.parseLong(when.substring(6));
            return new Fault(kind, 1, Long.MAX_VALUE, every, 1, "", value);
        }
        if (when.startsWith("p-")) {
            double chance = Double.parseDouble(when.substring(2));
            return new Fault(kind, 1, Long.MAX_VALUE, 1, chance, "", value);
        }
        if (when.startsWith("id-") && when.length() > 3) {
            return new Fault(kind, 1, Long.MAX_VALUE, 1, 1, when.substring(3), value);
        }
        String[] range = when.split("-", 2);
        long from = Long.parseLong(range[0]);
        long to = range.length > 1 ? Long.parseLong(range[1]) : from;
        return new Fault(kind, from, to, 1, 1, "", value);
    }

    private static IllegalArgumentException notAllowed(String text) {
        String kinds =
                Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.STATUS)
                        .map(Kind::text)
                        .collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                text
                        + " is no fault; write kind@when, with a kind of 404, 405, 500 to 599, "
                        + kinds
                        + ", and 3, 5-9, every-10, p-0.02 or id-1042 for when; behind it ;s=2.5 for"
                        + " the seconds of a hang, or ;ms=100 for how late a write is.");
    }
}
