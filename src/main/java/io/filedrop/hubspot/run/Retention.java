package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Deletes what was kept long enough. Touches nothing that does not bear the name of a run. */
@RegisterForReflection
public class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final DropSettings settings;
    private final Lease lease;
    private final Clock clock;

    public Retention(DropSettings settings, Lease lease, Clock clock) {
        this.settings = settings;
        this.lease = lease;
        this.clock = clock;
    }

    /** Deletes originals and outcomes that are older than the settings say. */
    public void sweep() {
        if (!lease.isHeld()) {
            return;
        }
        DropSettings.Folders folders = settings.folders();
        sweep(folders.archive(), settings.keepArchive());
        sweep(folders.succeeded(), settings.keepOutcomes());
        sweep(folders.failed(), settings.keepOutcomes());
        sweep(folders.reports(), settings.keepOutcomes());
        sweepResults(folders.sftp());
    }

    /** What waits for servers that do not take it, or are in the settings no more. */
    private void sweepResults(Path servers) {
        if (!Files.isDirectory(servers)) {
            return;
        }
        try {
            for (Path server : FolderContents.of(servers)) {
                sweep(server.resolve("results"), settings.keepOutcomes());
            }
        } catch (IOException e) {
            LOG.warnf("%s cannot be tidied: %s", servers, e);
        }
    }

    private void sweep(Path folder, Optional<Period> keep) {
        if (keep.isEmpty() || !Files.isDirectory(folder)) {
            return;
        }
        Instant oldest = clock.instant().atOffset(ZoneOffset.UTC).minus(keep.get()).toInstant();
        long deleted = 0;
        try {
            for (Path entry : FolderContents.of(folder)) {
                if (isOlder(entry, oldest) && delete(entry)) {
                    deleted++;
                }
            }
        } catch (IOException e) {
            LOG.warnf("%s cannot be tidied: %s", folder, e);
        }
        if (deleted > 0) {
            LOG.infof("%s: deleted %s runs older than %s.", folder, Words.count(deleted), oldest);
        }
    }

    /** By its name, and also by its time: a run that waited for long is kept from its end on. */
    private boolean isOlder(Path entry, Instant oldest) throws IOException {
        String name = entry.getFileName().toString();
        String run = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
        Optional<Instant> claimed = Claims.timeOf(run);
        return claimed.isPresent()
                && claimed.get().isBefore(oldest)
                && !Files.exists(settings.folders().inProgress().resolve(run))
                && isChangedBefore(entry, oldest);
    }

    private static boolean isChangedBefore(Path entry, Instant oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(oldest);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean delete(Path entry) {
        try {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                for (Path file : FolderContents.of(entry)) {
                    Files.delete(file);
                }
            }
            return Files.deleteIfExists(entry);
        } catch (IOException e) {
            LOG.warnf("%s is old enough to be deleted, but cannot be: %s", entry, e);
            return false;
        }
    }
}
