package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Reports;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The files that a run left in the folders of the drop directory, as far as they are kept. */
@Singleton
public class KeptFiles {

    private final DropSettings.Folders folders;

    /** What can be downloaded. */
    public enum Kind {
        FAILED,
        REASONS,
        SUCCEEDED,
        REPORT
    }

    @Inject
    public KeptFiles(DropSettings drop) {
        this.folders = drop.folders();
    }

    /** The file, when it is there and nothing but a file. */
    public Optional<Path> find(Reports.Summary run, Kind kind) {
        return switch (kind) {
            case FAILED -> in(folders.failed(), run, run.file());
            case REASONS -> in(folders.failed(), run, run.file() + ".reasons.csv");
            case SUCCEEDED -> in(folders.succeeded(), run, run.file() + ".succeeded.csv");
            case REPORT -> regular(folders.reports(), run.run() + ".json");
        };
    }

    private static Optional<Path> in(Path folder, Reports.Summary run, String name) {
        return regular(folder.resolve(run.run()), name);
    }

    private static Optional<Path> regular(Path folder, String name) {
        // A report is a file that somebody could have put there: its names stay in their folder.
        Path file = folder.resolve(name).normalize();
        return folder.equals(file.getParent())
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(file)
                : Optional.empty();
    }
}
