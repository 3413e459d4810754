package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** One kind of update file. A new kind is one more implementation. */
public interface Format {

    /** What a mapping calls this kind, {@code csv} say. */
    String name();

    /** How the names of such files end, with the dot, in small letters. */
    List<String> endings();

    /**
     * What a mapping may say of the layout: the names of the options, each with a check that throws
     * an {@code IllegalArgumentException} with a sentence for a text that cannot be used.
     */
    Map<String, Consumer<String>> options();

    /** Whether a file of this name is of this kind. */
    default boolean matches(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return endings().stream().anyMatch(name::endsWith);
    }

    /**
     * Opens the file and reads its header.
     *
     * @throws RefusedFile when the file as a whole cannot be used; nothing of it was read as data
     */
    Feed open(Path file, Layout layout) throws IOException, RefusedFile;

    /**
     * Writes the header and the wanted records as they were dropped, byte for byte where the format
     * is a text, so that the result is an update file of the same shape.
     *
     * @param wanted tells by {@code Position.ordinal} which records to write
     */
    void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile;
}
