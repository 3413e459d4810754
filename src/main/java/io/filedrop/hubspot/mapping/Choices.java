package io.filedrop.hubspot.mapping;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Several options of a multi-checkbox property, as HubSpot writes them: {@code a;b}, and {@code
 * ;a;b} to add to those that are set (properties guide).
 *
 * @param split stands between the options in a field; empty: a field holds one
 * @param append whether options that are set already stay
 * @param table for each of them
 */
record Choices(String split, boolean append, Optional<ValueTable> table) implements Conversion {

    @Override
    public String of(String text) throws Unfit {
        Set<String> options = new LinkedHashSet<>();
        int from = 0;
        while (from <= text.length()) {
            int end = next(text, from);
            String option = text.substring(from, end).strip();
            String wanted = option.isEmpty() || table.isEmpty() ? option : table.get().of(option);
            if (wanted != null && !wanted.isEmpty()) {
                options.add(wanted);
            }
            from =
                    end
                            + (end < text.length() && text.charAt(end) != SEPARATOR
                                    ? split.length()
                                    : 1);
        }
        if (options.isEmpty()) {
            return null;
        }
        return (append ? ";" : "") + String.join(";", options);
    }

    @Override
    public boolean takesSeveral() {
        return true;
    }

    private int next(String text, int from) {
        int separator = text.indexOf(SEPARATOR, from);
        int own = split.isEmpty() ? -1 : text.indexOf(split, from);
        int nearest = separator < 0 ? own : own < 0 ? separator : Math.min(separator, own);
        return nearest < 0 ? text.length() : nearest;
    }
}
