package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** One kind of update file. A new kind is one more implementation. */
public interface Format {

    /** Bytes of one field at most; HubSpot takes 65,536 characters (properties guide). */
    int FIELD_LIMIT = 1 << 20;

    /** What a mapping calls this kind, {@code csv} say. */
    String name();

    /** Whether a file of this name is of this kind. */
    boolean matches(String fileName);

    /**
     * Opens the file and reads its header.
     *
     * @throws RefusedFile when the file as a whole cannot be used; nothing of it was read as data
     */
    Feed open(Path file, Layout layout) throws IOException, RefusedFile;

    /**
     * Writes the header and the wanted records, byte for byte as they were dropped, so that the
     * result is an update file of the same shape.
     *
     * @param wanted tells by {@code Position.ordinal} which records to write
     */
    void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile;
}
