package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One processing of one update file, while it is under way. Safe for use by several threads, but
 * for what only the file's own thread does.
 */
@RegisterForReflection
public final class Run implements Closeable {

    private final Entry.Claimed claimed;
    private final Path folder;
    private final Journal journal;
    private final BitSet settled;
    private final CallCount calls;
    private final AtomicLong rowsSettled;
    private final AtomicLong rowsFailed;
    private final Lease lease;
    private final Attempts attempts;
    private final FileTime modified;
    private Optional<Entry.Opened> opened;
    private final boolean goesOn;
    private Optional<Entry> closed;
    private volatile Stop stop;
    private volatile Throwable fault;
    private volatile long rowsRead;
    private long withheld;
    private volatile long bytesRead;
    private volatile Consumer<List<Outcome>> listener = outcomes -> {};

    /**
     * Why a run goes no further for now.
     *
     * @param until when it goes on by itself
     */
    public record Stop(Sentence why, Instant until) {

        /** Whether it goes on when an earlier run is through, and its own time means nothing. */
        boolean isForEarlier() {
            return why.phrase() == WhyParked.EARLIER_FILE;
        }
    }

    /**
     * @param lease without which nothing is noted: the journal may be another instance's
     * @param attempts of earlier starts, and this one
     */
    Run(Path folder, Journal journal, History history, Lease lease, Attempts attempts)
            throws IOException {
        this.lease = lease;
        this.attempts = attempts;
        this.claimed = history.claimed();
        this.folder = folder;
        this.modified = modified(folder.resolve(claimed.file()));
        this.journal = journal;
        this.settled = history.settled();
        this.opened = history.opened();
        this.goesOn = opened.isPresent();
        this.closed = history.closed();
        this.calls = new CallCount(history.calls(), attempts);
        this.rowsSettled = new AtomicLong(settled.cardinality());
        this.rowsFailed = new AtomicLong(history.notConfirmed());
    }

    /** When the claimed file was written last; as far as can be told. */
    private static FileTime modified(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    /**
     * Nobody may have written into the file since the run was opened: a row may have been read when
     * only half of it was there, and the rest not at all.
     */
    void refuseChanged() throws IOException {
        long bytes = Files.size(file());
        if (bytes != claimed.bytes() || !modified(file()).equals(modified)) {
            throw new CannotGoOn(
                    ToMend.WRITTEN_TO.of(file(), Words.count(claimed.bytes()), Words.count(bytes)));
        }
    }

    /** Its id; starts with the UTC time it was claimed. */
    public String id() {
        return claimed.run();
    }

    public Entry.Claimed claimed() {
        return claimed;
    }

    /** Whether it had begun before this start of the program, or was parked since. */
    public boolean goesOn() {
        return goesOn;
    }

    /** Its folder in {@code in-progress/}. */
    public Path folder() {
        return folder;
    }

    /** The claimed update file. */
    public Path file() {
        return folder.resolve(claimed.file());
    }

    /** How often the program ended while this run was open, and nothing came of it. */
    public int brokenOff() {
        return attempts.brokenOff();
    }

    /** Whether its file may still be refused: no row has its outcome, and none can have left. */
    public boolean mayBeRefused() {
        return rowsSettled() == 0 && !calls.isAny();
    }

    /** That work on its file ends the program, for one whose file may not be refused any more. */
    public CannotGoOn endsTheProgram() {
        return new CannotGoOn(ToMend.ENDS_THE_PROGRAM.of(brokenOff(), Words.name(claimed.file())));
    }

    /** Whether no record is left to send, so that only the account has to be closed. */
    public boolean isThrough() {
        return closed.isPresent();
    }

    /** The entry that says that no record is left to send, if there is one. */
    Optional<Entry> closed() {
        return closed;
    }

    /** How it began, at this start of the program or an earlier one; empty when it has not yet. */
    public Optional<Entry.Opened> opened() {
        return opened;
    }

    /** Notes what happened to the run as a whole. On the disk when this returns. */
    void note(Entry entry) {
        append(entry);
        if (entry instanceof Entry.Opened o) {
            opened = Optional.of(o);
        }
        if (entry instanceof Entry.ReadToEnd || entry instanceof Entry.Refused) {
            closed = Optional.of(entry);
        }
    }

    private void append(Entry entry) {
        try {
            lease.awaitHeld(() -> false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for the lease", e);
        }
        journal.append(entry);
    }

    /** Whether that record has its outcome. */
    public boolean isSettled(long ordinal) {
        synchronized (settled) {
            return settled.get(Math.toIntExact(ordinal));
        }
    }

    /** Records have their outcome. On the disk when this returns. */
    public void settle(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        append(new Entry.Settled(outcomes, calls()));
        synchronized (settled) {
            outcomes.forEach(o -> settled.set(Math.toIntExact(o.position().ordinal())));
        }
        rowsSettled.addAndGet(outcomes.size());
        for (Outcome outcome : outcomes) {
            if (outcome.isNotConfirmed()) {
                rowsFailed.incrementAndGet();
            }
        }
        listener.accept(outcomes);
    }

    /** Gives outcomes to that listener, too, once they are on the disk. */
    void listener(Consumer<List<Outcome>> hears) {
        listener = hears;
    }

    /**
     * Its file could be read so far that a call is due, or its account is made: it is not what ends
     * the program. Told before waits in which the program may end for any reason.
     */
    public void gotOn() throws IOException {
        attempts.end();
    }

    /** A call is about to be made for this run. */
    public void called(boolean again) throws IOException {
        calls.called(again);
    }

    /** That call never left, for want of a token or a connection. */
    public void notCalled(boolean again) {
        calls.notCalled(again);
    }

    /** A record is not sent for now, because an earlier run has to send its listing first. */
    public void withhold() {
        withheld++;
    }

    /** Records that were withheld. */
    public long withheld() {
        return withheld;
    }

    /** A call was answered 429. */
    public void wasRateLimited() {
        calls.wasRateLimited();
    }

    public Entry.Calls calls() {
        return calls.soFar();
    }

    /** Stops the run for now; what was not settled stays so. The first reason stands. */
    public synchronized void stop(Stop because) {
        if (stop == null) {
            stop = because;
        }
    }

    public Optional<Stop> stopped() {
        return Optional.ofNullable(stop);
    }

    /** Reading the file failed; nothing more of it is sent. */
    public synchronized void fail(Throwable because) {
        if (fault == null) {
            fault = because;
        }
    }

    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault);
    }

    public boolean isStopped() {
        return stop != null || fault != null;
    }

    /** So many records were read from the file so far. */
    public void hasRead(long rows) {
        rowsRead = rows;
    }

    /** How much of the file is read, 0 to 1, as far as its feed can tell. */
    double partRead() {
        return claimed.bytes() == 0 ? 0 : Math.min(1, (double) bytesRead / claimed.bytes());
    }

    /** So many bytes of the file were read so far. */
    public void hasReadBytes(long bytes) {
        bytesRead = bytes;
    }

    public long rowsRead() {
        return rowsRead;
    }

    public long rowsSettled() {
        return rowsSettled.get();
    }

    /** Failed and unknown so far. */
    public long rowsFailed() {
        return rowsFailed.get();
    }

    /** Nothing more is noted for now. */
    @Override
    public void close() throws IOException {
        try {
            journal.close();
        } finally {
            // Whatever the disk says: the program has not ended.
            attempts.end();
        }
    }
}
