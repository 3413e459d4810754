package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which of the things in the inbox are update files, which of those may be taken, and in which
 * order. Remembers size and time of each file between two looks, so that no look waits.
 */
public final class Inbox {

    /** How names begin of files that are being fetched into the inbox from elsewhere. */
    public static final String LANDING = ".landing-";

    /** Looking takes one part of so many of the time at most, however many files there are. */
    private static final long PARTS_OF_THE_TIME = 20;

    /** A file that could not be taken again and again is left alone for so long. */
    private static final long ALONE_FOR_NANOS = 60_000_000_000L;

    private final DropSettings settings;
    private final LongSupplier nanoTime;
    private final InboxRules rules;

    private InboxLook last;
    private List<Ready> order = List.of();
    private boolean looked;
    private long nextLook;
    private String lastSource = "";
    private final Map<Path, Failure> failures = new HashMap<>();

    /** How often a file could not be taken so far, and until when it is not tried again. */
    private record Failure(int times, long until) {}

    /**
     * An update file that may be taken, as it was seen.
     *
     * @param source the folder below the inbox that it lies in, empty for the inbox itself
     * @param key what makes it this very file, where the file system says so; else null
     */
    public record Ready(Path file, String source, long size, FileTime modified, Object key) {

        static Ready of(Path file, String source, BasicFileAttributes attributes) {
            return new Ready(
                    file,
                    source,
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    attributes.fileKey());
        }

        /** Whether the file that has these attributes is the one that was seen, unchanged. */
        boolean isStill(BasicFileAttributes now) {
            return hasContentOf(now) && Objects.equals(key, now.fileKey());
        }

        private boolean hasContentOf(BasicFileAttributes now) {
            return size == now.size() && modified.equals(now.lastModifiedTime());
        }
    }

    /**
     * What lies in the inbox for somebody.
     *
     * @param files update files, also those that cannot be taken
     * @param oldest how long one of them has lain there unchanged at most, since it was first seen
     *     here; its own time may be that of another machine, and long ago
     * @param closed folders that cannot be looked into
     */
    public record Lying(long files, Duration oldest, int closed) {}

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public Inbox(DropSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.rules = new InboxRules(settings);
        this.last = new InboxLook(settings, this::isLeftAlone, nanoTime, InboxLook.Sight.DISK);
    }

    /**
     * The files that may be taken now, in the order they are to be taken. Those of one source come
     * the oldest first, then by name, and up to the first that may still be written.
     */
    public synchronized List<Ready> due() throws IOException {
        lookNowAndThen();
        return order;
    }

    /** Files that may be taken or will be; for those who wait for the inbox to be empty. */
    public synchronized long waiting() throws IOException {
        lookNowAndThen();
        return last.waiting();
    }

    /** The same by a look of its own: what came a moment ago is not in an earlier one. */
    public synchronized long waitingNow() throws IOException {
        looked = false;
        return waiting();
    }

    /** What lies there for somebody, whether it can be taken or not. */
    public synchronized Lying lying() throws IOException {
        lookNowAndThen();
        return last.lying();
    }

    /**
     * Whether something of that name lies there and is not taken for now: it is no update file,
     * waits for its marker, or could not be taken again and again.
     */
    public boolean stays(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return rules.stay(file, attributes).isPresent()
                    || rules.isMarker(file.getFileName().toString())
                    || rules.missingMarker(file).isPresent()
                    || isLeftAlone(file);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // As a look would leave it there.
            return true;
        }
    }

    /** The file was taken, or is no longer there. */
    synchronized void taken(Ready file) {
        failures.remove(file.file());
        last.forget(file.file());
        remove(file);
    }

    private void remove(Ready file) {
        lastSource = file.source();
        if (!order.isEmpty() && order.get(0).equals(file)) {
            // The usual case, without a copy of a long list.
            order = order.subList(1, order.size());
        } else {
            order = order.stream().filter(other -> !other.equals(file)).toList();
        }
        if (order.isEmpty()) {
            looked = false;
        }
    }

    /** Whether that file may still be taken, for those who took it from {@link #due} before. */
    synchronized boolean mayBeTaken(Ready file) {
        return order.contains(file);
    }

    /**
     * The file could not be taken. Newer ones of its source wait while it is tried again for a few
     * times; after that it is left alone for a while, and they go on.
     */
    synchronized void failed(Ready file) {
        Failure before = failures.getOrDefault(file.file(), new Failure(0, 0));
        int times = before.times() + 1;
        long wait = isAwaited(times) ? settings.claimRetryWait().toNanos() : ALONE_FOR_NANOS;
        failures.put(file.file(), new Failure(times, nanoTime.getAsLong() + wait));
        remove(file);
        if (isAwaited(times)) {
            order = order.stream().filter(o -> !o.source().equals(file.source())).toList();
        }
    }

    private boolean isAwaited(int times) {
        return times <= settings.claimRetries();
    }

    /** Whether files that somebody waits for could not be taken, or looked at, and are left. */
    public synchronized boolean hasFailed() {
        return !failures.isEmpty() || last.isAnyLeft();
    }

    private synchronized boolean isLeftAlone(Path file) {
        return isPaused(file) && !isAwaited(failures.get(file).times());
    }

    private boolean isPaused(Path file) {
        Failure failure = failures.get(file);
        return failure != null && nanoTime.getAsLong() - failure.until() < 0;
    }

    /** Of each source those before the first that is to be tried again, but not yet. */
    private List<Ready> beforePaused(List<Ready> all) {
        Set<String> paused = new HashSet<>();
        List<Ready> before = new ArrayList<>();
        for (Ready file : all) {
            if (isPaused(file.file())) {
                paused.add(file.source());
            } else if (!paused.contains(file.source())) {
                before.add(file);
            }
        }
        return before;
    }

    private void lookNowAndThen() throws IOException {
        long began = nanoTime.getAsLong();
        if (looked && began - nextLook < 0) {
            return;
        }
        last = last.again();
        failures.keySet().removeIf(file -> !last.saw(file));
        List<Ready> settled = TakeOrder.of(last.bySource(), lastSource);
        order = failures.isEmpty() ? settled : beforePaused(settled);
        long ended = nanoTime.getAsLong();
        looked = true;
        nextLook = ended + (ended - began) * PARTS_OF_THE_TIME;
    }
}
