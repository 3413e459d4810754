package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The default destination: the folders of the drop directory, written durably. */
public final class Keep {

    private final DropSettings.Folders folders;
    private final DurableFiles files;

    public Keep(DropSettings.Folders folders, DurableFiles files) {
        this.folders = folders;
        this.files = files;
    }

    /**
     * Gives the file its final place. After a crash the same file of the same run may come again:
     * what lies there already is complete, and stays.
     *
     * @param destination succeeded, failed, archive or reports
     */
    public void keep(String destination, OutcomeFile file) throws IOException {
        Path target = folders.directory().resolve(destination).resolve(file.name());
        files.createDirectories(target.getParent());
        if (destination.equals("reports")) {
            files.replace(target, out -> Files.copy(file.path(), out));
        } else if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            // The folder of the run is synced when all is handed out, before its journal goes.
            files.handOver(file.path(), target);
        }
    }
}
