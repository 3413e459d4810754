package io.filedrop.hubspot.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
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
    private volatile long forced;
    private volatile IOException broken;

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

    /** How long the journal in that folder is; 0 when there is none. */
    static long bytesIn(Path folder) {
        return folder.resolve(FILE_NAME).toFile().length();
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
            DurableFiles.force(channel, file);
        }
        channel.position(end);
        return new Journal(file, channel, end);
    }

    /**
     * Adds an entry. It is on the disk when this returns. Threads that append at the same time
     * share one sync. After a failure nothing is added any more: behind half a line it would count
     * as damage, and a second sync may succeed without having written what the first one lost.
     *
     * @throws JournalFailure when the disk refuses; nothing may be sent after that
     */
    public void append(Entry entry) {
        try {
            force(write(entry));
        } catch (IOException e) {
            throw new JournalFailure(file, e);
        }
    }

    /** Where the entry ends, in bytes. */
    private long write(Entry entry) throws IOException {
        byte[] line = JournalFormat.encode(new JournalFormat.Line(forced, entry));
        synchronized (writing) {
            refuseWhenBroken();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                broken = e;
                throw e;
            }
            written += line.length;
            return written;
        }
    }

    private void refuseWhenBroken() throws IOException {
        if (broken != null) {
            throw new IOException("it failed before: " + broken.getMessage(), broken);
        }
    }

    private void force(long upTo) throws IOException {
        synchronized (forcing) {
            if (forced >= upTo) {
                return;
            }
            refuseWhenBroken();
            long now;
            synchronized (writing) {
                now = written;
            }
            try {
                channel.force(false);
            } catch (ClosedChannelException e) {
                broken = e;
                throw e;
            } catch (IOException e) {
                broken = new SyncFailure(file, e);
                throw broken;
            }
            forced = now;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
