package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * One look at everything that lies in the inbox: which files may be taken or will be, and why the
 * others stay, which is told once. Opens nothing, follows no link.
 */
final class InboxLook {

    private static final Logger LOG = Logger.getLogger(InboxLook.class);

    private final Path folder;
    private final DropSettings settings;
    private final Predicate<Path> isLeftAlone;
    private final LongSupplier nanoTime;

    private final SortedMap<String, List<TakeOrder.Candidate>> bySource = new TreeMap<>();
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private final Set<Path> markers = new HashSet<>();
    private long waiting;
    private Instant oldest = Instant.MAX;

    private record Seen(Inbox.Ready file, long since) {}

    /**
     * Before the first look.
     *
     * @param isLeftAlone which files are not taken yet, because they could not be
     */
    InboxLook(DropSettings settings, Predicate<Path> isLeftAlone, LongSupplier nanoTime) {
        this.folder = settings.folders().inbox();
        this.settings = settings;
        this.isLeftAlone = isLeftAlone;
        this.nanoTime = nanoTime;
    }

    /** Another look, now. */
    InboxLook again() throws IOException {
        InboxLook now = new InboxLook(settings, isLeftAlone, nanoTime);
        now.look(folder, "", this);
        now.tellLonelyMarkers(this);
        return now;
    }

    /** What may be taken or will be, by source. */
    SortedMap<String, List<TakeOrder.Candidate>> bySource() {
        return bySource;
    }

    /** How many may be taken or will be. */
    long waiting() {
        return waiting;
    }

    /** When the one was changed that has not been changed for longest; far ahead without one. */
    Instant oldest() {
        return oldest;
    }

    /** Whether something of that name lay there, which could have been taken some time. */
    boolean saw(Path file) {
        return seen.containsKey(file);
    }

    /** It is no longer there; what comes under its name is another one. */
    void forget(Path file) {
        seen.remove(file);
        told.remove(file);
    }

    private void look(Path directory, String source, InboxLook before) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path entry : FolderContents.of(directory)) {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes == null) {
                continue;
            }
            if (!attributes.isDirectory()) {
                look(entry, source, attributes, before);
            } else if (isSource(entry)) {
                folders.add(entry);
            } else {
                never(entry, "it is a folder below the first level", before);
            }
        }
        for (Path inner : folders) {
            try {
                look(inner, inner.getFileName().toString(), before);
            } catch (IOException e) {
                // Another source's files are taken all the same.
                never(inner, "it cannot be looked into: " + e, before);
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

    private void look(Path file, String source, BasicFileAttributes attributes, InboxLook before) {
        String name = file.getFileName().toString();
        if (attributes.isSymbolicLink()) {
            never(file, "it is a link", before);
        } else if (!attributes.isRegularFile()) {
            never(file, "it is no regular file", before);
        } else if (settings.marker().filter(name::endsWith).isPresent()) {
            markers.add(file);
            isSettled(Inbox.Ready.of(file, source, attributes), attributes, before);
        } else if (name.startsWith(Inbox.LANDING) || name.startsWith("." + Inbox.LANDING)) {
            // Ours, and nothing to tell.
            return;
        } else if (FileNames.isUnfinished(name)) {
            never(file, "its name says that it is no finished update file", before);
        } else if (isTooLargeToMove(attributes.size())) {
            never(
                    file,
                    "it has "
                            + Words.count(attributes.size())
                            + " bytes, more than drop.limits.file allows",
                    before);
        } else {
            candidate(Inbox.Ready.of(file, source, attributes), attributes, before);
        }
    }

    private void candidate(Inbox.Ready file, BasicFileAttributes attributes, InboxLook before) {
        boolean settled = isSettled(file, attributes, before);
        Optional<Path> marker = settings.markerOf(file.file());
        if (marker.isPresent() && !Files.isRegularFile(marker.get(), LinkOption.NOFOLLOW_LINKS)) {
            if (settled) {
                never(
                        file.file(),
                        "its marker " + marker.get().getFileName() + " is missing",
                        before);
            }
            return;
        }
        if (isLeftAlone.test(file.file())) {
            return;
        }
        waiting++;
        Instant modified = file.modified().toInstant();
        oldest = modified.isBefore(oldest) ? modified : oldest;
        bySource.computeIfAbsent(file.source(), s -> new ArrayList<>())
                .add(new TakeOrder.Candidate(file, settled));
    }

    private boolean isSettled(Inbox.Ready file, BasicFileAttributes attributes, InboxLook before) {
        long now = nanoTime.getAsLong();
        Seen last = before.seen.get(file.file());
        Seen seenNow = last != null && last.file().isStill(attributes) ? last : new Seen(file, now);
        seen.put(file.file(), seenNow);
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

    private void tellLonelyMarkers(InboxLook before) {
        String suffix = settings.marker().orElse("");
        for (Path marker : markers) {
            String name = marker.getFileName().toString();
            Path file = marker.resolveSibling(name.substring(0, name.length() - suffix.length()));
            long since = seen.get(marker).since();
            if (!seen.containsKey(file)
                    && nanoTime.getAsLong() - since >= settings.stableFor().toNanos()) {
                never(marker, "the file that it is the marker of is missing", before);
            }
        }
    }

    /** Says once why something stays where it is. */
    private void never(Path file, String why, InboxLook before) {
        told.add(file);
        if (!before.told.contains(file)) {
            LOG.infof("%s stays in the inbox: %s.", Words.name(folder.relativize(file)), why);
        }
    }
}
