package io.filedrop.hubspot.run;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a journal from its first entry to its last. A torn tail, as a crash or a power cut leaves
 * it, ends the reading. It may have holes: lines that were never on the disk for certain come there
 * in any order, or not at all, and nothing depended on them. Damage in front of a line that was
 * written when the damaged place was on the disk already is an error: records would be lost unseen.
 */
final class JournalReader implements Closeable {

    private final Path file;
    private final InputStream in;
    private byte[] line = new byte[1 << 16];
    private long end;

    JournalReader(Path folder) throws IOException {
        this.file = folder.resolve(Journal.FILE_NAME);
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
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
        JournalFormat.Line whole = decode(length);
        if (whole == null) {
            refuseDamage();
            return null;
        }
        end += length + 1L;
        return whole.entry();
    }

    /** Where the last whole entry that was read ends, in bytes from the start. */
    long end() {
        return end;
    }

    private JournalFormat.Line decode(int length) throws IOException {
        try {
            return JournalFormat.decode(line, length);
        } catch (IOException | RuntimeException e) {
            throw new CannotGoOn(
                    "The journal " + file + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** Nothing that follows a bad line may show that the line was on the disk. */
    private void refuseDamage() throws IOException {
        int length = readLine();
        while (length >= 0) {
            JournalFormat.Line whole = decode(length);
            if (whole != null && whole.onDisk() > end) {
                throw new CannotGoOn(
                        "The journal "
                                + file
                                + " is damaged at byte "
                                + end
                                + "; whole entries follow behind the damage. Nothing more is sent"
                                + " for this run. Restore the journal from a copy and start again,"
                                + " or move the run's folder away and drop its update file again.");
            }
            length = readLine();
        }
    }

    /** The bytes up to the next line feed go into {@link #line}; -1 when no line feed follows. */
    private int readLine() throws IOException {
        int length = 0;
        int b;
        while ((b = in.read()) >= 0) {
            if (b == '\n') {
                return length;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) b;
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
