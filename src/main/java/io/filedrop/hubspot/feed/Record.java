package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;

/** What a feed gives for one row or element of an update file: its fields, or why not. */
public sealed interface Record {

    Position position();

    /**
     * A record that could be read.
     *
     * @param columns names of the fields, shared by all rows of a file
     * @param values the fields in the order of the columns, exactly as they stood in the file
     */
    record Row(Position position, Columns columns, String[] values) implements Record {

        /** The field of that column. The column must exist. */
        public String value(String column) {
            return values[columns.indexOf(column)];
        }
    }

    /** A record, or a region up to the next sure boundary, that could not be read. */
    record Unreadable(Position position, Reason reason) implements Record {}
}
