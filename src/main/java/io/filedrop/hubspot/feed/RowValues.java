package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;

/** Gathers the fields of one nested record, within the limits. */
final class RowValues {

    /** Stands between several values of one field. */
    static final char BETWEEN = '\u001F';

    private final String[] values;
    private final boolean[] there;
    private final Limits limits;

    /** Columns that hold several values; null when none does, as in most records. */
    private StringBuilder[] lists;

    private long length;

    RowValues(int columns, Limits limits) {
        this.values = new String[columns];
        this.there = new boolean[columns];
        this.limits = limits;
    }

    /**
     * One more value of that column. A blank one beside others is none, so that no separator ever
     * stands at an end, where it would be taken for white space or for an empty option.
     *
     * @return what is wrong with it, or null
     */
    Code add(int column, String text) {
        length += text.length() + 1L;
        if (text.length() > limits.field() || length > limits.record()) {
            return Code.TOO_LONG;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F) {
                return Code.CONTROL_CHARACTER;
            }
        }
        if (TextEncoding.hasHalfPair(text)) {
            return Code.WRONG_ENCODING;
        }
        if (values[column] == null) {
            values[column] = text;
            return null;
        }
        return text.isBlank() ? null : append(column, text);
    }

    private Code append(int column, String text) {
        if (lists == null) {
            lists = new StringBuilder[values.length];
        }
        if (lists[column] == null) {
            if (values[column].isBlank()) {
                values[column] = text;
                return null;
            }
            lists[column] = new StringBuilder(values[column]);
        }
        if (lists[column].length() + text.length() >= limits.field()) {
            return Code.TOO_LONG;
        }
        lists[column].append(BETWEEN).append(text);
        return null;
    }

    /** Says that the column is there, though it may hold nothing. */
    void empty(int column) {
        there[column] = true;
    }

    /** One text for each column; null where it is not there. */
    String[] values() {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && there[i]) {
                values[i] = "";
            } else if (lists != null && lists[i] != null) {
                values[i] = lists[i].toString();
            }
        }
        return values;
    }
}
