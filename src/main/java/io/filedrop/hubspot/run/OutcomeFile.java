package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.File;
import java.nio.file.Path;

/**
 * A file that is ready to be handed out.
 *
 * @param destination succeeded, failed, archive or reports
 * @param name path below the destination, {@code <run>/<file>} or {@code <run>.json}
 * @param path where it lies now, complete
 */
@RegisterForReflection
public record OutcomeFile(String destination, String name, Path path) {

    /** As Camel's file and SFTP endpoints take it. */
    public File file() {
        return path.toFile();
    }
}
