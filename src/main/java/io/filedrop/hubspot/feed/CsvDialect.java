package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a CSV file is written: as its mapping says, else as far as its first bytes tell for certain.
 * Where two readings are possible, the file is refused.
 *
 * @param hasHeader whether a row names the columns; without one they are numbered from 1
 * @param headerOffset where the header begins, or the first row when there is none, in bytes
 * @param headerLine the physical line that it begins on, counted from 1
 */
record CsvDialect(
        TextEncoding encoding,
        char delimiter,
        char quote,
        boolean hasHeader,
        long headerOffset,
        long headerLine) {

    /** No text holds this character, so nothing is quoted by it. */
    private static final char NO_QUOTE = '\uFFFF';

    private static final String DELIMITERS = ",;\t|";

    static CsvDialect of(Path file, Layout layout, Limits limits) throws IOException, RefusedFile {
        TextEncoding encoding = TextEncoding.of(file, layout.option("encoding"));
        Optional<Character> said = layout.option("delimiter").map(CsvDialect::delimiter);
        if (said.isEmpty() && file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            said = Optional.of('\t');
        }
        char quote = layout.option("quote").map(CsvDialect::quote).orElse('"');
        String headerOption = layout.option("header-line").orElse("");
        boolean hasHeader = !headerOption.equals("none");
        boolean declared = hasHeader && !headerOption.isEmpty();
        String delimiters = said.map(String::valueOf).orElse(DELIMITERS);
        try (CsvBytes bytes = new CsvBytes(file, encoding.mark(), 1, encoding, delimiters, quote)) {
            if (declared) {
                bytes.skipTo(headerLine(headerOption));
            }
            while (true) {
                long offset = bytes.offset();
                long line = bytes.line();
                String text = record(bytes, encoding, limits);
                if (text.isEmpty()) {
                    throw noHeader();
                }
                if (line == 1 && !declared && text.strip().matches("sep=[,;|\\t]?")) {
                    // Excel's own line that names the delimiter; the header follows.
                    String rest = text.strip();
                    char named = rest.length() == 5 ? rest.charAt(4) : '\t';
                    return new CsvDialect(
                            encoding, named, quote, hasHeader, bytes.offset(), bytes.line());
                }
                if (declared || !text.isBlank()) {
                    char delimiter = said.isPresent() ? said.get() : found(text, quote, line);
                    return new CsvDialect(encoding, delimiter, quote, hasHeader, offset, line);
                }
            }
        }
    }

    static RefusedFile noHeader() {
        return new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty: it has no header."));
    }

    private static String record(CsvBytes bytes, TextEncoding encoding, Limits limits)
            throws IOException, RefusedFile {
        long line = bytes.line();
        Limited header = new Limited(limits.field());
        try {
            bytes.copyRecord(header);
        } catch (HeaderTooLong e) {
            throw new RefusedFile(
                    Reason.of(
                            Code.BAD_HEADER,
                            "Line "
                                    + line
                                    + ": the header cannot be used, it is longer than "
                                    + Words.count(limits.field())
                                    + " bytes; a quote may be open, or lines may not end."));
        }
        Charset charset = encoding.unit() == 1 ? StandardCharsets.ISO_8859_1 : encoding.charset();
        return header.toString(charset);
    }

    static char delimiter(String said) {
        if (said.equals("tab") || said.equals("\\t")) {
            return '\t';
        }
        if (said.length() != 1 || said.charAt(0) > '~' || "\"\r\n\0".contains(said)) {
            throw new IllegalArgumentException(
                    "delimiter must be one ASCII character, or tab, but is " + Words.name(said));
        }
        return said.charAt(0);
    }

    static char quote(String said) {
        if (said.equals("none")) {
            return NO_QUOTE;
        }
        if (said.length() != 1 || said.charAt(0) > '~' || said.charAt(0) < ' ') {
            throw new IllegalArgumentException(
                    "quote must be one ASCII character, or none, but is " + Words.name(said));
        }
        return said.charAt(0);
    }

    /** The number of the line, or 0 where there is no header. */
    static long headerLine(String said) {
        if (said.equals("none")) {
            return 0;
        }
        if (!said.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "header-line must be the number of a line, or none, but is "
                            + Words.name(said));
        }
        return Long.parseLong(said);
    }

    private static char found(String header, char quote, long line) throws RefusedFile {
        List<String> found = new ArrayList<>();
        boolean quoted = false;
        for (char c : header.toCharArray()) {
            quoted ^= c == quote;
            String text = String.valueOf(c);
            if (!quoted && DELIMITERS.indexOf(c) >= 0 && !found.contains(text)) {
                found.add(text);
            }
        }
        if (found.size() > 1) {
            throw new RefusedFile(
                    Reason.of(
                            Code.AMBIGUOUS_DELIMITER,
                            "Line "
                                    + line
                                    + ": the header has more than one character that could stand"
                                    + " between fields ("
                                    + Words.name(String.join(" ", found))
                                    + "); put names that hold one of them in quotes, or name the"
                                    + " delimiter in a mapping."));
        }
        return found.isEmpty() ? ',' : found.get(0).charAt(0);
    }

    private static final class HeaderTooLong extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Ends the reading when a quote in the header is never closed. */
    private static final class Limited extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int limit;

        Limited(int limit) {
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            if (bytes.size() + length > limit) {
                throw new HeaderTooLong();
            }
            bytes.write(from, at, length);
        }

        String toString(Charset charset) {
            return bytes.toString(charset);
        }
    }
}
