package io.filedrop.hubspot.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
    private final CsvReasons reasons;
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
        this.reasons = new CsvReasons(dialect, limits);
        begin(dialect.headerOffset(), dialect.headerLine());
        List<String> names = header();
        if (!dialect.hasHeader()) {
            reader.close();
            begin(dialect.headerOffset(), dialect.headerLine());
            names = IntStream.rangeClosed(1, names.size()).mapToObj(String::valueOf).toList();
        }
        this.hasSpareColumn =
                dialect.hasHeader() && names.size() > 1 && names.get(names.size() - 1).isEmpty();
        this.columns =
                new Columns(
                        hasSpareColumn ? names.subList(0, names.size() - 1) : names,
                        "Line " + dialect.headerLine());
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
            // Of a row that is too long no field is kept, and a form feed alone is a blank line.
            boolean isLine = raw.fields().length > 1 || !raw.isBlank();
            if (isLine || raw.wrong() == CsvRows.Wrong.TOO_LONG) {
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
            return new Record.Unreadable(
                    position, reasons.wrong(raw, line, offsetOf(line), columns.names()));
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
            return new Record.Unreadable(position, reasons.fieldCount(line, fields.length, width));
        }
        if (Arrays.asList(fields).equals(columns.names())) {
            return new Record.Unreadable(position, reasons.headerRepeated(line));
        }
        return new Record.Row(position, columns, fields);
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
            Reason reason = reasons.region(line, from, bytes.line(), bytes.offset(), ended);
            begin(bytes.offset(), bytes.line());
            return new Record.Unreadable(new Position(ordinal++, Long.toString(line)), reason);
        }
    }

    private List<String> header() throws IOException, RefusedFile {
        CsvRows.Raw raw;
        try {
            if (!rows.hasNext()) {
                throw CsvDialect.noHeader();
            }
            raw = rows.next();
        } catch (CsvParseException e) {
            throw reasons.badHeader("its quotes are not closed as RFC 4180 says");
        }
        if (raw.wrong() == CsvRows.Wrong.TOO_LONG) {
            throw reasons.badHeader(
                    "it has more than " + Words.count(limits.columns()) + " columns");
        }
        if (!dialect.hasHeader()) {
            return List.of(raw.fields());
        }
        if (raw.wrong() == CsvRows.Wrong.ENCODING) {
            throw reasons.headerEncoding(raw.wrongField());
        }
        return HeaderNames.of(Arrays.asList(raw.fields()), reasons::badHeader);
    }
}
