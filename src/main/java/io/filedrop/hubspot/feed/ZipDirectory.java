package io.filedrop.hubspot.feed;

import static io.filedrop.hubspot.feed.ZipBytes.u16;
import static io.filedrop.hubspot.feed.ZipBytes.u32;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The entries of a zip archive as its central directory lists them. Whatever two readers could
 * understand differently is refused: headers that disagree, entries that overlap, names given
 * twice, bytes behind the end.
 */
final class ZipDirectory implements Closeable {

    private static final int CENTRAL = 46;
    private static final int LOCAL = 30;
    private static final int UTF_8_NAMES = 1 << 11;
    private static final int SIZES_BEHIND = 1 << 3;

    private static final Map<Integer, String> METHODS =
            Map.of(
                    1,
                    "shrink",
                    6,
                    "implode",
                    9,
                    "deflate64",
                    12,
                    "bzip2",
                    14,
                    "lzma",
                    93,
                    "zstd",
                    95,
                    "xz",
                    98,
                    "ppmd",
                    99,
                    "AES encryption");

    private final ZipBytes bytes;
    private final Limits limits;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A file in the archive.
     *
     * @param offset of its local header
     * @param data offset of its packed bytes
     */
    record Entry(
            String name,
            boolean isStored,
            int flags,
            long crc,
            long packed,
            long size,
            long offset,
            long data) {

        boolean isFolder() {
            return name.endsWith("/");
        }

        /** The name without folders. */
        String baseName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    ZipDirectory(Path file, Limits limits) throws IOException, RefusedFile {
        this.bytes = new ZipBytes(file);
        this.limits = limits;
        boolean read = false;
        try {
            read();
            read = true;
        } finally {
            if (!read) {
                bytes.close();
            }
        }
    }

    List<Entry> entries() {
        return entries;
    }

    private void read() throws IOException, RefusedFile {
        ZipEnd end = ZipEnd.of(bytes);
        if (end.count() > limits.entries()) {
            throw bad("it has more than " + Words.count(limits.entries()) + " entries");
        }
        if (end.size() > limits.record()) {
            throw bad("its directory is longer than " + Words.count(limits.record()) + " bytes");
        }
        ByteBuffer directory = bytes.at(end.offset(), (int) end.size());
        Set<String> names = new HashSet<>();
        int at = 0;
        for (int i = 0; i < end.count(); i++) {
            at = entry(directory, at, end.offset(), names);
        }
        if (at != end.size()) {
            throw bad("its directory holds more than it says");
        }
        requireApart();
    }

    private int entry(ByteBuffer directory, int at, long directoryOffset, Set<String> names)
            throws IOException, RefusedFile {
        if (at + CENTRAL > directory.limit() || directory.getInt(at) != 0x02014b50) {
            throw bad("its directory is damaged");
        }
        int nameLength = u16(directory, at + 28);
        int next = at + CENTRAL + nameLength + u16(directory, at + 30) + u16(directory, at + 32);
        if (next > directory.limit()) {
            throw bad("its directory is damaged");
        }
        byte[] rawName = new byte[nameLength];
        directory.get(at + CENTRAL, rawName);
        int flags = u16(directory, at + 8);
        String name = ZipNames.of(rawName, (flags & UTF_8_NAMES) != 0);
        String shown = Words.name(Words.excerpt(name));
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw bad("the entry " + shown + " stands in it twice");
        }
        int method = u16(directory, at + 10);
        if ((flags & (1 | 1 << 6 | 1 << 13)) != 0) {
            throw bad("the entry " + shown + " is encrypted");
        }
        if (method != 0 && method != 8) {
            throw bad(
                    "the entry "
                            + shown
                            + " is packed with "
                            + METHODS.getOrDefault(method, "method " + method)
                            + "; only deflate can be read");
        }
        int type = directory.getInt(at + 38) >>> 28;
        boolean unix = u16(directory, at + 4) >> 8 == 3;
        if (unix && type != 0 && type != 8 && type != 4) {
            throw bad("the entry " + shown + " is a link or a device");
        }
        int extraLength = u16(directory, at + 30);
        ZipSizes sizes =
                ZipSizes.of(
                        u32(directory, at + 20),
                        u32(directory, at + 24),
                        u32(directory, at + 42),
                        directory
                                .slice(at + CENTRAL + nameLength, extraLength)
                                .order(ByteOrder.LITTLE_ENDIAN));
        Entry entry =
                new Entry(
                        name,
                        method == 0,
                        flags,
                        u32(directory, at + 16),
                        sizes.packed(),
                        sizes.size(),
                        sizes.offset(),
                        sizes.offset() + LOCAL);
        if (u16(directory, at + 34) != 0
                || sizes.offset() > directoryOffset - LOCAL
                || sizes.packed() > directoryOffset) {
            throw bad("the entry " + shown + " lies outside of it");
        }
        entries.add(agreed(entry, rawName, method, directoryOffset, shown));
        return next;
    }

