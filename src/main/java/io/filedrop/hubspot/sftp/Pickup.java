package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.OutcomeFile;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One source: visits its server, fetches what is ready, and moves it away there only when it is
 * safe here. One thread visits; others may ask how it stands.
 */
public final class Pickup {

    private final SftpSource source;
    private final SftpSettings.Limits limits;
    private final DropSettings drop;
    private final Room room;
    private final Transfers transfers;
    private final Arrivals arrivals;
    private final Outbox outbox;
    private final Rhythm rhythm;
    private final Standing standing;
    private final LeftFiles leftFiles;

    private volatile SftpConnection connection;
    private volatile boolean ended;
    private Set<String> listed = Set.of();
    private boolean changed;

    Pickup(
            SftpSource source,
            SftpSettings.Limits limits,
            DropSettings drop,
            DurableFiles files,
            Storage storage,
            Inbox inbox,
            LongSupplier nanoTime) {
        this.source = source;
        this.room = new Room(storage);
        this.limits = limits;
        this.drop = drop;
        Path own = drop.folders().sftp().resolve(source.name());
        this.standing = new Standing(source, limits.remindEvery(), nanoTime);
        this.leftFiles = standing.leftFiles();
        this.outbox =
                new Outbox(
                        source,
                        own.resolve("results"),
                        files,
                        storage,
                        limits.results(),
                        standing.results());
        this.transfers =
                new Transfers(
                        source,
                        drop,
                        files,
                        inbox,
                        room,
                        own.resolve("fetched"),
                        standing.moving());
        this.arrivals =
                new Arrivals(
                        source.name(),
                        drop.stableFor(),
                        drop.marker(),
                        drop.fileLimit(),
                        limits,
                        nanoTime);
        this.rhythm = new Rhythm(interval(), limits, drop.once(), nanoTime);
    }

    /** The time between two visits; a program that runs once only waits for files to settle. */
    public Duration interval() {
        return drop.once() ? drop.stableFor() : source.pollInterval();
    }

    /** Whether it is time for a visit, and there is something to visit for. */
    boolean isDue() throws IOException {
        return !ended && rhythm.isDue() && !(rhythm.isOver() && outbox.isEmpty());
    }

    /** Connects, and looks what lies there. */
    void visit() throws IOException {
        leave();
        transfers.recall();
        changed = false;
        room.begin();
        leftFiles.begin();
        connect();
        Set<String> found = new HashSet<>();
        arrivals.begin();
        connection.list(
                source.directory(),
                entry -> {
                    if (entry.regular() && transfers.isFetched(entry.file())) {
                        found.add(entry.name());
                    } else {
                        arrivals.add(entry);
                    }
                });
        listed = found;
    }

    private void connect() throws SftpFault {
        connection = SftpConnection.open(source, limits.timeoutMillis());
        if (ended) {
            end();
        }
    }

    /** Ends what earlier visits had to leave: files that wait here, or could not be moved there. */
    void settle() throws IOException {
        transfers.settle(connection, listed, leftFiles);
    }

    /** The files that are ready, the oldest first. */
    List<RemoteFile> ready() {
        List<RemoteFile> ready = arrivals.ready();
        return rhythm.isOver() ? List.of() : ready;
    }

    /**
     * Fetches a file under a name of our own, and makes it durable there.
     *
     * @return false when it is not fetched now
     */
    boolean fetch(RemoteFile file) throws IOException {
        if (connection == null || ended || arrivals.isHoldingBack() || room.isShort()) {
            return false;
        }
        if (transfers.isCrowded(file, leftFiles)) {
            return false;
        }
        if (!room.fits(file)) {
            leftFiles.add(file.name(), Room.tooLittleFor(file));
            return false;
        }
        if (connection.isSpent()) {
            leave();
            connect();
        }
        try {
            return isFetched(connection, file);
        } catch (SftpFault e) {
            return failed(file, e);
        }
    }

    private boolean isFetched(SftpConnection open, RemoteFile file) throws IOException {
        if (!transfers.isMarked(open, file)) {
            return false;
        }
        if (!open.isStill(source.directory(), file)) {
            arrivals.forget(file);
            changed = true;
            return false;
        }
        transfers.land(open, file);
        rhythm.progressed();
        return true;
    }

    /** The fault is the file's own as long as the server answers; then the visit goes on. */
    private boolean failed(RemoteFile file, SftpFault fault) throws SftpFault {
        SftpFault.Kind kind = fault.kind();
        boolean isOwn = kind == SftpFault.Kind.FILE || kind == SftpFault.Kind.REFUSED;
        boolean isLost = kind == SftpFault.Kind.UNREACHABLE;
        if ((isOwn || isLost) && arrivals.failed(file, LeftFiles.notFetched(file, fault))) {
            // Perhaps the server only ever goes away over this one; see what it does with others.
            rhythm.progressed();
        }
        if (!isOwn) {
            throw fault;
        }
        return false;
    }

    /**
     * Gives a fetched file its name in the inbox.
     *
     * @return false while something of the same name lies there
     */
    boolean enter(RemoteFile file) throws IOException {
        if (!transfers.enter(file, leftFiles)) {
            return false;
        }
        arrivals.forget(file);
        return true;
    }

    /**
     * Moves a file that is safe here out of the way there, never over another one.
     *
     * @return false when the server refuses; the file is remembered, and never fetched again
     */
    boolean moveAway(RemoteFile file) throws IOException {
        return connection == null || transfers.moveAway(connection, file);
    }

    /** Keeps an outcome file for the server, when its results are wanted there. */
    void keepResult(String run, OutcomeFile file) throws IOException {
        outbox.put(run, file);
    }

    /** Sends results back; when the server does not take them, they wait for the next visit. */
    void sendBack() throws IOException {
        outbox.sendBack(connection);
    }

    /** The visit went well. */
    void visited() {
        if (connection != null) {
            leave();
            standing.visited();
            arrivals.failures().forEach(leftFiles::add);
            boolean isAnyExpected = changed || room.isWaitedFor() || arrivals.isAnyExpected();
            rhythm.succeeded(isAnyExpected, leftFiles.isAny() || arrivals.isAnyLeft());
            leftFiles.tell(rhythm.isOver());
        }
    }

    /** The visit failed. */
    void failed(Throwable fault) {
        leave();
        if (ended) {
            return;
        }
        Duration wait = rhythm.failed(SftpFault.kindOf(fault));
        standing.failed(
                fault,
                rhythm.isGivenUp()
                        ? "Given up; run it again."
                        : "Tried again in " + Words.duration(wait) + ".");
    }

    /**
     * Whether a program that runs once has to wait for this source.
     *
     * @param isBlocked whether nothing leaves the inbox any more, so that to wait for that is vain
     */
    boolean isBusy(boolean isBlocked) throws IOException {
        boolean isOver = rhythm.isOver() || room.isWaitedForInVain(isBlocked);
        return connection != null || !isOver || !(rhythm.isGivenUp() || outbox.isDone());
    }

    /** Whether files or results are left, or may be, for a program that runs once. */
    boolean isMissed() {
        return rhythm.isMissed() || !rhythm.isOver();
    }

    /** No visit begins any more, and the one under way ends at once. */
    void end() {
        ended = true;
        SftpConnection open = connection;
        if (open != null) {
            open.abort();
        }
    }

    private void leave() {
        SftpConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** What is in trouble with its server or its files, a sentence. */
    public Optional<String> trouble() {
        return standing.trouble();
    }

    /** How it stands, in a sentence. */
    public String state() {
        return standing.state();
    }

    /** The name of its source. */
    public String name() {
        return source.name();
    }
}
