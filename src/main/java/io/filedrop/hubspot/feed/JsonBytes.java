package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a JSON text behind a beginning of our own. The parser is lenient with some bytes
 * that are no UTF-8 (longer forms than needed, halves of surrogate pairs): these are made such that
 * it refuses them, too. Or, to find the end of an element whatever its bytes, all that is not ASCII
 * is hidden from the parser.
 */
final class JsonBytes extends InputStream {

    private final FileChannel channel;
    private final byte[] beginning;
    private final boolean hideOthers;
    private final long from;
    private final long allowance;
    private long left;
    private int begun;
    private long offset;
    private long firstBad = Long.MAX_VALUE;

    /** Of the character under way: bytes still to come, and the least and most the next may be. */
    private int toCome;

    private int least;
    private int most;

    /**
     * @param hideOthers whether bytes that are not ASCII are shown as question marks
     * @param allowance bytes that may be read until {@link #allow} is called again
     */
    JsonBytes(Path file, long from, byte[] beginning, boolean hideOthers, long allowance)
            throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(from);
        this.beginning = beginning;
        this.hideOthers = hideOthers;
        this.from = from;
        this.offset = from;
        this.allowance = allowance;
        this.left = allowance;
    }

    /** Too much was read in one go. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** As much as is allowed may be read again. */
    void allow() {
        left = allowance;
    }

    /** The file's offset of what the parser knows under that offset. */
    long inFile(long parserOffset) {
        return from + parserOffset - beginning.length;
    }

    /**
     * Offset of the first byte that is no UTF-8, so far; a very large number when there is none.
     */
    long firstBad() {
        return firstBad;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (begun < beginning.length) {
            int count = Math.min(length, beginning.length - begun);
            System.arraycopy(beginning, begun, target, at, count);
            begun += count;
            return count;
        }
        int count = channel.read(ByteBuffer.wrap(target, at, length));
        left -= count;
        if (left < 0) {
            throw new TooLong();
        }
        for (int i = at; i < at + count; i++) {
            if (target[i] < 0 || toCome > 0) {
                if (hideOthers) {
                    target[i] = target[i] < 0 ? (byte) '?' : target[i];
                } else if (!follows(target[i] & 0xFF)) {
                    firstBad = Math.min(firstBad, offset + i - at);
                    target[i] = (byte) 0xFF;
                    toCome = 0;
                }
            }
        }
        offset += Math.max(0, count);
        return count;
    }

    /** Whether that byte may stand here; RFC 3629, section 4. */
    private boolean follows(int b) {
        if (toCome > 0) {
            boolean fits = b >= least && b <= most;
            toCome--;
            least = 0x80;
            most = 0xBF;
            return fits;
        }
        least = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        most = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        toCome = b >= 0xF0 ? 3 : b >= 0xE0 ? 2 : 1;
        return b >= 0xC2 && b <= 0xF4;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
