package io.filedrop.hubspot.feed;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The runs of bytes of a file up to a byte that ends each, with their places. */
final class ByteRuns implements Closeable {

    private final FileChannel channel;
    private final byte[] buffer = new byte[1 << 16];
    private final int limit;
    private int at;
    private int end;
    private long bufferOffset;
    private long line = 1;

    /**
     * Some bytes and where they stand.
     *
     * @param start offset of the first byte
     * @param end offset behind the last one, and behind the byte that ended the run
     * @param line the physical line that it begins on
     * @param bytes without the byte that ended it; cut when it is too long
     * @param isEnded whether such a byte stood there, and not the end of the file
     * @param isCut whether it is longer than the limit
     */
    record Run(long start, long end, long line, byte[] bytes, boolean isEnded, boolean isCut) {}

    ByteRuns(Path file, long offset, int limit) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.channel.position(offset);
        this.bufferOffset = offset;
        this.limit = limit;
    }

    long offset() {
        return bufferOffset + at;
    }

    long line() {
        return line;
    }

    /** The next run, or null at the end of the file. */
    Run next(int ending) throws IOException {
        long start = offset();
        long startLine = line;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean cut = false;
        while (at < end || fill()) {
            if (offset() - start > 4L * limit) {
                // No end in sight: the rest of the file is one run.
                bufferOffset = channel.size();
                channel.position(bufferOffset);
                at = 0;
                end = 0;
                break;
            }
            int from = at;
            while (at < end && buffer[at] != ending) {
                if (buffer[at] == '\n') {
                    line++;
                }
                at++;
            }
            int length = Math.min(at - from, limit - bytes.size());
            bytes.write(buffer, from, length);
            cut |= length < at - from;
            if (at < end) {
                if (ending == '\n') {
                    line++;
                }
                at++;
                return new Run(start, offset(), startLine, bytes.toByteArray(), true, cut);
            }
        }
        return offset() == start
                ? null
                : new Run(start, offset(), startLine, bytes.toByteArray(), false, cut);
    }

    private boolean fill() throws IOException {
        bufferOffset += end;
        at = 0;
        end = Math.max(0, channel.read(ByteBuffer.wrap(buffer)));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
