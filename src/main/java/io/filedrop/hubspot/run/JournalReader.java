package io.filedrop.hubspot.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a journal from its first entry to its last. A torn tail, as a crash or a power cut leaves
 * it, ends the reading. It may have holes: lines that were never on the disk for certain come there
 * in any order, or not at all, and nothing depended on them. Damage in front of a line that was
 * written when the damaged place was on the disk already is an error: records would be lost unseen.
 */
final class JournalReader implements Closeable {

    private final Path file;
    private final InputStream in;
    private final boolean withOutcomes;
    private byte[] bytes = new byte[1 << 16];
    private int limit;
    private int line;
    private int next;
    private long end;

    private JournalReader(Path folder, boolean withOutcomes) throws IOException {
        this.file = folder.resolve(Journal.FILE_NAME);
        this.in = Files.newInputStream(file);
        this.withOutcomes = withOutcomes;
    }

    /** Reads everything. */
    static JournalReader of(Path folder) throws IOException {
        return new JournalReader(folder, true);
    }

    /** Reads what the run as a whole is about: the entries of settled records give no outcome. */
    static JournalReader withoutOutcomes(Path folder) throws IOException {
        return new JournalReader(folder, false);
    }

    /**
     * The next entry, or null at the end.
     *
     * @throws CannotGoOn when the journal is damaged, or of a newer version
     */
    Entry next() throws IOException {
        int length = readLine();
        if (length < 0) {
            return null;
        }
        JournalFormat.Line whole = decode(line, length);
        if (whole == null) {
            refuseDamage(length);
            return null;
        }
        end += length + 1L;
        return whole.entry();
    }

    /** Where the last whole entry that was read ends, in bytes from the start. */
    long end() {
        return end;
    }

    private JournalFormat.Line decode(int from, int length) throws IOException {
        try {
            return JournalFormat.decode(bytes, from, length, withOutcomes);
        } catch (IOException | RuntimeException e) {
            throw new CannotGoOn(ToMend.JOURNAL_UNUSABLE.of(file, e.getMessage()), e);
        }
    }

    /** Nothing that follows a bad line may show that the line was on the disk. */
    private void refuseDamage(int bad) throws IOException {
        int length = bad;
        while (length >= 0) {
            if (isBehindDamage(length)) {
                throw new CannotGoOn(ToMend.JOURNAL_DAMAGED.of(file, end));
            }
            length = readLine();
        }
    }

    /** Whether that line, or a rest of it where a line feed is damaged, shows so. */
    private boolean isBehindDamage(int length) throws IOException {
        int to = line + length;
        for (int from = line; from < to; from++) {
            if (from == line || isHexadecimal(from, to)) {
                JournalFormat.Line whole = decode(from, to - from);
                if (whole != null && whole.onDisk() > end) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a checksum may stand there. */
    private boolean isHexadecimal(int from, int to) {
        for (int at = from; at < from + JournalFormat.CRC_DIGITS; at++) {
            if (at >= to || !HexFormat.isHexDigit(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    /** How long the next line is; it begins at {@link #line}. -1 when no line feed follows. */
    private int readLine() throws IOException {
        int looked = next;
        while (true) {
            for (; looked < limit; looked++) {
                if (bytes[looked] == '\n') {
                    line = next;
                    next = looked + 1;
                    return looked - line;
                }
            }
            looked -= next;
            if (!readMore()) {
                return -1;
            }
        }
    }

    /** Moves what is begun to the front, so that the rest of its line can follow. */
    private boolean readMore() throws IOException {
        limit -= next;
        System.arraycopy(bytes, next, bytes, 0, limit);
        next = 0;
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, limit * 2);
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
