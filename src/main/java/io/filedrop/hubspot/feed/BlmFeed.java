package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The records of a BLM file. One that cannot be read costs itself and no other. */
final class BlmFeed implements Feed {

    private static final String END = "#END#";

    private final BlmHeader header;
    private final Limits limits;
    private final Columns columns;
    private final ByteRuns runs;
    private final CharsetDecoder decoder;
    private final Pattern endOfField;
    private ByteRuns.Run run;
    private long endOffset;
    private long ordinal;
    private boolean ended;

    BlmFeed(Path file, BlmHeader header, Limits limits) throws IOException {
        this.header = header;
        this.limits = limits;
        this.columns = new Columns(header.names(), "#DEFINITION#");
        this.runs = new ByteRuns(file, header.dataOffset(), limits.record());
        this.decoder = header.encoding().charset().newDecoder();
        this.endOfField = Pattern.compile(BlmHeader.quoted(header.endOfField()));
    }

    /** The bytes of the last record, its end character among them. */
    ByteRuns.Run run() {
        return run;
    }

    /** Where the last record ended, and {@code #END#} is. */
    long endOffset() {
        return endOffset;
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Record next() throws IOException {
        if (ended) {
            return null;
        }
        endOffset = runs.offset();
        run = runs.next(header.endOfRecord());
        String text = run == null ? "" : new String(run.bytes(), StandardCharsets.ISO_8859_1);
        String record = text.stripLeading();
        long line = line(text, record);
        if (run != null && !run.isEnded() && record.strip().equals(END)) {
            ended = true;
            return null;
        }
        if (run != null && !run.isEnded() || run == null || record.startsWith(END)) {
            return rest(line, record);
        }
        endOffset = run.end();
        Position position = new Position(ordinal++, Long.toString(line));
        if (run.isCut()) {
            return new Record.Unreadable(
                    position,
                    Reason.of(
                            Code.TOO_LONG,
                            "Line "
                                    + line
                                    + ": the record is longer than "
                                    + Words.count(limits.record())
                                    + " bytes."));
        }
        return record(position, record, line);
    }

    private long line(String text, String record) {
        String space = text.substring(0, text.length() - record.length());
        long breaks = space.chars().filter(c -> c == '\n').count();
        return header.dataLine() - 1 + (run == null ? runs.line() : run.line()) + breaks;
    }

    private Record record(Position position, String record, long line) {
        int width = columns.names().size();
        String[] fields = endOfField.split(record, -1);
        if (fields.length == width + 1 && fields[width].isBlank()) {
            // Each field has its character behind it, the last one too.
            fields = Arrays.copyOf(fields, width);
        }
        if (fields.length != width) {
            return new Record.Unreadable(
                    position,
                    Reason.of(
                            Code.WRONG_FIELD_COUNT,
                            "Line "
                                    + line
                                    + ": the record has "
                                    + fields.length
                                    + " fields, but the definition has "
                                    + width
                                    + "; the character behind each is '"
                                    + header.endOfField()
                                    + "'."));
        }
        RowValues values = new RowValues(width, limits);
        for (int i = 0; i < width; i++) {
            Code wrong;
            try {
                wrong = values.add(i, header.encoding().decode(fields[i], decoder));
            } catch (CharacterCodingException e) {
                wrong = Code.WRONG_ENCODING;
            }
            if (wrong != null) {
                return new Record.Unreadable(position, wrong(wrong, i, line));
            }
        }
        return new Record.Row(position, columns, values.values());
    }

    private Reason wrong(Code wrong, int field, long line) {
        String name = columns.names().get(field);
        String what =
                switch (wrong) {
                    case WRONG_ENCODING ->
                            "these bytes are not "
                                    + header.encoding().charset()
                                    + "; declare the file's encoding in a mapping";
                    case CONTROL_CHARACTER -> "it holds a control character, which no property can";
                    default -> "the value is longer than the limit";
                };
        return Reason.of(
                wrong,
                name,
                "",
                "Line "
                        + line
                        + ", field "
                        + (field + 1)
                        + " ("
                        + name
                        + "), in the record from byte "
                        + run.start()
                        + ": "
                        + what
                        + ".");
    }

    /** The file does not end as it should: something may be missing. */
    private Record rest(long line, String record) {
        ended = true;
        String what =
                record.startsWith(END)
                        ? "something follows #END#"
                        : record.isBlank()
                                ? "the file ends without #END#, so records may be missing"
                                : "the record does not end with '" + header.endOfRecord() + "'";
        return new Record.Unreadable(
                new Position(ordinal++, Long.toString(line)),
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "Line " + line + ", from byte " + endOffset + ": " + what + "."));
    }

    @Override
    public long bytesRead() {
        return runs.offset();
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
