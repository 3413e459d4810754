package io.filedrop.hubspot.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The append-only file of outcomes that belongs to a run: the only state there is. Safe for use by
 * several threads at once.
 */
public final class Journal implements Closeable {

    /** A dropped file never has this name: names that start with a dot are not taken. */
    public static final String FILE_NAME = ".journal";

    private final Path file;
    private final FileChannel channel;
    private final Object writing = new Object();
    private final Object forcing = new Object();
    private long written;
    private long forced;

    private Journal(Path file, FileChannel channel, long end) {
        this.file = file;
        this.channel = channel;
        this.written = end;
        this.forced = end;
    }

    /** A new journal in that folder, with its first entry, on the disk when this returns. */
    public static Journal create(Path folder, Entry.Claimed claimed) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        Journal journal =
                new Journal(
                        file,
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        0);
        journal.append(claimed);
        DurableFiles.forceDirectory(folder);
        return journal;
    }

    /**
     * Opens a journal to go on with it, and cuts a torn tail off.
     *
     * @param end where its last whole entry ends, from {@link JournalReader#end()}
     */
    public static Journal open(Path folder, long end) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (channel.size() > end) {
            channel.truncate(end);
            channel.force(true);
        }
        channel.position(end);
        return new Journal(file, channel, end);
    }

    /**
     * Adds an entry. It is on the disk when this returns. Threads that append at the same time
     * share one sync.
     *
     * @throws JournalFailure when the disk refuses; nothing may be sent after that
     */
    public void append(Entry entry) {
        byte[] line = JournalFormat.encode(entry);
        try {
            long end;
            synchronized (writing) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                written += line.length;
                end = written;
            }
            force(end);
        } catch (IOException e) {
            throw new JournalFailure(file, e);
        }
    }

    private void force(long upTo) throws IOException {
        synchronized (forcing) {
            if (forced >= upTo) {
                return;
            }
            long now;
            synchronized (writing) {
                now = written;
            }
            channel.force(false);
            forced = now;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
