package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Fatal;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The way of one source's files: each lands here under a name of our own, is remembered, gets its
 * name in the inbox, and is moved away there. Every step can be the last one before a crash.
 */
final class Transfers {

    private static final Logger LOG = Logger.getLogger(Transfers.class);

    private final SftpSource source;
    private final Optional<String> marker;
    private final Room room;
    private final Path memory;
    private final DurableFiles files;
    private final Landing landing;
    private final DoneFolder doneFolder;
    private Fetched fetched;

    /**
     * Nothing is read yet.
     *
     * @param room hears of files that have to wait for others
     * @param memory the folder in which fetched files are remembered
     * @param moving whether they can be moved away there
     */
    Transfers(
            SftpSource source,
            DropSettings drop,
            DurableFiles files,
            Inbox inbox,
            Room room,
            Path memory,
            Condition moving) {
        this.source = source;
        this.marker = drop.marker();
        this.room = room;
        this.memory = memory;
        this.files = files;
        this.landing = new Landing(source.name(), drop, files, inbox);
        this.doneFolder = new DoneFolder(source, marker, moving);
    }

    /** Not before the first visit: until then, another instance may work here. */
    void recall() throws IOException {
        if (fetched == null) {
            Fetched recalled = new Fetched(memory, files);
            Set<String> known = new HashSet<>();
            recalled.all().forEach(kept -> known.add(kept.id()));
            landing.tidy(known::contains);
            fetched = recalled;
        }
    }

    /** Whether that very file was fetched. */
    boolean isFetched(RemoteFile file) {
        return fetched.isFetched(file);
    }

    /** Whether the file has its marker there, if one is asked for. */
    boolean isMarked(SftpConnection open, RemoteFile file) throws SftpFault {
        return marker.isEmpty()
                || open.find(source.directory(), file.name() + marker.get()).isPresent();
    }

    /** Whether the file has to wait: for one of its name that still has none, or for room. */
    boolean isCrowded(RemoteFile file, LeftFiles left) throws IOException {
        boolean isCrowded =
                fetched.find(file.name()).filter(k -> landing.isLanded(k.id())).isPresent()
                        || landing.isFull();
        // What is left of its name gets none, so that this is left, too, and not waited for.
        if (isCrowded && !left.has(file.name())) {
            room.crowded();
        }
        return isCrowded;
    }

    /** Fetches a file under a name of our own; from then on it counts as fetched. */
    void land(SftpConnection open, RemoteFile file) throws IOException {
        fetched.remember(Download.land(open, source.directory(), file, landing), file);
    }

    /**
     * Gives a fetched file its name in the inbox.
     *
     * @param left hears of it when what has that name there stays there
     * @return false while something of the same name lies there
     */
    boolean enter(RemoteFile file, LeftFiles left) throws IOException {
        Fetched.Kept kept = fetched.find(file.name()).orElseThrow();
        if (!landing.isLanded(kept.id())) {
            return true;
        }
        if (!landing.enter(kept.id(), file.name())) {
            if (landing.isKept(file.name())) {
                leaveNameless(kept, "what has it there is not taken", left);
            } else {
                room.crowded();
            }
            return false;
        }
        LOG.infof(
                "%s: %s fetched, %s bytes.",
                source.name(), Words.name(file.name()), Words.count(file.size()));
        return true;
    }

    /**
     * Moves a file that is safe here out of the way there, never over another one.
     *
     * @return false when the server refuses; the file is remembered, and never fetched again
     */
    boolean moveAway(SftpConnection open, RemoteFile file) throws IOException {
        if (!doneFolder.take(open, file)) {
            return false;
        }
        Optional<Fetched.Kept> kept = fetched.find(file.name());
        if (kept.isPresent()) {
            fetched.forget(kept.get());
        }
        return true;
    }

    /**
     * Ends what earlier visits had to leave: files that wait here, or could not be moved there. One
     * that cannot get its name holds back no other.
     *
     * @param listed names of fetched files that lie there still
     * @param left hears of files that cannot get their names
     */
    void settle(SftpConnection open, Set<String> listed, LeftFiles left) throws IOException {
        landing.tryNamesAgain();
        boolean refused = false;
        for (Fetched.Kept kept : fetched.all()) {
            boolean entered;
            try {
                entered = enter(kept.file(), left);
            } catch (IOException | InvalidPathException e) {
                if (Fatal.isIn(e)) {
                    throw e;
                }
                String why =
                        e instanceof InvalidPathException
                                ? RemoteName.NOT_HERE
                                : Words.name(e.toString());
                leaveNameless(kept, why, left);
                continue;
            }
            if (!entered) {
                continue;
            }
            if (listed.contains(kept.file().name())) {
                // After one refusal the others would only be refused, too.
                refused = refused || !moveAway(open, kept.file());
            } else {
                fetched.forget(kept);
                doneFolder.gone(kept.file().name());
            }
        }
    }

    private void leaveNameless(Fetched.Kept kept, String why, LeftFiles left) {
        landing.remainsNameless(kept.id());
        left.add(
                kept.file().name(),
                "%s is fetched and waits in the inbox as %s, because it cannot get its name: %s."
                        .formatted(
                                Words.excerpt(Words.name(kept.file().name())),
                                Words.name(landing.landed(kept.id())),
                                why));
    }
}
