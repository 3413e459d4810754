package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Path;

/** The disk refused to keep an outcome. Whoever sees this stops: nothing may depend on it. */
public class JournalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalFailure(Path file, IOException cause) {
        super("The journal " + file + " could not be written: " + cause.getMessage(), cause);
    }
}
