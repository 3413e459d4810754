package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Which of the things in the inbox are update files, and which of those are ready. Remembers size
 * and time of each file between two looks, so that no look waits. Opens nothing, follows no link.
 */
public final class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** How names begin of files that are being fetched into the inbox from elsewhere. */
    public static final String LANDING = ".landing-";

    /** Names remembered at most, of those seen and of those told; more would be no inbox. */
    private static final int REMEMBERED = 200_000;

    private final Path folder;
    private final DropSettings settings;
    private final LongSupplier nanoTime;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Set<Path> told = new HashSet<>();

    private record Seen(long size, FileTime modified, long since) {}

    /** What is to be done with something in the inbox. */
    public enum State {
        /** An update file that has not changed for long enough. */
        READY,
        /** An update file that may still be written, or whose marker is missing. */
        SETTLING,
        /** Not an update file; it stays where it is. */
        NEVER
    }

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public Inbox(DropSettings settings, LongSupplier nanoTime) {
        this.folder = settings.folders().inbox();
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Looks at a file in the inbox or in one of its folders. */
    public synchronized State look(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            forget(file);
            return State.NEVER;
        } catch (IOException e) {
            return never(file, "it cannot be looked at: " + e.getMessage());
        }
        Optional<String> why = whyNever(file, attributes);
        if (why.isPresent()) {
            return never(file, why.get());
        }
        return isStable(file, attributes) && hasMarker(file) ? State.READY : State.SETTLING;
    }

    /** Whether that folder in the inbox is one whose files are taken; its name is the source. */
    public synchronized boolean isSource(Path directory) {
        String name = directory.getFileName().toString();
        if (Files.isSymbolicLink(directory)) {
            never(directory, "it is a link");
            return false;
        }
        if (!directory.getParent().equals(folder) || name.startsWith(".")) {
            never(directory, "it is a folder below the first level");
            return false;
        }
        return true;
    }

    /** The folder below the inbox that the file lies in, empty for the inbox itself. */
    public String sourceOf(Path file) {
        Path parent = file.getParent();
        return parent.equals(folder) ? "" : parent.getFileName().toString();
    }

    /** Files that are ready or will be; for those who wait for the inbox to be empty. */
    public long waiting() throws IOException {
        return waiting(folder, true);
    }

    private long waiting(Path directory, boolean descend) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        long waiting = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    waiting += descend && isSource(entry) ? waiting(entry, false) : 0;
                } else if (look(entry) != State.NEVER && hasMarker(entry)) {
                    waiting++;
                }
            }
        }
        return waiting;
    }

    /** The file is no longer there. */
    synchronized void forget(Path file) {
        seen.remove(file);
        told.remove(file);
    }

    /** The marker that lets the file be taken, if one is asked for. */
    Optional<Path> markerOf(Path file) {
        return settings.marker().map(suffix -> file.resolveSibling(file.getFileName() + suffix));
    }

    private boolean hasMarker(Path file) {
        return markerOf(file)
                .map(marker -> Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS))
                .orElse(true);
    }

    private boolean isStable(Path file, BasicFileAttributes attributes) {
        long now = nanoTime.getAsLong();
        Seen before = seen.get(file);
        if (before == null
                || before.size() != attributes.size()
                || !before.modified().equals(attributes.lastModifiedTime())) {
            if (seen.size() >= REMEMBERED) {
                seen.clear();
            }
            seen.put(file, new Seen(attributes.size(), attributes.lastModifiedTime(), now));
            return false;
        }
        return now - before.since() >= settings.stableFor().toNanos();
    }

    private Optional<String> whyNever(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (attributes.isSymbolicLink()) {
            return Optional.of("it is a link");
        }
        if (!attributes.isRegularFile()) {
            return Optional.of("it is no regular file");
        }
        if (settings.marker().filter(name::endsWith).isPresent()
                || name.startsWith(LANDING)
                || name.startsWith("." + LANDING)) {
            // A marker says something of another file, and what is landing is ours; nothing to
            // tell.
            return Optional.of("");
        }
        return isUnfinished(name)
                ? Optional.of("its name says that it is no finished update file")
                : Optional.empty();
    }

    /** Whether the name says that the file is still being written, or is no update file. */
    public static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".")
                || name.startsWith("~$")
                || lower.endsWith(".part")
                || lower.endsWith(".tmp")
                || lower.endsWith(".filepart")
                || lower.equals("thumbs.db")
                || lower.equals("desktop.ini");
    }

    private State never(Path file, String why) {
        if (!why.isEmpty() && told.size() < REMEMBERED && told.add(file)) {
            LOG.infof("%s stays in the inbox: %s.", Words.name(folder.relativize(file)), why);
        }
        return State.NEVER;
    }
}
