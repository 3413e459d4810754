package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final InboxMoves moves;
    private final Clock clock;
    private final String version;
    private String lastId = "";

    /** Folders of claims that may still be undone, or take as long as a share takes to answer. */
    private final Set<Path> beingTaken = ConcurrentHashMap.newKeySet();

    public Claims(
            DropSettings settings, Inbox inbox, DurableFiles files, Clock clock, String version) {
        this.settings = settings;
        this.inbox = inbox;
        this.files = files;
        this.moves = new InboxMoves(settings, files);
        this.clock = clock;
        this.version = version;
    }

    /**
     * Claims a file of the inbox: from now on it is a run.
     *
     * @return the run's folder, or empty when the file is gone or no longer the one that was seen
     */
    public synchronized Optional<Path> take(Inbox.Ready ready) throws IOException {
        String id = nextId();
        Path folder = settings.folders().inProgress().resolve(id);
        beingTaken.add(folder);
        try {
            return take(ready, folder);
        } finally {
            beingTaken.remove(folder);
        }
    }

    private Optional<Path> take(Inbox.Ready ready, Path folder) throws IOException {
        files.createDirectories(folder);
        Entry.Claimed claimed =
                new Entry.Claimed(
                        folder.getFileName().toString(),
                        FileNames.kept(ready.file()),
                        ready.source(),
                        ready.size(),
                        clock.instant(),
                        version);
        Path to = folder.resolve(claimed.file());
        boolean isTaken = false;
        try {
            Journal.create(folder, claimed).close();
            files.permit(folder.resolve(Journal.FILE_NAME));
            isTaken = moves.move(ready, to);
        } finally {
            // A file that is there and nowhere else is a run, whatever went wrong.
            if (!isTaken && !moves.isOnlyAt(to, ready)) {
                remove(folder);
            }
        }
        inbox.taken(ready);
        if (!isTaken) {
            return Optional.empty();
        }
        Optional<Path> marker = settings.markerOf(ready.file());
        if (marker.isPresent()) {
            Files.deleteIfExists(marker.get());
        }
        return Optional.of(folder);
    }

    /** Whether that claim is not done yet, whatever lies in its folder. */
    boolean isBeingTaken(Path folder) {
        return beingTaken.contains(folder);
    }

    /**
     * Gives a file back to the inbox whose size is not the one it was claimed with. When the
     * program ends in the middle of this, the start sees a claim without a file, and removes it.
     *
     * @return false when it is the file that was claimed
     */
    boolean giveBack(Path folder, Entry.Claimed claimed) throws IOException {
        Path file = folder.resolve(claimed.file());
        if (Files.size(file) == claimed.bytes()) {
            return false;
        }
        Path original =
                settings.folders().inbox().resolve(claimed.source()).resolve(claimed.file());
        LOG.warnf(
                "%s was written to after it was taken; it goes back and waits again.",
                Words.name(original));
        moves.giveBack(file, original);
        remove(folder);
        return true;
    }

    /** The folders of all runs that have not closed their account, the first claimed first. */
    public List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries()) {
            if (isRun(entry)) {
                folders.add(entry);
            }
        }
        return folders;
    }

    /** Whether no run is left that has not closed its account. */
    boolean areNone() throws IOException {
        return entries().stream().noneMatch(Claims::isRun);
    }

    private static boolean isRun(Path entry) {
        return Files.isRegularFile(entry.resolve(Journal.FILE_NAME));
    }

    /** Everything in the queue's folder, in the order of the names. */
    private List<Path> entries() throws IOException {
        Path inProgress = settings.folders().inProgress();
        if (!Files.isDirectory(inProgress)) {
            return List.of();
        }
        List<Path> all = FolderContents.of(inProgress);
        Collections.sort(all);
        return all;
    }

    /** Removes a run's folder, once everything in it has its final place. */
    static void remove(Path folder) throws IOException {
        List<Path> files = FolderContents.of(folder);
        // The update file first: as long as it is there, everything that belongs to it is, too.
        files.sort(Comparator.comparing(f -> f.getFileName().toString().startsWith(".")));
        for (Path file : files) {
            if (!file.getFileName().toString().equals(Journal.FILE_NAME)) {
                Files.delete(file);
            }
        }
        DurableFiles.forceDirectory(folder);
        // The journal last: a folder with a journal is a run, one without is nothing.
        Files.deleteIfExists(folder.resolve(Journal.FILE_NAME));
        Files.delete(folder);
        DurableFiles.forceDirectory(folder.getParent());
    }

    /** When a run of that name was claimed; empty when it is no name of a run. */
    static Optional<Instant> timeOf(String run) {
        try {
            return Optional.of(Instant.from(RUN_ID.parse(run)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Later than every id before it, even when the clock was set back. */
    private String nextId() throws IOException {
        for (Path entry : entries()) {
            String other = entry.getFileName().toString();
            if (other.compareTo(lastId) > 0 && timeOf(other).isPresent()) {
                lastId = other;
            }
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
