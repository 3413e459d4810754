package io.filedrop.hubspot.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a CSV file, record by record, without looking into the fields: for what has to be
 * given back as it was dropped, and to find the way on behind a record that cannot be read. Counts
 * physical lines as the parser does: CR, LF or both together end one.
 */
final class CsvBytes implements Closeable {

    /** For what is only passed over. */
    static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final FileChannel channel;
    private final byte[] buffer = new byte[1 << 16];
    private final int unit;
    private final int high;
    private final String delimiters;
    private final char quote;

    /** The buffer holds the file's bytes up to {@code end}; those before {@code copied} are out. */
    private int at;

    private int end;
    private int copied;
    private long bufferOffset;
    private long line;
    private int last;

    /**
     * @param offset where to begin, in bytes
     * @param line the physical line that begins there, counted from 1
     * @param delimiters characters that stand between fields, or may
     */
    CsvBytes(
            Path file, long offset, long line, TextEncoding encoding, String delimiters, char quote)
            throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(offset);
        this.bufferOffset = offset;
        this.line = line;
        this.unit = encoding.unit();
        this.high = encoding.isBigEndian() ? 0 : 1;
        this.delimiters = delimiters;
        this.quote = quote;
    }

    /** How many bytes lie before the next one. */
    long offset() {
        return bufferOffset + at;
    }

    /** The physical line that the next byte stands on. */
    long line() {
        return line;
    }

    /** Goes to the beginning of that line. */
    void skipTo(long wantedLine) throws IOException {
        copyTo(wantedLine, NOWHERE);
    }

    /** Copies everything before that line. */
    void copyTo(long wantedLine, OutputStream out) throws IOException {
        copied = at;
        while (line < wantedLine) {
            int c = next(out);
            if (c < 0) {
                break;
            }
            endLine(c, out);
        }
        flush(out);
    }

    /**
     * Copies one record with its line break. A quote opens only at the beginning of a field; what
     * follows a closed quote belongs to the field.
     *
     * @return whether the record ended, and not the file within a quote
     */
    boolean copyRecord(OutputStream out) throws IOException {
        return copyRecord(out, Long.MAX_VALUE);
    }

    /** As above, but behind so many bytes everything up to the end of the file is the record. */
    boolean copyRecord(OutputStream out, long searched) throws IOException {
        long most = searched == Long.MAX_VALUE ? searched : offset() + searched;
        copied = at;
        boolean quoted = false;
        boolean quotedField = false;
        boolean bareField = false;
        while (true) {
            int c = next(out);
            if (c < 0) {
                flush(out);
                return !quoted;
            }
            if (bufferOffset > most) {
                copyRest(out);
                return false;
            }
            if (c == quote && !bareField) {
                // A doubled quote closes and opens again, which comes to the same.
                quoted = !quoted;
                quotedField = true;
            } else if (!quoted) {
                boolean fieldEnds = delimiters.indexOf(c) >= 0;
                quotedField &= !fieldEnds;
                bareField = !fieldEnds && !quotedField;
            }
            if ((c == '\n' || c == '\r') && endLine(c, out) && !quoted) {
                flush(out);
                return true;
            }
        }
    }

    private void copyRest(OutputStream out) throws IOException {
        if (out == NOWHERE) {
            bufferOffset = channel.size();
            channel.position(bufferOffset);
            at = 0;
            end = 0;
            copied = 0;
            return;
        }
        while (end > at || fill(out)) {
            at = end;
        }
        flush(out);
    }

    boolean endedWithLineBreak() {
        return last == '\n' || last == '\r';
    }

    /** A line break as this file writes them, in its encoding. */
    byte[] lineBreak() {
        byte[] lineBreak = new byte[unit];
        lineBreak[unit == 2 ? 1 - high : 0] = '\n';
        return lineBreak;
    }

    private int next(OutputStream out) throws IOException {
        if (end - at < unit && !fill(out)) {
            if (at == end) {
                return -1;
            }
            // Half a unit at the end of the file.
            last = buffer[at++] & 0xFF;
            return last;
        }
        last = peek();
        at += unit;
        return last;
    }

    private int peek() {
        return unit == 1
                ? buffer[at] & 0xFF
                : (buffer[at + high] & 0xFF) << 8 | buffer[at + 1 - high] & 0xFF;
    }

    /** Whether that character ended a line; takes the LF behind a CR along. */
    private boolean endLine(int c, OutputStream out) throws IOException {
        if (c == '\r') {
            if ((end - at >= unit || fill(out)) && peek() == '\n') {
                next(out);
            }
        }
        if (c == '\r' || c == '\n') {
            line++;
            return true;
        }
        return false;
    }

    private boolean fill(OutputStream out) throws IOException {
        flush(out);
        int rest = end - at;
        System.arraycopy(buffer, at, buffer, 0, rest);
        bufferOffset += at;
        at = 0;
        copied = 0;
        end = rest;
        while (end < unit) {
            int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void flush(OutputStream out) throws IOException {
        out.write(buffer, copied, at - copied);
        copied = at;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
