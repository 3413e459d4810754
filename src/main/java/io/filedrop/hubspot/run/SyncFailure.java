package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The disk could not be told to keep what was written. Nobody knows what it holds now, and asking
 * once more may succeed without meaning it: the program ends, and the next start reads what is
 * there.
 */
public class SyncFailure extends IOException {

    private static final long serialVersionUID = 1L;

    SyncFailure(Path path, IOException cause) {
        super(path + " could not be synced: " + cause.getMessage(), cause);
    }
}
