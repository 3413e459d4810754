package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.mapping.Definitions.Option;
import io.filedrop.hubspot.mapping.Definitions.Property;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether HubSpot would take a value, by the definition of its property. Refuses only what HubSpot
 * certainly refuses (properties guide, section "property values"): a value that it might take goes
 * to HubSpot, which has the last word.
 */
interface Check {

    /** Nothing is known, so everything may pass. */
    Check NONE = value -> {};

    int LONGEST_TEXT = 65_536;
    long DAY_MILLIS = 86_400_000;

    /** Options that a sentence names at most. */
    int SHOWN = 20;

    /**
     * @param value not empty; an empty one clears the property, whatever its type
     * @throws Unfit when HubSpot certainly refuses it
     */
    void accept(String value) throws Unfit;

    /**
     * The check for that property.
     *
     * @param normalisesDates whether HubSpot takes a date with a time of day, and drops the time
     */
    static Check of(Property property, boolean normalisesDates) {
        if (property.readOnly()) {
            return value -> {
                throw new Unfit(
                        Code.READ_ONLY_PROPERTY,
                        "no value, because HubSpot does not let "
                                + property.name()
                                + " be written");
            };
        }
        return switch (property.type()) {
            case "number" -> Check::number;
            case "bool" -> Check::bool;
            case "date" -> value -> date(value, normalisesDates);
            case "datetime" -> Check::dateTime;
            case "enumeration" -> options(property);
            case "string" -> Check::text;
            default -> NONE;
        };
    }

    private static void text(String value) throws Unfit {
        if (value.length() > LONGEST_TEXT
                && value.codePointCount(0, value.length()) > LONGEST_TEXT) {
            throw new Unfit(Code.TOO_LONG, "at most " + Words.count(LONGEST_TEXT) + " characters");
        }
    }

    private static void number(String value) throws Unfit {
        if (!isNumber(value.strip())) {
            throw new Unfit(
                    Code.BAD_NUMBER,
                    "a number as HubSpot takes it: digits, a point before the fraction, nothing"
                            + " between thousands");
        }
    }

    /** Digits with at most one point, and an exponent perhaps. */
    private static boolean isNumber(String text) {
        int at = sign(text, 0);
        int digits = 0;
        boolean point = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isDigit(c)) {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || at == text.length()) {
            return digits > 0;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        int exponent = sign(text, at + 1);
        return exponent < text.length() && text.chars().skip(exponent).allMatch(Character::isDigit);
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')
                ? at + 1
                : at;
    }

    private static void bool(String value) throws Unfit {
        String text = value.strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new Unfit(Code.BAD_BOOLEAN, "true or false");
        }
    }

    private static void date(String value, boolean normalisesDates) throws Unfit {
        String text = value.strip();
        boolean fits =
                isWhole(text)
                        ? normalisesDates || isMidnight(text)
                        : startsWithDay(text) && (normalisesDates || text.length() == 10);
        if (!fits) {
            throw new Unfit(
                    Code.BAD_DATE,
                    "a date as 2026-11-24, or the milliseconds since 1970 of its midnight in UTC");
        }
    }

    private static void dateTime(String value) throws Unfit {
        String text = value.strip();
        if (!isWhole(text) && !(startsWithDay(text) && hasTimeAndZone(text))) {
            throw new Unfit(
                    Code.BAD_DATE,
                    "a time as 2026-11-24T13:45:30.000Z, or milliseconds since 1970");
        }
    }

    private static boolean isWhole(String text) {
        int from = sign(text, 0);
        return from < text.length() && text.chars().skip(from).allMatch(Character::isDigit);
    }

    private static boolean isMidnight(String text) {
        try {
            return Long.parseLong(text) % DAY_MILLIS == 0;
        } catch (NumberFormatException e) {
            // More digits than any day has; HubSpot may say so.
            return true;
        }
    }

    private static boolean startsWithDay(String text) {
        if (text.length() < 10) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            char c = text.charAt(i);
            if (i == 4 || i == 7 ? c != '-' : !Character.isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasTimeAndZone(String text) {
        String time = text.substring(10);
        return !time.isEmpty()
                && Character.toUpperCase(time.charAt(0)) == 'T'
                && (time.endsWith("Z")
                        || time.endsWith("z")
                        || time.indexOf('+') > 0
                        || time.indexOf('-') > 0);
    }

    private static Check options(Property property) {
        if (property.externalOptions() || property.options().isEmpty()) {
            return NONE;
        }
        Set<String> values = new HashSet<>();
        property.options().forEach(option -> values.add(option.value()));
        if (!property.fieldType().equals("checkbox")) {
            return value -> {
                if (!values.contains(value) && !values.contains(value.strip())) {
                    throw unknown(value.strip(), property);
                }
            };
        }
        return value -> {
            if (values.contains(value)) {
                return;
            }
            for (String option : value.split(";")) {
                String bare = option.strip();
                if (!bare.isEmpty() && !values.contains(bare)) {
                    throw unknown(bare, property);
                }
            }
        };
    }

    private static Unfit unknown(String found, Property property) {
        for (Option option : property.options()) {
            if (option.label().equalsIgnoreCase(found) || option.value().equalsIgnoreCase(found)) {
                return new Unfit(
                        Code.UNKNOWN_OPTION,
                        "the option's value, which is "
                                + option.value()
                                + (option.label().equalsIgnoreCase(found)
                                        ? " for the label " + option.label()
                                        : ""));
            }
        }
        List<String> all = new ArrayList<>();
        property.options().forEach(option -> all.add(option.value()));
        String some =
                String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
                        + (all.size() > SHOWN ? ", …" : "");
        return new Unfit(
                Code.UNKNOWN_OPTION,
                "one of the options of "
                        + property.name()
                        + ": "
                        + some
                        + "; did you mean "
                        + Words.nearest(Words.excerpt(found), all)
                        + "?");
    }
}
