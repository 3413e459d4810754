package io.filedrop.hubspot.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** Gives records of an update file back in the very shape they were dropped in. */
@FunctionalInterface
public interface Originals {

    /** Writes what is wanted, by ordinal, so that the result is an update file again. */
    void copy(Path file, LongPredicate wanted, OutputStream out) throws IOException;
}
