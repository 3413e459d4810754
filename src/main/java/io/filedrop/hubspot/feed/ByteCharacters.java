package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The units of a text file, bytes or pairs of them, as characters of the same number. */
final class ByteCharacters extends Reader {

    /** Half a surrogate pair, so that a lone byte at the end is found to be no text. */
    private static final char LONE_BYTE = '\uDC00';

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final boolean wide;
    private final int high;
    private long offset;

    ByteCharacters(Path file, long offset, TextEncoding encoding) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(offset);
        this.offset = offset;
        this.wide = encoding.unit() == 2;
        this.high = encoding.isBigEndian() ? 0 : 1;
        this.buffer.limit(0);
    }

    /** How many bytes of the file lie before the next one. */
    long offset() {
        return offset;
    }

    @Override
    public int read(char[] target, int at, int length) throws IOException {
        return wide ? readPairs(target, at, length) : readBytes(target, at, length);
    }

    private int readBytes(char[] target, int at, int length) throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
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

    private int readPairs(char[] target, int at, int length) throws IOException {
        while (buffer.remaining() < 2) {
            if (!fill()) {
                if (!buffer.hasRemaining()) {
                    return -1;
                }
                buffer.position(buffer.limit());
                offset++;
                target[at] = LONE_BYTE;
                return 1;
            }
        }
        int count = Math.min(length, buffer.remaining() / 2);
        byte[] bytes = buffer.array();
        int from = buffer.position();
        for (int i = 0; i < count; i++) {
            int first = from + 2 * i;
            target[at + i] =
                    (char) ((bytes[first + high] & 0xFF) << 8 | bytes[first + 1 - high] & 0xFF);
        }
        buffer.position(from + 2 * count);
        offset += 2L * count;
        return count;
    }

    private boolean fill() throws IOException {
        buffer.compact();
        int read = channel.read(buffer);
        buffer.flip();
        return read >= 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
