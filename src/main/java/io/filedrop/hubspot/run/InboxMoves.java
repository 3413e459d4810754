package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The way of a file from the inbox into the folder of its run, and back. */
final class InboxMoves {

    private static final Logger LOG = Logger.getLogger(InboxMoves.class);

    private final DropSettings settings;
    private final DurableFiles files;

    InboxMoves(DropSettings settings, DurableFiles files) {
        this.settings = settings;
        this.files = files;
    }

    /**
     * Moves the file that was seen in the inbox, and makes it one of ours.
     *
     * @return false when it is gone or has changed; then it is where it was
     */
    boolean move(Inbox.Ready ready, Path to) throws IOException {
        try {
            requireReadable(ready.file());
            try {
                Files.move(ready.file(), to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                return copy(ready, to);
            }
            if (!ready.isStill(attributes(to))) {
                // It has to settle again.
                LOG.infof(
                        "%s was changed while it was taken; it waits again.",
                        Words.name(ready.file()));
                putBack(to, ready.file());
                return false;
            }
            makeOurs(ready, to);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Who may write to a folder may rename what lies in it, but that is not to read it. */
    private static void requireReadable(Path file) throws IOException {
        if (!Files.isReadable(file) && attributes(file).isRegularFile()) {
            throw new AccessDeniedException(
                    file.toString(), null, "the user that the program runs as may not read it");
        }
    }

    /** What cannot be made ours goes back. */
    private void makeOurs(Inbox.Ready ready, Path taken) throws IOException {
        try {
            if (ready.size() <= settings.fileLimit()) {
                files.own(taken);
            } else {
                // It is refused without being copied: there may be no room for it twice.
                files.permit(taken);
            }
            DurableFiles.forceDirectory(taken.getParent());
            DurableFiles.forceDirectory(ready.file().getParent());
        } catch (SyncFailure e) {
            // The program ends, and the next start finds the run.
            throw e;
        } catch (IOException e) {
            try {
                putBack(taken, ready.file());
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** The inbox is on another file system; a share need not know how to sync a folder. */
    private boolean copy(Inbox.Ready ready, Path to) throws IOException {
        if (!attributes(ready.file()).isRegularFile()) {
            return false;
        }
        files.copy(ready.file(), to);
        if (!ready.isStill(attributes(ready.file())) || Files.size(to) != ready.size()) {
            Files.delete(to);
            return false;
        }
        // It is gone already when a share answered too late, and was told a second time.
        Files.deleteIfExists(ready.file());
        return true;
    }

    /** Whether a file that was not taken lies there all the same, and nowhere else. */
    boolean isOnlyAt(Path to, Inbox.Ready ready) {
        if (Files.notExists(to, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return !ready.isStill(attributes(ready.file()));
        } catch (IOException e) {
            return true;
        }
    }

    /** Gives a file back that was taken a while ago. */
    void giveBack(Path taken, Path original) throws IOException {
        files.createDirectories(original.getParent());
        putBack(taken, original);
    }

    /** To its own place, or to another one when a new file of that name has come meanwhile. */
    private void putBack(Path taken, Path original) throws IOException {
        try {
            enter(taken, original);
        } catch (FileAlreadyExistsException e) {
            String run = taken.getParent().getFileName().toString();
            String other = FileNames.beside(taken.getFileName().toString(), run);
            enter(taken, original.resolveSibling(other));
        }
    }

    /** There it may be taken again: the marker that said so is gone, or a new file's. */
    private void enter(Path taken, Path place) throws IOException {
        if (!files.isFree(taken, place)) {
            throw new FileAlreadyExistsException(place.toString());
        }
        Optional<Path> marker = settings.markerOf(place);
        boolean isNewMarker = marker.isPresent() && files.createEmpty(marker.get());
        try {
            files.place(taken, place);
        } catch (FileAlreadyExistsException e) {
            if (isNewMarker) {
                // The file that came at this moment need not be finished.
                Files.delete(marker.get());
            }
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
