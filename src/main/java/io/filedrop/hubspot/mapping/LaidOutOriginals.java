package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Originals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** Gives records back as they were dropped, reading the file as the mapping of its run says. */
public final class LaidOutOriginals implements Originals {

    private final Formats formats;
    private final KeptMappings mappings;

    public LaidOutOriginals(Formats formats, KeptMappings mappings) {
        this.formats = formats;
        this.mappings = mappings;
    }

    @Override
    public void copy(Path file, LongPredicate wanted, OutputStream out) throws IOException {
        try {
            formats.copy(file, mappings.layoutIn(file.getParent()), wanted, out);
        } catch (RefusedFile e) {
            throw new IOException("The file could be read before: " + e.getMessage(), e);
        }
    }
}
