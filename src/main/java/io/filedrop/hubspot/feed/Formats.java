package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;

/** All kinds of update files, by name. */
public final class Formats {

    private final List<Format> formats;

    public Formats(List<Format> formats) {
        this.formats = List.copyOf(formats);
    }

    /** Opens an update file. */
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return of(file, layout).open(file, layout);
    }

    /** Writes the wanted records in the shape they were dropped in; see {@link Format#copy}. */
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        of(file, layout).copy(file, layout, wanted, out);
    }

    private Format of(Path file, Layout layout) throws RefusedFile {
        String name = file.getFileName().toString();
        return formats.stream()
                .filter(
                        format ->
                                layout.format().isEmpty()
                                        ? format.matches(name)
                                        : format.name().equals(layout.format()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedFile(
                                        Reason.of(
                                                Code.UNKNOWN_FORMAT,
                                                "A file of this name is none of the known kinds:"
                                                        + " .csv, .tsv, .txt.")));
    }
}
