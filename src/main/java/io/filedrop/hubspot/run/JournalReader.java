package io.filedrop.hubspot.run;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a journal from its first entry to its last. A torn tail, as a crash leaves it, ends the
 * reading; damage in front of a whole entry is an error, because records would be lost unseen.
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

    /** The next entry, or null at the end. */
    Entry next() throws IOException {
        int length = readLine();
        if (length < 0) {
            return null;
        }
        Entry entry = decode(length);
        if (entry == null) {
            refuseDamage();
            return null;
        }
        end += length + 1L;
        return entry;
    }

    /** Where the last whole entry that was read ends, in bytes from the start. */
    long end() {
        return end;
    }

    private Entry decode(int length) throws IOException {
        try {
            return JournalFormat.decode(line, length);
        } catch (IOException | RuntimeException e) {
            throw new IOException("The journal " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Behind a bad line nothing whole may follow, or it is not a torn tail. */
    private void refuseDamage() throws IOException {
        int length = readLine();
        while (length >= 0) {
            if (decode(length) != null) {
                throw new IOException(
                        "The journal "
                                + file
                                + " is damaged at byte "
                                + end
                                + "; whole entries follow behind the damage. Nothing was sent for"
                                + " this run. Restore the file from a copy, or move its folder away"
                                + " and drop the update file again.");
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
