package io.filedrop.hubspot.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Parts of a file by their offsets, for what is given back byte for byte. */
final class FilePart implements Closeable {

    private final FileChannel channel;
    private final byte[] buffer = new byte[1 << 16];

    FilePart(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Copies the bytes from one offset up to another. */
    void copy(long from, long to, OutputStream out) throws IOException {
        long at = from;
        while (at < to) {
            int length = (int) Math.min(buffer.length, to - at);
            int read = channel.read(ByteBuffer.wrap(buffer, 0, length), at);
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
            at += read;
        }
    }

    /** The bytes from one offset up to another, but no more than so many. */
    byte[] bytes(long from, long to, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(most, Math.min(to, size()) - from))];
        ByteBuffer target = ByteBuffer.wrap(bytes);
        while (target.hasRemaining() && channel.read(target, from + target.position()) >= 0) {
            // Up to the end.
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
