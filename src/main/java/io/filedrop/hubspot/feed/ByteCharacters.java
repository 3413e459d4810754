package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file as characters of the same number, one for one. */
final class ByteCharacters extends Reader {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long offset;

    ByteCharacters(Path file, long offset) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(offset);
        this.offset = offset;
        this.buffer.limit(0);
    }

    /** How many bytes of the file lie before the next one. */
    long offset() {
        return offset;
    }

    @Override
    public int read(char[] target, int at, int length) throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                return -1;
            }
        }
        int count = Math.min(length, buffer.remaining());
        byte[] bytes = buffer.array();
        int from = buffer.position();
        for (int i = 0; i < count; i++) {
            target[at + i] = (char) (bytes[from + i] & 0xFF);
        }
        buffer.position(from + count);
        offset += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
