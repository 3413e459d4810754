package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Originals;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;

/** All kinds of update files, by name. */
public final class Formats implements Originals {

    private final List<Format> formats;

    public Formats(List<Format> formats) {
        this.formats = List.copyOf(formats);
    }

    /** Opens an update file. */
    public Feed open(Path file) throws IOException, RefusedFile {
        return of(file).open(file);
    }

    @Override
    public void copy(Path file, LongPredicate wanted, OutputStream out) throws IOException {
        try {
            of(file).copy(file, wanted, out);
        } catch (RefusedFile e) {
            throw new IOException("The file could be read before: " + e.getMessage(), e);
        }
    }

    private Format of(Path file) throws RefusedFile {
        String name = file.getFileName().toString();
        return formats.stream()
                .filter(format -> format.matches(name))
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
