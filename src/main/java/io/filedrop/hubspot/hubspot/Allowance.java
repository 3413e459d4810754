package io.filedrop.hubspot.hubspot;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How many calls HubSpot still allows, as the last answer's headers told. Not every answer tells
 * all: with OAuth the daily numbers are missing. Safe for use by several threads.
 */
public final class Allowance {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private static final String PREFIX = "x-hubspot-ratelimit-";

    private volatile OptionalLong limit = OptionalLong.empty();
    private volatile OptionalLong left = OptionalLong.empty();
    private volatile OptionalLong dailyLimit = OptionalLong.empty();
    private volatile OptionalLong dailyLeft = OptionalLong.empty();

    /** Takes over what an answer's headers tell; their names are in lower case. */
    void learn(Map<String, String> headers) {
        limit = told(headers, "max", limit);
        left = told(headers, "remaining", left);
        dailyLimit = told(headers, "daily", dailyLimit);
        dailyLeft = told(headers, "daily-remaining", dailyLeft);
    }

    private static OptionalLong told(Map<String, String> headers, String name, OptionalLong old) {
        String value = headers.get(PREFIX + name);
        return value != null && NUMBER.matcher(value).matches()
                ? OptionalLong.of(Long.parseLong(value))
                : old;
    }

    /** Calls that the short interval allows. */
    public OptionalLong limit() {
        return limit;
    }

    /** Of them, those that are left. */
    public OptionalLong left() {
        return left;
    }

    /** Calls that a day allows. */
    public OptionalLong dailyLimit() {
        return dailyLimit;
    }

    /** Of them, those that are left. */
    public OptionalLong dailyLeft() {
        return dailyLeft;
    }
}
