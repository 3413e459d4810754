package io.filedrop.hubspot.feed;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a CSV file, record by record, without looking into the fields: for what has to be
 * given back as it was dropped, and to find the way on behind a record that cannot be read. Counts
 * physical lines as the parser does: CR, LF or both together end one.
 */
final class CsvBytes implements Closeable {

    private final InputStream in;
    private final String delimiters;

    private long offset;
    private long line;
    private int last;

    /**
     * @param offset where to begin, in bytes
     * @param line the physical line that begins there, counted from 1
     * @param delimiters characters that stand between fields, or may
     */
    CsvBytes(Path file, long offset, long line, String delimiters) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        this.offset = offset;
        this.line = line;
        this.delimiters = delimiters;
    }

    /** How many bytes lie before the next one. */
    long offset() {
        return offset;
    }

    /** The physical line that the next byte stands on. */
    long line() {
        return line;
    }

    /** Goes to the beginning of that line. */
    void skipTo(long wantedLine) throws IOException {
        copyTo(wantedLine, OutputStream.nullOutputStream());
    }

    /** Copies everything before that line. */
    void copyTo(long wantedLine, OutputStream out) throws IOException {
        while (line < wantedLine) {
            int b = next(out);
            if (b < 0) {
                return;
            }
            endLine(b, out);
        }
    }

    /**
     * Copies one record with its line break. A quote opens only at the beginning of a field; what
     * follows a closed quote belongs to the field.
     *
     * @return whether the record ended, and not the file within a quote
     */
    boolean copyRecord(OutputStream out) throws IOException {
        boolean quoted = false;
        boolean quotedField = false;
        boolean bareField = false;
        while (true) {
            int b = next(out);
            if (b < 0) {
                return !quoted;
            }
            if (b == '"' && !bareField) {
                // A doubled quote closes and opens again, which comes to the same.
                quoted = !quoted;
                quotedField = true;
            } else if (!quoted) {
                boolean fieldEnds = delimiters.indexOf(b) >= 0;
                quotedField &= !fieldEnds;
                bareField = !fieldEnds && !quotedField;
            }
            if (endLine(b, out) && !quoted) {
                return true;
            }
        }
    }

    boolean endedWithLineBreak() {
        return last == '\n' || last == '\r';
    }

    private int next(OutputStream out) throws IOException {
        int b = in.read();
        if (b >= 0) {
            offset++;
            last = b;
            out.write(b);
        }
        return b;
    }

    /** Whether that byte ended a line; takes the LF behind a CR along. */
    private boolean endLine(int b, OutputStream out) throws IOException {
        if (b == '\r') {
            in.mark(1);
            if (in.read() == '\n') {
                offset++;
                last = '\n';
                out.write('\n');
            } else {
                in.reset();
            }
        }
        if (b == '\r' || b == '\n') {
            line++;
            return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
