package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.List;

/** What is wrong with a row, a region or the header of a CSV file, in a sentence each. */
final class CsvReasons {

    private final CsvDialect dialect;
    private final Limits limits;

    CsvReasons(CsvDialect dialect, Limits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    /** The row has another number of fields than the header. */
    Reason fieldCount(long line, int count, int width) {
        return Reason.of(
                Code.WRONG_FIELD_COUNT,
                "Line "
                        + line
                        + " has "
                        + count
                        + (count == 1 ? " field" : " fields")
                        + ", but the header has "
                        + width
                        + "; the delimiter is "
                        + delimiterName()
                        + ".");
    }

    /** Two files were put one behind the other, perhaps. */
    Reason headerRepeated(long line) {
        return Reason.of(
                Code.HEADER_REPEATED,
                "Line " + line + " is the header again, in the middle of the rows.");
    }

    /** What is wrong with a row that was split into its fields. */
    Reason wrong(CsvRows.Raw raw, long line, long offset, List<String> names) {
        int field = raw.wrongField();
        String column = field < names.size() ? names.get(field) : "";
        String where =
                "Line "
                        + line
                        + ", column "
                        + (field + 1)
                        + (column.isEmpty() ? "" : " (" + column + ")")
                        + ", in the record from byte "
                        + offset
                        + ": ";
        return switch (raw.wrong()) {
            case ENCODING ->
                    Reason.of(
                            Code.WRONG_ENCODING,
                            column,
                            "",
                            where
                                    + "these bytes are not "
                                    + dialect.encoding().charset()
                                    + "; write the file in UTF-8, or declare its encoding in a"
                                    + " mapping.");
            case CONTROL_CHARACTER ->
                    Reason.of(
                            Code.CONTROL_CHARACTER,
                            column,
                            Words.excerpt(raw.fields()[field]),
                            where + "it holds a control character, which no property can.");
            case QUOTE_BEHIND_BLANK ->
                    Reason.of(
                            Code.BAD_QUOTE,
                            column,
                            Words.excerpt(raw.fields()[field]),
                            where
                                    + "a quote stands behind a blank, so it is not certain that"
                                    + " it opens the field; leave the blank out.");
            case TOO_LONG ->
                    Reason.of(
                            Code.TOO_LONG,
                            where
                                    + "the record is longer than "
                                    + Words.count(limits.record())
                                    + " bytes, or has more than "
                                    + Words.count(limits.columns())
                                    + " fields.");
        };
    }

    /**
     * What is wrong with a region that could not be split.
     *
     * @param behindLine the line behind it
     * @param to the offset behind it
     * @param ended whether its end was found
     */
    Reason region(long line, long from, long behindLine, long to, boolean ended) {
        String where =
                "Line "
                        + line
                        + (behindLine - line > 1 ? " to " + (behindLine - 1) : "")
                        + ", bytes "
                        + from
                        + " to "
                        + to
                        + ": ";
        if (!ended && to - from > limits.searched()) {
            return Reason.of(
                    Code.TOO_LONG,
                    where
                            + "no end of the record was found in the first "
                            + Words.count(limits.searched())
                            + " bytes, so this is the rest of the file.");
        }
        if (!ended) {
            return Reason.of(
                    Code.BAD_QUOTE,
                    where + "a quote is opened and never closed, up to the end of the file.");
        }
        return to - from > limits.field()
                ? Reason.of(
                        Code.TOO_LONG,
                        where + "a field is longer than " + Words.count(limits.field()) + " bytes.")
                : Reason.of(
                        Code.BAD_QUOTE,
                        where
                                + "after the closing quote of a field neither the delimiter nor the"
                                + " end of the line follows; a quote within a field is written"
                                + " twice.");
    }

    /** The header has bytes that are not of the encoding. */
    RefusedFile headerEncoding(int field) {
        return new RefusedFile(
                Reason.of(
                        Code.WRONG_ENCODING,
                        "Line "
                                + dialect.headerLine()
                                + ", column "
                                + (field + 1)
                                + ": the header is not "
                                + dialect.encoding().charset()
                                + "; write the file in UTF-8, or declare its encoding in a"
                                + " mapping."));
    }

    /** A header that cannot be used. */
    RefusedFile badHeader(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        "Line "
                                + dialect.headerLine()
                                + ": the header cannot be used, "
                                + what
                                + "."));
    }

    private String delimiterName() {
        return dialect.delimiter() == '\t' ? "the tab" : "'" + dialect.delimiter() + "'";
    }
}
