package io.filedrop.hubspot.feed;

import static io.filedrop.hubspot.feed.ZipBytes.ALL_ONES;
import static io.filedrop.hubspot.feed.ZipBytes.u16;
import static io.filedrop.hubspot.feed.ZipBytes.u32;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a zip archive's directory is, by its end record, and by that of zip64 where there is one:
 * programs that pack while they write it use it for small archives, too (APPNOTE 4.3.14).
 *
 * @param count entries of the directory
 * @param offset of the directory
 * @param size of the directory, in bytes
 */
record ZipEnd(long count, long offset, long size) {

    private static final int END = 22;
    private static final int LOCATOR = 20;
    private static final int END_64 = 56;

    static ZipEnd of(ZipBytes bytes) throws IOException, RefusedFile {
        long end = offset(bytes);
        ByteBuffer last = bytes.at(end, END);
        if (u16(last, 4) != 0 || u16(last, 6) != 0 || u16(last, 8) != u16(last, 10)) {
            throw ZipDirectory.bad("the archive is one part of several");
        }
        ZipEnd said = new ZipEnd(u16(last, 10), u32(last, 16), u32(last, 12));
        ByteBuffer locator = bytes.at(Math.max(0, end - LOCATOR), (int) Math.min(LOCATOR, end));
        boolean has64 = locator.limit() == LOCATOR && locator.getInt(0) == 0x07064b50;
        ZipEnd found = has64 ? zip64(bytes, end, locator, said) : said;
        if (found.offset + found.size != (has64 ? end - LOCATOR - END_64 : end)) {
            throw ZipDirectory.bad(
                    "its directory is not where its end says, something may stand before or"
                            + " between");
        }
        return found;
    }

    /** Where the end record is: its comment must reach the end of the file. */
    private static long offset(ZipBytes bytes) throws IOException, RefusedFile {
        long size = bytes.size();
        int length = (int) Math.min(size, END + 0xFFFF);
        ByteBuffer tail = bytes.at(size - length, length);
        for (int at = length - END; at >= 0; at--) {
            if (tail.getInt(at) == 0x06054b50 && u16(tail, at + 20) == length - END - at) {
                return size - length + at;
            }
        }
        throw ZipDirectory.bad("its end is missing, or something stands behind it");
    }

    private static ZipEnd zip64(ZipBytes bytes, long end, ByteBuffer locator, ZipEnd said)
            throws IOException, RefusedFile {
        long at = end - LOCATOR - END_64;
        ByteBuffer record = bytes.at(Math.max(0, at), END_64);
        boolean agrees =
                at >= 0
                        && locator.getLong(8) == at
                        && locator.getInt(4) == 0
                        && locator.getInt(16) == 1
                        && record.getInt(0) == 0x06064b50
                        && record.getLong(4) == END_64 - 12
                        && record.getInt(16) == 0
                        && record.getInt(20) == 0
                        && record.getLong(24) == record.getLong(32);
        if (!agrees) {
            throw ZipDirectory.bad("its two ends contradict each other");
        }
        ZipEnd found = new ZipEnd(record.getLong(32), record.getLong(48), record.getLong(40));
        boolean same =
                (said.count == 0xFFFF || said.count == found.count)
                        && (said.offset == ALL_ONES || said.offset == found.offset)
                        && (said.size == ALL_ONES || said.size == found.size);
        if (!same || found.count < 0 || found.offset < 0 || found.size < 0) {
            throw ZipDirectory.bad("its two ends contradict each other");
        }
        return found;
    }
}
