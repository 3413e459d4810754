package io.filedrop.hubspot.feed;

import static io.filedrop.hubspot.feed.ZipBytes.ALL_ONES;
import static io.filedrop.hubspot.feed.ZipBytes.u16;

import java.nio.ByteBuffer;

/**
 * The sizes that a header of an entry says, and where the entry is. Those that are all ones stand
 * in the extra field of zip64 (APPNOTE 4.5.3).
 *
 * @param packed bytes as they are packed
 * @param size bytes as they are unpacked
 * @param offset of the entry; 0 in a local header
 */
record ZipSizes(long packed, long size, long offset) {

    private static final int ZIP_64 = 1;

    /**
     * @param extra the header's extra fields
     */
    static ZipSizes of(long packed, long size, long offset, ByteBuffer extra) throws RefusedFile {
        if (packed != ALL_ONES && size != ALL_ONES && offset != ALL_ONES) {
            return new ZipSizes(packed, size, offset);
        }
        int at = 0;
        while (at + 4 <= extra.limit()) {
            int length = u16(extra, at + 2);
            int end = at + 4 + length;
            if (end > extra.limit()) {
                break;
            }
            if (u16(extra, at) == ZIP_64) {
                return of(packed, size, offset, extra, at + 4, end);
            }
            at = end;
        }
        throw ZipDirectory.bad("a size in it is that of zip64, but is not there");
    }

    private static ZipSizes of(
            long packed, long size, long offset, ByteBuffer extra, int from, int end)
            throws RefusedFile {
        long[] numbers = {size, packed, offset};
        int at = from;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == ALL_ONES) {
                if (at + 8 > end || extra.getLong(at) < 0) {
                    throw ZipDirectory.bad("a size in it is that of zip64, but is not there");
                }
                numbers[i] = extra.getLong(at);
                at += 8;
            }
        }
        return new ZipSizes(numbers[1], numbers[0], numbers[2]);
    }
}
