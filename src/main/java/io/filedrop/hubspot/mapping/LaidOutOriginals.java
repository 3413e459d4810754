package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.Originals;
import io.filedrop.hubspot.run.ToMend;
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
            // It could be read before, so this will not pass; no other file need wait for it.
            throw new CannotGoOn(
                    ToMend.NOT_GIVEN_BACK.of(file, e.reason().code(), file.getParent()), e);
        }
    }
}
