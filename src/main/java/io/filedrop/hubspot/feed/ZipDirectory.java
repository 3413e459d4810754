package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip archive as its central directory lists them. Whatever two readers could
 * understand differently is refused: headers that disagree, entries that overlap, names given
 * twice, bytes behind the end.
 */
final class ZipDirectory implements Closeable {

    private static final int END = 22;
    private static final int CENTRAL = 46;
    private static final int LOCAL = 30;
    private static final long ALL_ONES = 0xFFFFFFFFL;
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

    private final FileChannel channel;
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
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.limits = limits;
        boolean read = false;
        try {
            read();
            read = true;
        } finally {
            if (!read) {
                channel.close();
            }
        }
    }

    List<Entry> entries() {
        return entries;
    }

    private void read() throws IOException, RefusedFile {
        long end = end();
        ByteBuffer last = bytes(end, END);
        int count = u16(last, 10);
        long size = u32(last, 12);
        long offset = u32(last, 16);
        if (u16(last, 4) != 0 || u16(last, 6) != 0 || u16(last, 8) != count) {
            throw bad("the archive is one part of several");
        }
        if (count == 0xFFFF || size == ALL_ONES || offset == ALL_ONES) {
            throw bad("the archive is in the format zip64; pack it without");
        }
        if (count > limits.entries()) {
            throw bad("it has more than " + Words.count(limits.entries()) + " entries");
        }
        if (offset + size != end || size > limits.record()) {
            throw bad(
                    "its directory is not where its end says, something may stand before or between");
        }
        ByteBuffer directory = bytes(offset, (int) size);
        Set<String> names = new HashSet<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = entry(directory, at, offset, names);
        }
        if (at != size) {
            throw bad("its directory holds more than it says");
        }
        requireApart();
    }

    /** Where the end record is: its comment must reach the end of the file. */
    private long end() throws IOException, RefusedFile {
        long size = channel.size();
        int length = (int) Math.min(size, END + 0xFFFF);
        ByteBuffer tail = bytes(size - length, length);
        for (int at = length - END; at >= 0; at--) {
            if (tail.getInt(at) == 0x06054b50 && u16(tail, at + 20) == length - END - at) {
                return size - length + at;
            }
        }
        throw bad("its end is missing, or something stands behind it");
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
        String name = name(rawName, flags);
        String shown = Words.name(Words.excerpt(name));
        requireName(name, shown);
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
        long packed = u32(directory, at + 20);
        long size = u32(directory, at + 24);
        long offset = u32(directory, at + 42);
        if (packed == ALL_ONES || size == ALL_ONES || offset == ALL_ONES) {
            throw bad("the archive is in the format zip64; pack it without");
        }
        Entry entry =
                new Entry(
                        name,
                        method == 0,
                        flags,
                        u32(directory, at + 16),
                        packed,
                        size,
                        offset,
                        offset + LOCAL);
        if (u16(directory, at + 34) != 0 || offset + LOCAL > directoryOffset) {
            throw bad("the entry " + shown + " lies outside of it");
        }
        entries.add(agreed(entry, rawName, method, directoryOffset, shown));
        return next;
    }

    /** The entry with the place of its data, when its local header says the same. */
    private Entry agreed(
            Entry entry, byte[] rawName, int method, long directoryOffset, String shown)
            throws IOException, RefusedFile {
        ByteBuffer local = bytes(entry.offset(), LOCAL);
        int nameLength = u16(local, 26);
        long data = entry.offset() + LOCAL + nameLength + u16(local, 28);
        boolean behind = (entry.flags() & SIZES_BEHIND) != 0;
        int compared = 1 | SIZES_BEHIND | UTF_8_NAMES;
        boolean agrees =
                local.getInt(0) == 0x04034b50
                        && (u16(local, 6) & compared) == (entry.flags() & compared)
                        && u16(local, 8) == method
                        && nameLength == rawName.length
                        && data + entry.packed() <= directoryOffset
                        && agree(u32(local, 14), entry.crc(), behind, false)
                        && agree(u32(local, 18), entry.packed(), behind, true)
                        && agree(u32(local, 22), entry.size(), behind, true)
                        && (!entry.isStored() || entry.packed() == entry.size())
                        && (!entry.isFolder() || entry.size() == 0);
        if (agrees) {
            byte[] localName = new byte[nameLength];
            bytes(entry.offset() + LOCAL, nameLength).get(0, localName);
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

    private static boolean agree(long local, long central, boolean behind, boolean isSize) {
        return local == central || behind && (local == 0 || isSize && local == ALL_ONES);
    }

    /** Whether the record behind the data says the same, in one of its four shapes. */
    private boolean isDescribed(Entry entry, long at, long directoryOffset) throws IOException {
        ByteBuffer record = bytes(at, (int) Math.min(24, directoryOffset - at));
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

    private static String name(byte[] raw, int flags) throws RefusedFile {
        if ((flags & UTF_8_NAMES) != 0) {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
            } catch (CharacterCodingException e) {
                throw bad("the name of an entry is not the UTF-8 it is said to be");
            }
        }
        return new String(
                raw,
                Charset.isSupported("IBM437")
                        ? Charset.forName("IBM437")
                        : StandardCharsets.ISO_8859_1);
    }

    private static void requireName(String name, String shown) throws RefusedFile {
        if (name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(0) >= 0
                || name.matches("(?s)[A-Za-z]:.*")
                || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw bad("the name of the entry " + shown + " leads out of the archive");
        }
    }

    /**
     * Unpacks an entry, and counts while it does.
     *
     * @throws RefusedFile when it is not as the directory says, or more than the limits allow
     */
    void unpack(Entry entry, OutputStream out) throws IOException, RefusedFile {
        String shown = Words.name(Words.excerpt(entry.name()));
        Allowed allowed = new Allowed(limits, entry.packed());
        CRC32 crc = new CRC32();
        byte[] packed = new byte[1 << 16];
        byte[] plain = new byte[1 << 16];
        Inflater inflater = new Inflater(true);
        try {
            long left = entry.packed();
            while (true) {
                int length;
                if (entry.isStored()) {
                    length = fill(plain, entry, left);
                    left -= length;
                } else {
                    length = inflater.inflate(plain);
                    if (length == 0 && !inflater.finished() && inflater.needsInput() && left > 0) {
                        int more = fill(packed, entry, left);
                        left -= more;
                        inflater.setInput(packed, 0, more);
                        continue;
                    }
                }
                if (length == 0) {
                    break;
                }
                allowed.add(length);
                crc.update(plain, 0, length);
                out.write(plain, 0, length);
            }
            boolean whole = entry.isStored() || inflater.finished() && inflater.getRemaining() == 0;
            if (!whole
                    || left != 0
                    || allowed.total() != entry.size()
                    || crc.getValue() != entry.crc()) {
                throw bad("the entry " + shown + " is damaged");
            }
        } catch (DataFormatException e) {
            throw bad("the entry " + shown + " is damaged");
        } finally {
            inflater.end();
        }
    }

    private int fill(byte[] buffer, Entry entry, long left) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left));
        long from = entry.data() + entry.packed() - left;
        while (target.hasRemaining() && channel.read(target, from + target.position()) >= 0) {
            // Up to what is left.
        }
        return target.position();
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (target.hasRemaining() && channel.read(target, from + target.position()) >= 0) {
            // Up to the end.
        }
        return target.flip();
    }

    private static int u16(ByteBuffer from, int at) {
        return from.getShort(at) & 0xFFFF;
    }

    private static long u32(ByteBuffer from, int at) {
        return from.getInt(at) & ALL_ONES;
    }

    static RefusedFile bad(String what) {
        return new RefusedFile(
                Reason.of(Code.BAD_ARCHIVE, "The archive cannot be used: " + what + "."));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
