package io.filedrop.hubspot.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a CSV file. Strict: where a row breaks the rules, that row is a record that cannot be
 * read, and reading goes on behind it, where the next row begins for certain.
 */
final class CsvFeed implements Feed {

    private final Path file;
    private final CsvDialect dialect;
    private final Limits limits;
    private final Columns columns;
    private final boolean hasSpareColumn;

    private CsvRows handler;
    private CsvReader<CsvRows.Raw> reader;
    private Iterator<CsvRows.Raw> rows;
    private ByteCharacters source;

    /** Where the present reader began: what is known of offsets and lines. */
    private long sectionOffset;

    private long sectionLine;
    private long ordinal;

    CsvFeed(Path file, CsvDialect dialect, Limits limits) throws IOException, RefusedFile {
        this.file = file;
        this.dialect = dialect;
        this.limits = limits;
        begin(dialect.headerOffset(), dialect.headerLine());
        List<String> names = header();
        if (!dialect.hasHeader()) {
            reader.close();
            begin(dialect.headerOffset(), dialect.headerLine());
            names = IntStream.rangeClosed(1, names.size()).mapToObj(String::valueOf).toList();
        }
        this.hasSpareColumn =
                dialect.hasHeader() && names.size() > 1 && names.get(names.size() - 1).isEmpty();
        this.columns = new Columns(hasSpareColumn ? names.subList(0, names.size() - 1) : names);
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Record next() throws IOException {
        while (true) {
            CsvRows.Raw raw;
            try {
                if (!rows.hasNext()) {
                    return null;
                }
                raw = rows.next();
            } catch (CsvParseException | CsvRows.NoEnd e) {
                return unreadable();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (raw.fields().length > 1 || !raw.isBlank()) {
                return record(raw, place(raw.line()));
            }
        }
    }

    @Override
    public long bytesRead() {
        return source.offset();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private void begin(long offset, long line) throws IOException {
        sectionOffset = offset;
        sectionLine = line;
        handler = new CsvRows(dialect.encoding(), dialect.quote(), limits);
        source = new ByteCharacters(file, offset, dialect.encoding());
        reader =
                CsvReader.builder()
                        .fieldSeparator(dialect.delimiter())
                        .quoteCharacter(dialect.quote())
                        .maxBufferSize(limits.field())
                        .allowUnclosedQuote(false)
                        // A wrong number of fields is told in our own words.
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .build(handler, source);
        rows = reader.iterator();
    }

    private long place(long sectionsLine) {
        return sectionLine + sectionsLine - 1;
    }

    private Record record(CsvRows.Raw raw, long line) throws IOException {
        Position position = new Position(ordinal++, Long.toString(line));
        String[] fields = raw.fields();
        int width = columns.names().size();
        if (raw.wrong() != null) {
            return new Record.Unreadable(position, wrongCharacters(raw, line));
        }
        if (raw.isBlank()) {
            String[] nothing = new String[width];
            Arrays.fill(nothing, "");
            return new Record.Row(position, columns, nothing);
        }
        if (hasSpareColumn && fields.length == width + 1 && fields[width].isBlank()) {
            fields = Arrays.copyOf(fields, width);
        }
        if (fields.length != width) {
            return new Record.Unreadable(
                    position,
                    Reason.of(
                            Code.WRONG_FIELD_COUNT,
                            "Line "
                                    + line
                                    + " has "
                                    + fields.length
                                    + (fields.length == 1 ? " field" : " fields")
                                    + ", but the header has "
                                    + width
                                    + "; the delimiter is "
                                    + delimiterName()
                                    + "."));
        }
        if (Arrays.asList(fields).equals(columns.names())) {
            return new Record.Unreadable(
                    position,
                    Reason.of(
                            Code.HEADER_REPEATED,
                            "Line " + line + " is the header again, in the middle of the rows."));
        }
        return new Record.Row(position, columns, fields);
    }

    private String delimiterName() {
        return dialect.delimiter() == '\t' ? "the tab" : "'" + dialect.delimiter() + "'";
    }

    private Reason wrongCharacters(CsvRows.Raw raw, long line) throws IOException {
        int field = raw.wrongField();
        String column = field < columns.names().size() ? columns.names().get(field) : "";
        String where =
                "Line "
                        + line
                        + ", column "
                        + (field + 1)
                        + (column.isEmpty() ? "" : " (" + column + ")")
                        + ", in the record from byte "
                        + offsetOf(line)
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

    private long offsetOf(long line) throws IOException {
        try (CsvBytes bytes = section()) {
            bytes.skipTo(line);
            return bytes.offset();
        }
    }

    private CsvBytes section() throws IOException {
        return bytes(sectionOffset, sectionLine);
    }

    /** The file's bytes from that offset on, where that line begins. */
    CsvBytes bytes(long offset, long line) throws IOException {
        return new CsvBytes(
                file,
                offset,
                line,
                dialect.encoding(),
                String.valueOf(dialect.delimiter()),
                dialect.quote());
    }

    /** The parser has given up: one unreadable record up to where the next begins for certain. */
    private Record unreadable() throws IOException {
        long line = place(handler.line());
        reader.close();
        try (CsvBytes bytes = section()) {
            bytes.skipTo(line);
            long from = bytes.offset();
            boolean ended = bytes.copyRecord(CsvBytes.NOWHERE, limits.searched());
            Reason reason = reason(line, bytes, from, ended);
            begin(bytes.offset(), bytes.line());
            return new Record.Unreadable(new Position(ordinal++, Long.toString(line)), reason);
        }
    }

    private Reason reason(long line, CsvBytes after, long from, boolean ended) {
        String where =
                "Line "
                        + line
                        + (after.line() - line > 1 ? " to " + (after.line() - 1) : "")
                        + ", bytes "
                        + from
                        + " to "
                        + after.offset()
                        + ": ";
        if (!ended && after.offset() - from > limits.searched()) {
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
        return after.offset() - from > limits.field()
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

    private List<String> header() throws IOException, RefusedFile {
        CsvRows.Raw raw;
        try {
            if (!rows.hasNext()) {
                throw CsvDialect.noHeader();
            }
            raw = rows.next();
        } catch (CsvParseException e) {
            throw badHeader("its quotes are not closed as RFC 4180 says");
        }
        if (raw.wrong() == CsvRows.Wrong.TOO_LONG) {
            throw badHeader("it has more than " + Words.count(limits.columns()) + " columns");
        }
        if (!dialect.hasHeader()) {
            return List.of(raw.fields());
        }
        if (raw.wrong() == CsvRows.Wrong.ENCODING) {
            throw new RefusedFile(
                    Reason.of(
                            Code.WRONG_ENCODING,
                            "Line "
                                    + dialect.headerLine()
                                    + ", column "
                                    + (raw.wrongField() + 1)
                                    + ": the header is not "
                                    + dialect.encoding().charset()
                                    + "; write the file in UTF-8, or declare its encoding in a"
                                    + " mapping."));
        }
        return HeaderNames.of(Arrays.asList(raw.fields()), this::badHeader);
    }

    private RefusedFile badHeader(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        "Line "
                                + dialect.headerLine()
                                + ": the header cannot be used, "
                                + what
                                + "."));
    }
}
