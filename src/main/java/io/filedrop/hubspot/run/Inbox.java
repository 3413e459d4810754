package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Which of the things in the inbox are update files, which of those may be taken, and in which
 * order. Remembers size and time of each file between two looks, so that no look waits. Opens
 * nothing, follows no link.
 */
public final class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** How names begin of files that are being fetched into the inbox from elsewhere. */
    public static final String LANDING = ".landing-";

    /** Looking takes one part of so many of the time at most, however many files there are. */
    private static final long PARTS_OF_THE_TIME = 20;

    /** A file that could not be taken is tried again so much later. */
    private static final long AGAIN_AFTER_NANOS = 60_000_000_000L;

    private final Path folder;
    private final DropSettings settings;
    private final LongSupplier nanoTime;

    private Map<Path, Seen> seen = new HashMap<>();
    private Set<Path> told = new HashSet<>();
    private List<Ready> order = List.of();
    private long waiting;
    private Instant oldest = Instant.MAX;
    private boolean looked;
    private long nextLook;
    private String lastSource = "";
    private final Map<Path, Long> notBefore = new HashMap<>();

    private record Seen(Ready file, long since) {}

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

    /** One look at everything, while it goes on. */
    private static final class Look {
        private final SortedMap<String, List<TakeOrder.Candidate>> bySource = new TreeMap<>();
        private final Map<Path, Seen> seen = new HashMap<>();
        private final Set<Path> told = new HashSet<>();
        private final Set<Path> markers = new HashSet<>();
        private long waiting;
        private Instant oldest = Instant.MAX;
    }

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public Inbox(DropSettings settings, LongSupplier nanoTime) {
        this.folder = settings.folders().inbox();
        this.settings = settings;
        this.nanoTime = nanoTime;
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
        return waiting;
    }

    /** The same by a look of its own: what came a moment ago is not in an earlier one. */
    public synchronized long waitingNow() throws IOException {
        looked = false;
        return waiting();
    }

    /** When the file was changed that has not been changed for longest; far ahead without one. */
    public synchronized Instant oldest() throws IOException {
        lookNowAndThen();
        return oldest;
    }

    /** The file was taken, or is no longer there. */
    synchronized void taken(Ready file) {
        lastSource = file.source();
        seen.remove(file.file());
        told.remove(file.file());
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

    /** The file could not be taken; it is left alone for a while. */
    synchronized void failed(Ready file) {
        notBefore.put(file.file(), nanoTime.getAsLong() + AGAIN_AFTER_NANOS);
        taken(file);
    }

    /** Whether files that could not be taken are left. */
    public synchronized boolean hasFailed() {
        return !notBefore.isEmpty();
    }

    /** The marker that lets the file be taken, if one is asked for. */
    Optional<Path> markerOf(Path file) {
        return settings.marker().map(suffix -> file.resolveSibling(file.getFileName() + suffix));
    }

    private void lookNowAndThen() throws IOException {
        long began = nanoTime.getAsLong();
        if (looked && began - nextLook < 0) {
            return;
        }
        Look look = new Look();
        look(folder, "", look);
        tellLonelyMarkers(look);
        notBefore.keySet().retainAll(look.seen.keySet());
        seen = look.seen;
        told = look.told;
        waiting = look.waiting;
        oldest = look.oldest;
        order = TakeOrder.of(look.bySource, lastSource);
        long ended = nanoTime.getAsLong();
        looked = true;
        nextLook = ended + (ended - began) * PARTS_OF_THE_TIME;
    }

    private void look(Path directory, String source, Look look) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                BasicFileAttributes attributes = attributes(entry);
                if (attributes == null) {
                    continue;
                }
                if (!attributes.isDirectory()) {
                    look(entry, source, attributes, look);
                } else if (isSource(entry)) {
                    folders.add(entry);
                } else {
                    never(entry, "it is a folder below the first level", look);
                }
            }
        }
        for (Path inner : folders) {
            try {
                look(inner, inner.getFileName().toString(), look);
            } catch (IOException e) {
                // Another source's files are taken all the same.
                never(inner, "it cannot be looked into: " + e, look);
            }
        }
    }

    /** Null when it is gone. */
    private static BasicFileAttributes attributes(Path entry) {
        try {
            return Files.readAttributes(
                    entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isSource(Path directory) {
        return directory.getParent().equals(folder)
                && !directory.getFileName().toString().startsWith(".");
    }

    private void look(Path file, String source, BasicFileAttributes attributes, Look look) {
        String name = file.getFileName().toString();
        if (attributes.isSymbolicLink()) {
            never(file, "it is a link", look);
        } else if (!attributes.isRegularFile()) {
            never(file, "it is no regular file", look);
        } else if (settings.marker().filter(name::endsWith).isPresent()) {
            look.markers.add(file);
            isSettled(Ready.of(file, source, attributes), attributes, look);
        } else if (name.startsWith(LANDING) || name.startsWith("." + LANDING)) {
            // Ours, and nothing to tell.
            return;
        } else if (FileNames.isUnfinished(name)) {
            never(file, "its name says that it is no finished update file", look);
        } else if (isTooLargeToMove(attributes.size())) {
            never(
                    file,
                    "it has "
                            + Words.count(attributes.size())
                            + " bytes, more than drop.limits.file allows",
                    look);
        } else {
            candidate(Ready.of(file, source, attributes), attributes, look);
        }
    }

    private void candidate(Ready file, BasicFileAttributes attributes, Look look) {
        boolean settled = isSettled(file, attributes, look);
        Optional<Path> marker = markerOf(file.file());
        if (marker.isPresent() && !Files.isRegularFile(marker.get(), LinkOption.NOFOLLOW_LINKS)) {
            if (settled) {
                never(
                        file.file(),
                        "its marker " + marker.get().getFileName() + " is missing",
                        look);
            }
            return;
        }
        Long again = notBefore.get(file.file());
        if (again != null && nanoTime.getAsLong() - again < 0) {
            return;
        }
        look.waiting++;
        Instant modified = file.modified().toInstant();
        look.oldest = modified.isBefore(look.oldest) ? modified : look.oldest;
        look.bySource
                .computeIfAbsent(file.source(), s -> new ArrayList<>())
                .add(new TakeOrder.Candidate(file, settled));
    }

    private boolean isSettled(Ready file, BasicFileAttributes attributes, Look look) {
        long now = nanoTime.getAsLong();
        Seen before = seen.get(file.file());
        Seen seenNow =
                before != null && before.file().isStill(attributes) ? before : new Seen(file, now);
        look.seen.put(file.file(), seenNow);
        return now - seenNow.since() >= settings.stableFor().toNanos();
    }

    /** A claim renames the largest file in no time, but not across file systems. */
    private boolean isTooLargeToMove(long size) {
        if (size <= settings.fileLimit()) {
            return false;
        }
        Path queue = settings.folders().inProgress();
        try {
            return Files.exists(queue)
                    && !Files.getFileStore(folder).equals(Files.getFileStore(queue));
        } catch (IOException e) {
            return true;
        }
    }

    private void tellLonelyMarkers(Look look) {
        String suffix = settings.marker().orElse("");
        for (Path marker : look.markers) {
            String name = marker.getFileName().toString();
            Path file = marker.resolveSibling(name.substring(0, name.length() - suffix.length()));
            long since = look.seen.get(marker).since();
            if (!look.seen.containsKey(file)
                    && nanoTime.getAsLong() - since >= settings.stableFor().toNanos()) {
                never(marker, "the file that it is the marker of is missing", look);
            }
        }
    }

    /** Says once why something stays where it is. */
    private void never(Path file, String why, Look look) {
        look.told.add(file);
        if (!told.contains(file)) {
            LOG.infof("%s stays in the inbox: %s.", Words.name(folder.relativize(file)), why);
        }
    }
}
