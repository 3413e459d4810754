package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How numbers are written in a file. Another notation is refused, never guessed: 1.234 is a
 * thousand somewhere and one and a bit elsewhere.
 *
 * @param decimal between the whole and the fraction
 * @param groups any of these may stand between thousands; empty: nothing may
 * @param example for people
 */
record NumberNotation(char decimal, String groups, String example) implements Conversion {

    private static final NumberNotation COMMA = new NumberNotation(',', ".", "1.234,56");
    private static final NumberNotation BLANKS =
            new NumberNotation(',', " \u00a0\u202f", "1 234,56");

    private static final Map<String, NumberNotation> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("whole", new NumberNotation('\0', "", "1234, digits only"));
        KNOWN.put("plain", new NumberNotation('.', "", "1234.56"));
        KNOWN.put("en", new NumberNotation('.', ",", "1,234.56"));
        KNOWN.put("de", COMMA);
        KNOWN.put("es", COMMA);
        KNOWN.put("it", COMMA);
        KNOWN.put("nl", COMMA);
        KNOWN.put("pt", COMMA);
        KNOWN.put("fr", BLANKS);
        KNOWN.put("pl", BLANKS);
        KNOWN.put("sv", BLANKS);
        KNOWN.put("ch", new NumberNotation('.', "'\u2019", "1'234.56"));
    }

    /** The notation of that name, or null. */
    static NumberNotation named(String name) {
        return KNOWN.get(name);
    }

    static Set<String> names() {
        return KNOWN.keySet();
    }

    @Override
    public String of(String text) throws Unfit {
        int length = text.length();
        boolean negative = text.charAt(0) == '-';
        StringBuilder number = new StringBuilder(length);
        int at = wholePart(text, negative ? 1 : 0, number);
        if (at < length && text.charAt(at) == decimal) {
            number.append('.');
            int fraction = digits(text, at + 1, number);
            if (fraction == at + 1) {
                throw unfit();
            }
            at = fraction;
        }
        if (at != length) {
            throw unfit();
        }
        return negative ? negated(number) : number.toString();
    }

    private int wholePart(String text, int from, StringBuilder number) throws Unfit {
        int at = digits(text, from, number);
        if (at == from) {
            throw unfit();
        }
        if (at == text.length() || groups.indexOf(text.charAt(at)) < 0) {
            return at;
        }
        char group = text.charAt(at);
        if (at - from > 3) {
            throw unfit();
        }
        while (at < text.length() && text.charAt(at) == group) {
            int end = digits(text, at + 1, number);
            if (end - at != 4) {
                throw unfit();
            }
            at = end;
        }
        return at;
    }

    /** Takes ASCII digits; other scripts have digits that look like others. */
    private static int digits(String text, int from, StringBuilder number) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number.append(text.charAt(at++));
        }
        return at;
    }

    private static String negated(StringBuilder number) {
        boolean zero = number.chars().allMatch(c -> c == '0' || c == '.');
        return zero ? number.toString() : number.insert(0, '-').toString();
    }

    private Unfit unfit() {
        return new Unfit(Code.BAD_NUMBER, "a number as " + example);
    }
}
