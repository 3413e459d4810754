package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What a crash or a failing disk left of claims and of runs that were over: the start puts it in
 * order, before anything is claimed or sent, and so does the program when it works. Runs in between
 * are left to their turn.
 */
public final class Leftovers {

    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    private final DropSettings settings;
    private final Turns turns;
    private final Accounts accounts;
    private final Endings endings;

    public Leftovers(DropSettings settings, Turns turns, Accounts accounts, Endings endings) {
        this.settings = settings;
        this.turns = turns;
        this.accounts = accounts;
        this.endings = endings;
    }

    /**
     * Looks at every folder in {@code in-progress/}. One that cannot be put in order is told of and
     * left: the others need not wait for it.
     */
    public void tidy() throws IOException {
        if (!Files.isDirectory(settings.folders().inProgress())) {
            return;
        }
        List<Path> all = FolderContents.of(settings.folders().inProgress());
        Collections.sort(all);
        for (Path folder : all) {
            tidyOrTell(folder);
        }
    }

    /**
     * The same while the program works, for runs whose time has come and whose file is gone: it was
     * handed out or given back and the rest failed, or somebody took it away.
     */
    void tidyGone() throws IOException {
        for (Path folder : turns.gone()) {
            tidyOrTell(folder);
            turns.over(folder);
        }
    }

    private void tidyOrTell(Path folder) throws SyncFailure {
        try {
            tidy(folder);
        } catch (SyncFailure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            endings.setBack();
            LOG.errorf(
                    "%s cannot be put in order, and is left to the next start: %s",
                    Words.name(folder), Words.name(e.toString()));
        }
    }

    private void tidy(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !hasFile(folder)) {
            tidyWithoutFile(folder);
            return;
        }
        Optional<Entry.Claimed> claimed = notBegun(folder);
        if (claimed.isPresent() && isInInbox(folder, claimed.get())) {
            LOG.infof("The claim %s was never finished; its file is in the inbox.", folder);
            Claims.remove(folder);
        } else if (claimed.isPresent()) {
            removeMarker(claimed.get());
        }
    }

    /** Whether an update file lies in that folder, in whatever state its run is. */
    private static boolean hasFile(Path folder) throws IOException {
        return FolderContents.of(folder).stream()
                .anyMatch(entry -> !entry.getFileName().toString().startsWith("."));
    }

    private void tidyWithoutFile(Path folder) throws IOException {
        if (!isBegun(folder)) {
            // The claim or the removal of the folder was cut off; there is nothing in it.
            Claims.remove(folder);
            return;
        }
        try {
            History history = History.withoutOutcomes(folder);
            if (history.closed().isPresent()) {
                // The original is handed out last: everything else is where it belongs.
                endings.reported(accounts.told(folder));
                Claims.remove(folder);
            } else if (history.opened().isEmpty()) {
                LOG.infof("The claim %s was never finished; its file is in the inbox.", folder);
                Claims.remove(folder);
            } else {
                throw new CannotGoOn(ToMend.FILE_GONE.of(Words.name(history.claimed().file())));
            }
        } catch (CannotGoOn e) {
            turns.setAside(folder, e.sentence());
            endings.setBack();
            LOG.errorf(
                    "%s stays in progress and does not go on; other files do, but for its listings. %s",
                    folder, e.getMessage());
        }
    }

    /** Whether the journal in that folder has a whole beginning. */
    private static boolean isBegun(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(Journal.FILE_NAME))) {
            return false;
        }
        try (JournalReader reader = JournalReader.withoutOutcomes(folder)) {
            return reader.next() != null;
        } catch (CannotGoOn e) {
            // Damaged or newer, so not nothing; the caller says so.
            return true;
        }
    }

    /** The claim with its file in that folder, if nothing was sent of it yet. */
    private static Optional<Entry.Claimed> notBegun(Path folder) {
        try {
            History history = History.withoutOutcomes(folder);
            Path file = folder.resolve(history.claimed().file());
            return history.opened().isEmpty()
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(history.claimed())
                    : Optional.empty();
        } catch (IOException e) {
            // Whatever it is, its turn tells.
            return Optional.empty();
        }
    }

    /**
     * Whether the file is in the inbox as well: it was copied from another file system, or given
     * back, and the program ended before the other one was deleted. Since nothing was sent of it,
     * the one in the inbox may stand for it.
     */
    private boolean isInInbox(Path folder, Entry.Claimed claimed) throws IOException {
        Path source = settings.folders().inbox().resolve(claimed.source());
        if (!Files.isDirectory(source)) {
            return false;
        }
        Path file = folder.resolve(claimed.file());
        // The name there may be one that is kept under another, or was given beside a new file.
        Set<String> names = Set.of(claimed.file(), FileNames.beside(claimed.file(), claimed.run()));
        for (Path entry : FolderContents.of(source)) {
            if (names.contains(FileNames.kept(entry))
                    && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                    && Files.mismatch(file, entry) == -1) {
                return true;
            }
        }
        return false;
    }

    /**
     * Removes the marker of a claimed file, if the program ended before it could: or the next file
     * of that name would be taken without its own. One that is younger than the claim is the next
     * file's, which is about to come.
     */
    private void removeMarker(Entry.Claimed claimed) throws IOException {
        Path original =
                settings.folders().inbox().resolve(claimed.source()).resolve(claimed.file());
        Optional<Path> marker = settings.markerOf(original).filter(Files::exists);
        if (marker.isPresent()
                && Files.notExists(original, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(marker.get())
                        .toInstant()
                        .isBefore(claimed.claimedAt())) {
            Files.deleteIfExists(marker.get());
        }
    }
}
