package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code in-progress/}, the queue: files are claimed into it, each into the folder of its run. What
 * lies there is ours until its account is closed, whatever happens in between.
 */
public final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final DropSettings settings;
    private final Inbox inbox;
    private final DurableFiles files;
    private final Clock clock;
    private final String version;
    private String lastId = "";

    public Claims(
            DropSettings settings, Inbox inbox, DurableFiles files, Clock clock, String version) {
        this.settings = settings;
        this.inbox = inbox;
        this.files = files;
        this.clock = clock;
        this.version = version;
    }

    /** Whether so many files wait for their turn that the others stay in the inbox for now. */
    public boolean isFull() throws IOException {
        return folders().size() >= settings.claimAhead();
    }

    /**
     * Claims a file of the inbox: from now on it is a run.
     *
     * @return the run's folder, or empty when the file is gone
     */
    public synchronized Optional<Path> take(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String id = nextId();
        Path folder = settings.folders().inProgress().resolve(id);
        DurableFiles.createDirectories(folder);
        Entry.Claimed claimed =
                new Entry.Claimed(
                        id,
                        file.getFileName().toString(),
                        inbox.sourceOf(file),
                        Files.size(file),
                        clock.instant(),
                        version);
        Journal.create(folder, claimed).close();
        files.move(file, folder.resolve(claimed.file()));
        inbox.forget(file);
        Optional<Path> marker = inbox.markerOf(file);
        if (marker.isPresent()) {
            Files.deleteIfExists(marker.get());
        }
        return Optional.of(folder);
    }

    /** The folders of all runs that have not closed their account, the first claimed first. */
    public List<Path> folders() throws IOException {
        Path inProgress = settings.folders().inProgress();
        if (!Files.isDirectory(inProgress)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(inProgress)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry.resolve(Journal.FILE_NAME))) {
                    folders.add(entry);
                }
            }
        }
        Collections.sort(folders);
        return folders;
    }

    /** Removes folders whose file was never claimed, because the program ended before. */
    public void tidy() throws IOException {
        for (Path folder : folders()) {
            if (isUnclaimed(folder)) {
                LOG.infof("The claim %s was never finished; its file is in the inbox.", folder);
                remove(folder);
            }
        }
    }

    private static boolean isUnclaimed(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    return false;
                }
            }
        }
        try {
            return History.withoutOutcomes(folder).closed().isEmpty();
        } catch (IOException e) {
            // Without an update file a journal that cannot be read has nothing to tell.
            LOG.warnf("%s", e.getMessage());
            return true;
        }
    }

    /** Removes a run's folder, once everything in it has its final place. */
    static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(Journal.FILE_NAME)) {
                    Files.delete(entry);
                }
            }
        }
        // The journal last: a folder with a journal is a run, one without is nothing.
        Files.deleteIfExists(folder.resolve(Journal.FILE_NAME));
        Files.delete(folder);
        DurableFiles.forceDirectory(folder.getParent());
    }

    /** Later than every id before it, even when the clock was set back. */
    private String nextId() throws IOException {
        List<Path> folders = folders();
        if (!folders.isEmpty()) {
            String last = folders.get(folders.size() - 1).getFileName().toString();
            lastId = last.compareTo(lastId) > 0 ? last : lastId;
        }
        String id = RUN_ID.format(clock.instant());
        if (id.compareTo(lastId) <= 0) {
            id = RUN_ID.format(Instant.from(RUN_ID.parse(lastId)).plusMillis(1));
        }
        while (Files.exists(settings.folders().reports().resolve(id + ".json"))) {
            id = RUN_ID.format(Instant.from(RUN_ID.parse(id)).plusMillis(1));
        }
        lastId = id;
        return id;
    }
}
