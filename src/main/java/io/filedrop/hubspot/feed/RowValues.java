package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;

/** Gathers the fields of one nested record, within the limits. */
final class RowValues {

    /** Stands between several values of one field. */
    static final char BETWEEN = '\u001F';

    private final String[] values;
    private final boolean[] there;
    private final Limits limits;
    private long length;

    RowValues(int columns, Limits limits) {
        this.values = new String[columns];
        this.there = new boolean[columns];
        this.limits = limits;
    }

    /**
     * One more value of that column.
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
        String before = values[column];
        if (before != null && before.length() + text.length() >= limits.field()) {
            return Code.TOO_LONG;
        }
        values[column] = before == null ? text : before + BETWEEN + text;
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
            }
        }
        return values;
    }
}
