package io.filedrop.hubspot.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a zip archive by their offsets, and the numbers in its records. */
final class ZipBytes implements Closeable {

    /** Of a number that stands elsewhere, in 64 bits. */
    static final long ALL_ONES = 0xFFFFFFFFL;

    private final FileChannel channel;

    ZipBytes(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long size() throws IOException {
        return channel.size();
    }

    /** So many bytes from that offset on, or fewer where the file ends. */
    ByteBuffer at(long from, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(target, from);
        return target.flip();
    }

    /** Fills the buffer with the bytes from that offset on, as far as there are some. */
    void fill(ByteBuffer target, long from) throws IOException {
        int start = target.position();
        while (target.hasRemaining()
                && channel.read(target, from + target.position() - start) >= 0) {
            // Up to the end.
        }
    }

    static int u16(ByteBuffer from, int at) {
        return from.getShort(at) & 0xFFFF;
    }

    static long u32(ByteBuffer from, int at) {
        return from.getInt(at) & ALL_ONES;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
