package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;

/** Reads the file of a run that waits for a person. */
public interface SetAside {

    /**
     * Gives the updates that are not settled for certain.
     *
     * @throws IOException when nobody can tell which they are
     */
    void unsent(Path folder, Consumer<Iterator<Mapped>> to) throws IOException;
}
