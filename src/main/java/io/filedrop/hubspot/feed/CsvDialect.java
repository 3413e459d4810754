package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a CSV file is written, as far as its first bytes tell for certain; where two readings are
 * possible, the file is refused.
 *
 * @param headerOffset where the header begins, in bytes
 * @param headerLine the physical line that it begins on, counted from 1
 */
record CsvDialect(char delimiter, long headerOffset, long headerLine) {

    /** A header that is longer than this is none. */
    private static final int HEADER_LIMIT = 1 << 20;

    private static final String DELIMITERS = ",;\t|";
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static CsvDialect of(Path file) throws IOException, RefusedFile {
        int mark = requireText(file);
        try (CsvBytes bytes = new CsvBytes(file, mark, 1, DELIMITERS)) {
            while (true) {
                long offset = bytes.offset();
                long line = bytes.line();
                Limited header = new Limited();
                bytes.copyRecord(header);
                String text = header.toString(StandardCharsets.ISO_8859_1);
                if (text.isEmpty()) {
                    throw new RefusedFile(
                            Reason.of(Code.EMPTY_FILE, "The file is empty: it has no header."));
                }
                if (line == 1 && text.strip().matches("sep=[,;|\\t]?")) {
                    // Excel's own line that names the delimiter; the header follows.
                    String rest = text.strip();
                    char named = rest.length() == 5 ? rest.charAt(4) : '\t';
                    return new CsvDialect(named, bytes.offset(), bytes.line());
                }
                if (!text.isBlank()) {
                    return new CsvDialect(delimiter(file, text, line), offset, line);
                }
            }
        }
    }

    /** The length of the byte order mark, if the file is text in UTF-8 as far as one can see. */
    private static int requireText(Path file) throws IOException, RefusedFile {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(512);
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, '%', 'P', 'D', 'F')) {
            String found = start[0] == 'P' ? "a zip archive or a workbook" : "a PDF document";
            throw new RefusedFile(
                    Reason.of(
                            Code.UNKNOWN_FORMAT,
                            "By its name this is a text file with rows, but its content is "
                                    + found
                                    + "."));
        }
        if (startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF)) {
            throw wrongEncoding("UTF-16");
        }
        int zeros = 0;
        for (byte b : start) {
            zeros += b == 0 ? 1 : 0;
        }
        // Of plain text in UTF-16 every other byte; a stray one is a matter of its record.
        if (zeros > start.length / 4) {
            throw wrongEncoding("UTF-16 without a mark, or no text at all");
        }
        return startsWith(start, 0xEF, 0xBB, 0xBF) ? UTF_8_MARK.length : 0;
    }

    private static RefusedFile wrongEncoding(String found) {
        return new RefusedFile(
                Reason.of(
                        Code.WRONG_ENCODING,
                        "Line 1, byte 0: the file is in " + found + "; it must be UTF-8."));
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static char delimiter(Path file, String header, long line) throws RefusedFile {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            return '\t';
        }
        List<String> found = new ArrayList<>();
        boolean quoted = false;
        for (char c : header.toCharArray()) {
            quoted ^= c == '"';
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
                                    + "); put names that hold one of them in quotes."));
        }
        return found.isEmpty() ? ',' : found.get(0).charAt(0);
    }

    /** Refuses to grow without end when a quote in the header is never closed. */
    private static final class Limited extends ByteArrayOutputStream {

        @Override
        public synchronized void write(int b) {
            if (count < HEADER_LIMIT) {
                super.write(b);
            }
        }
    }
}
