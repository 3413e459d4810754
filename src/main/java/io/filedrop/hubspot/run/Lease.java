package io.filedrop.hubspot.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Which of several instances works on a drop directory. The lease is a file {@code .lease-<epoch>}
 * in it; who creates the one with the next epoch has it. The holder writes its file again and
 * again. Another instance that sees it unchanged for the lease time, by its own clock, takes the
 * next epoch, and begins only when nothing of the holder before can arrive any more. Two clocks are
 * never compared, and no lock of an operating system is relied on, so that shared volumes do as
 * well as local folders. Safe for use by several threads; does nothing by itself.
 */
public final class Lease implements Closeable {

    private static final String PREFIX = ".lease-";

    /** Beats are so many times as frequent as they need to be. */
    private static final int BEATS = 6;

    private final Path folder;
    private final Duration leaseTime;
    private final Duration arrival;
    private final Holder self;
    private final LongSupplier nanoTime;

    private long epoch;
    private long beats;
    private long provenAt;
    private long beginsAt;
    private boolean isHolder;
    private boolean isReady;
    private boolean isLost;
    private boolean tookOver;
    private String watched = "";
    private long watchedSince;
    private boolean isOtherAlive;
    private String holder = "";

    /** How things stand. */
    public enum State {
        /** Another instance works, or has not been silent for long enough. */
        WAITING,
        /** The lease is ours, but something of the holder before might still arrive. */
        BEGINNING,
        /** The lease is ours; this instance works as soon as it is ready to. */
        HELD,
        /** The lease is ours, but that was not proven lately: nothing may be sent. */
        UNPROVEN,
        /** Another instance has taken over: this one must end. */
        LOST
    }

    /**
     * @param folder where the lease lies; must exist when it is looked at
     * @param leaseTime how long a holder must be silent before it counts as gone
     * @param arrival how long after its last request something of a holder can arrive
     * @param nanoTime as {@link System#nanoTime()}: a clock that nobody can set
     */
    public Lease(
            Path folder, Duration leaseTime, Duration arrival, Holder self, LongSupplier nanoTime) {
        this.folder = folder;
        this.leaseTime = leaseTime;
        this.arrival = arrival;
        this.self = self;
        this.nanoTime = nanoTime;
    }

    /** Between two beats. */
    public Duration beatTime() {
        return leaseTime.dividedBy(BEATS);
    }

    /**
     * Says that this instance lives, when it holds the lease; looks after the holder, when not.
     *
     * @throws IOException when the folder cannot be used; what cannot be proven counts as not so
     */
    public synchronized State beat() throws IOException {
        if (!isLost && isHolder) {
            prove();
        } else if (!isLost) {
            watch();
        }
        notifyAll();
        return state();
    }

    /** What has to be done before anything else is done; from now on this instance works. */
    public synchronized void ready() {
        isReady = true;
        notifyAll();
    }

    /** Whether that was said since the lease was taken. */
    public synchronized boolean isReady() {
        return isReady;
    }

    /**
     * Waits until this instance may go on: what it holds is proven again.
     *
     * @param stopped ends the wait
     * @return false when the wait ended without that
     */
    public synchronized boolean awaitHeld(BooleanSupplier stopped) throws InterruptedException {
        while (!isHeld()) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            wait(beatTime().toMillis() + 1);
        }
        return true;
    }

    /** Whether this instance may send, claim and hand out at this very moment. */
    public synchronized boolean isHeld() {
        if (isHolder && !isLost && Files.exists(file(epoch + 1))) {
            isLost = true;
        }
        return isReady && state() == State.HELD;
    }

    public synchronized State state() {
        if (isLost) {
            return State.LOST;
        }
        long now = nanoTime.getAsLong();
        if (!isHolder) {
            return State.WAITING;
        }
        if (now - provenAt > leaseTime.toNanos() / 2) {
            return State.UNPROVEN;
        }
        return now - beginsAt < 0 ? State.BEGINNING : State.HELD;
    }

    /** Whether the holder before never said that it ended; it might only be frozen. */
    public synchronized boolean isTakenOver() {
        return tookOver;
    }

    /** Whether another instance was seen at work. */
    public synchronized boolean isOtherAlive() {
        return !isHolder && isOtherAlive;
    }

    /** Who works, as far as this instance knows; empty when nobody does. */
    public synchronized String holder() {
        return isHolder && !isLost ? self.name() : holder;
    }

    private void prove() throws IOException {
        // Taken before it is written: others see the beat later, never earlier.
        long now = nanoTime.getAsLong();
        if (newest() != epoch) {
            isLost = true;
            return;
        }
        write();
        if (newest() != epoch) {
            isLost = true;
            return;
        }
        provenAt = now;
    }

    private void write() throws IOException {
        beats++;
        // In place, without a sync: it is for others to see, not to survive.
        Files.writeString(
                file(epoch), self.line(beats), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    private void watch() throws IOException {
        long now = nanoTime.getAsLong();
        long newest = newest();
        if (newest == 0) {
            take(1, Duration.ZERO, false);
            return;
        }
        Optional<String> text = read(file(newest));
        if (text.isEmpty()) {
            return;
        }
        String line = newest + " " + text.get();
        if (!line.equals(watched)) {
            isOtherAlive = watched.startsWith(newest + " ");
            watched = line;
            watchedSince = now;
        }
        holder = Holder.nameIn(text.get());
        if (Holder.hasEnded(text.get())) {
            take(newest + 1, Duration.ZERO, false);
        } else if (self.knowsIsDead(text.get())) {
            // No process, no wait: a start after a crash looks after what was under way.
            take(newest + 1, Duration.ZERO, false);
        } else if (now - watchedSince >= leaseTime.toNanos()) {
            take(newest + 1, leaseTime.plus(arrival), true);
        }
    }

    private void take(long next, Duration wait, boolean fromSilence) throws IOException {
        try {
            Files.writeString(
                    file(next),
                    self.line(0),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        if (newest() != next) {
            // Two were faster: the file with our number was gone already.
            Files.deleteIfExists(file(next));
            return;
        }
        epoch = next;
        isHolder = true;
        isReady = false;
        tookOver = fromSilence;
        provenAt = nanoTime.getAsLong();
        beginsAt = provenAt + wait.toNanos();
        removeOlder();
    }

    /** The highest epoch there is, 0 when there is none. */
    private long newest() throws IOException {
        long newest = 0;
        for (Path file : FolderContents.of(folder, PREFIX + "*")) {
            newest = Math.max(newest, epochOf(file));
        }
        return newest;
    }

    private void removeOlder() throws IOException {
        for (Path file : FolderContents.of(folder, PREFIX + "*")) {
            if (epochOf(file) < epoch) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static long epochOf(Path file) {
        String digits = file.getFileName().toString().substring(PREFIX.length());
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    private Path file(long number) {
        return folder.resolve(PREFIX + number);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Gives the lease up, so that another instance need not wait. Nothing may be sent after it. */
    @Override
    public synchronized void close() throws IOException {
        if (isHolder && !isLost && newest() == epoch) {
            Files.writeString(
                    file(epoch), self.lastLine(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        }
        isHolder = false;
    }
}
