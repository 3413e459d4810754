package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A file's text, strictly decoded: each run of bytes that is no text becomes one U+FFFD, and its
 * place is remembered. Knows which byte a character came from, as far back as it was told to.
 */
final class DecodedText extends Reader {

    private static final int CHUNK = 8192;
    private static final int MOST_WRONG = 10_000;

    /** Where decoding went on: that character is at that byte. */
    private record Point(long character, long offset) {}

    /** Too much was read in one go. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(String message) {
            super(message);
        }
    }

    private final FileChannel channel;
    private final CharsetDecoder decoder;
    private final int allowance;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private final Deque<Point> points = new ArrayDeque<>();
    private final Deque<Long> wrong = new ArrayDeque<>();
    private long characters;
    private long offset;
    private long left;
    private boolean ended;

    /**
     * @param allowance characters that may be read until {@link #allow} is called again
     */
    DecodedText(Path file, TextEncoding encoding, int allowance) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(encoding.mark());
        this.decoder = encoding.charset().newDecoder();
        this.allowance = allowance;
        this.offset = encoding.mark();
        this.left = allowance;
        this.bytes.limit(0);
        this.chars.limit(0);
    }

    /** As much as is allowed may be read again. */
    void allow() {
        left = allowance;
    }

    long bytesRead() {
        return offset;
    }

    /** The byte that the character of that number came from. Asked for characters not forgotten. */
    long offsetOf(long character) throws IOException {
        Point point = points.getFirst();
        for (Point next : points) {
            if (next.character() <= character) {
                point = next;
            }
        }
        ByteBuffer from = ByteBuffer.allocate(CHUNK);
        while (from.hasRemaining() && channel.read(from, point.offset() + from.position()) >= 0) {
            // Up to the end of the file.
        }
        from.flip();
        CharBuffer to = CharBuffer.allocate((int) (character - point.character()));
        decoder.reset();
        while (to.hasRemaining()) {
            CoderResult result = decoder.decode(from, to, true);
            if (result.isError() && to.hasRemaining()) {
                from.position(from.position() + result.length());
                to.put('\uFFFD');
            } else if (result.isUnderflow()) {
                break;
            }
        }
        decoder.reset();
        return point.offset() + from.position();
    }

    /** Whether bytes before that character, and not forgotten, are no text. */
    boolean isWrongBefore(long character) {
        return !wrong.isEmpty() && wrong.getFirst() < character;
    }

    /** The first of them. */
    long firstWrong() {
        return wrong.getFirst();
    }

    /** Nothing before that character is asked for any more. */
    void forgetBefore(long character) {
        while (points.size() > 1) {
            Point first = points.removeFirst();
            if (points.getFirst().character() > character) {
                points.addFirst(first);
                break;
            }
        }
        while (!wrong.isEmpty() && wrong.getFirst() < character) {
            wrong.removeFirst();
        }
    }

    @Override
    public int read(char[] target, int at, int length) throws IOException {
        if (!chars.hasRemaining() && !decode()) {
            return -1;
        }
        int count = Math.min(length, chars.remaining());
        left -= count;
        if (left < 0) {
            throw new TooLong("more than " + Words.count(allowance) + " characters");
        }
        chars.get(target, at, count);
        return count;
    }

    private boolean decode() throws IOException {
        chars.clear();
        while (chars.position() == 0) {
            if (!ended) {
                bytes.compact();
                ended = channel.read(bytes) < 0;
                bytes.flip();
            }
            if (ended && !bytes.hasRemaining()) {
                chars.flip();
                return false;
            }
            points.addLast(new Point(characters, offset));
            int from = bytes.position();
            while (true) {
                CoderResult result = decoder.decode(bytes, chars, ended);
                if (!result.isError()) {
                    break;
                }
                bytes.position(bytes.position() + result.length());
                if (wrong.size() == MOST_WRONG) {
                    throw new TooLong("more than " + MOST_WRONG + " wrong bytes");
                }
                wrong.addLast(characters + chars.position());
                chars.put('\uFFFD');
            }
            offset += bytes.position() - from;
            characters += chars.position();
        }
        chars.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