    /** The entry with the place of its data, when its local header says the same. */
    private Entry agreed(
            Entry entry, byte[] rawName, int method, long directoryOffset, String shown)
            throws IOException, RefusedFile {
        ByteBuffer local = bytes.at(entry.offset(), LOCAL);
        int nameLength = u16(local, 26);
        long extra = entry.offset() + LOCAL + nameLength;
        long data = extra + u16(local, 28);
        ZipSizes sizes =
                ZipSizes.of(u32(local, 18), u32(local, 22), 0, bytes.at(extra, u16(local, 28)));
        boolean behind = (entry.flags() & SIZES_BEHIND) != 0;
        int compared = 1 | SIZES_BEHIND | UTF_8_NAMES;
        boolean agrees =
                local.getInt(0) == 0x04034b50
                        && (u16(local, 6) & compared) == (entry.flags() & compared)
                        && u16(local, 8) == method
                        && nameLength == rawName.length
                        && data + entry.packed() <= directoryOffset
                        && agree(u32(local, 14), entry.crc(), behind)
                        && agree(sizes.packed(), entry.packed(), behind)
                        && agree(sizes.size(), entry.size(), behind)
                        && (!entry.isStored() || entry.packed() == entry.size())
                        && (!entry.isFolder() || entry.size() == 0);
        if (agrees) {
            byte[] localName = new byte[nameLength];
            bytes.at(entry.offset() + LOCAL, nameLength).get(0, localName);
            agrees = Arrays.equals(localName, rawName);
        }
        if (!agrees || behind && !isDescribed(entry, data + entry.packed(), directoryOffset)) {
            throw bad("the headers of the entry " + shown + " contradict each other");
        }
        return new Entry(
                entry.name(),
                entry.isStored(),
                entry.flags(),
                entry.crc(),
                entry.packed(),
                entry.size(),
                entry.offset(),
                data);
    }

    private static boolean agree(long local, long central, boolean behind) {
        return local == central || behind && local == 0;
    }

    /** Whether the record behind the data says the same, in one of its four shapes. */
    private boolean isDescribed(Entry entry, long at, long directoryOffset) throws IOException {
        ByteBuffer record = bytes.at(at, (int) Math.min(24, directoryOffset - at));
        for (int start : new int[] {4, 0}) {
            if (start == 4 && (record.limit() < 4 || record.getInt(0) != 0x08074b50)) {
                continue;
            }
            for (int width : new int[] {4, 8}) {
                if (record.limit() >= start + 4 + 2 * width
                        && u32(record, start) == entry.crc()
                        && size(record, start + 4, width) == entry.packed()
                        && size(record, start + 4 + width, width) == entry.size()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long size(ByteBuffer from, int at, int width) {
        return width == 8 ? from.getLong(at) : u32(from, at);
    }

    private void requireApart() throws RefusedFile {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::offset));
        for (int i = 1; i < sorted.size(); i++) {
            Entry before = sorted.get(i - 1);
            if (before.data() + before.packed() > sorted.get(i).offset()) {
                throw bad("two of its entries overlap");
            }
        }
    }

    /**
     * Unpacks an entry, and counts while it does.
     *
     * @throws RefusedFile when it is not as the directory says, or more than the limits allow
     */
    void unpack(Entry entry, OutputStream out) throws IOException, RefusedFile {
        new ZipUnpacking(bytes, entry, limits).to(out);
    }

    static RefusedFile bad(String what) {
        return new RefusedFile(
                Reason.of(Code.BAD_ARCHIVE, "The archive cannot be used: " + what + "."));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
