package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks one entry of a zip archive, and trusts nothing that is said of it. */
final class ZipUnpacking {

    private final ZipBytes bytes;
    private final ZipDirectory.Entry entry;
    private final Limits limits;

    ZipUnpacking(ZipBytes bytes, ZipDirectory.Entry entry, Limits limits) {
        this.bytes = bytes;
        this.entry = entry;
        this.limits = limits;
    }

    /**
     * Writes what is in it, and counts while it does.
     *
     * @throws RefusedFile when it is not as the directory says, or more than the limits allow
     */
    void to(OutputStream out) throws IOException, RefusedFile {
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
                    length = fill(plain, left);
                    left -= length;
                } else {
                    length = inflater.inflate(plain);
                    if (length == 0 && !inflater.finished() && inflater.needsInput() && left > 0) {
                        int more = fill(packed, left);
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
                throw ZipDirectory.bad("the entry " + shown + " is damaged");
            }
        } catch (DataFormatException e) {
            throw ZipDirectory.bad("the entry " + shown + " is damaged");
        } finally {
            inflater.end();
        }
    }

    private int fill(byte[] buffer, long left) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left));
        bytes.fill(target, entry.data() + entry.packed() - left);
        return target.position();
    }
}
