package io.filedrop.hubspot.run;

import io.filedrop.hubspot.run.InboxRules.Stay;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
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
    private final Sight sight;
    private final InboxRules rules;

    private final SortedMap<String, List<TakeOrder.Candidate>> bySource = new TreeMap<>();
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private final Set<Path> markers = new HashSet<>();
    private long waiting;
    private long lying;
    private long oldest;
    private int closed;
    private boolean isAnyLeft;

    /** Tells what an entry is, and follows no link. */
    interface Sight {

        Sight DISK =
                entry ->
                        Files.readAttributes(
                                entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);

        BasicFileAttributes of(Path entry) throws IOException;
    }

    private record Seen(Inbox.Ready file, long since) {}

    /**
     * Before the first look.
     *
     * @param isLeftAlone which files are not taken yet, because they could not be
     */
    InboxLook(
            DropSettings settings,
            Predicate<Path> isLeftAlone,
            LongSupplier nanoTime,
            Sight sight) {
        this.folder = settings.folders().inbox();
        this.settings = settings;
        this.isLeftAlone = isLeftAlone;
        this.nanoTime = nanoTime;
        this.sight = sight;
        this.rules = new InboxRules(settings);
    }

    /** Another look, now. */
    InboxLook again() throws IOException {
        InboxLook now = new InboxLook(settings, isLeftAlone, nanoTime, sight);
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

    /** What lies there for somebody, whether it can be taken or not. */
    Inbox.Lying lying() {
        long age = lying == 0 ? 0 : nanoTime.getAsLong() - oldest;
        return new Inbox.Lying(lying, Duration.ofNanos(age), closed);
    }

    /** Whether something stays that somebody waits for. */
    boolean isAnyLeft() {
        return isAnyLeft;
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
            Optional<BasicFileAttributes> found = attributes(entry, before);
            if (found.isEmpty()) {
                continue;
            }
            BasicFileAttributes attributes = found.get();
            if (!attributes.isDirectory()) {
                look(entry, source, attributes, before);
            } else if (isSource(entry)) {
                folders.add(entry);
            } else {
                tell(entry, Stay.never("it is a folder below the first level"), before);
            }
        }
        for (Path inner : folders) {
            try {
                look(inner, inner.getFileName().toString(), before);
            } catch (NoSuchFileException e) {
                // It is gone, and with it whatever lay there.
                continue;
            } catch (IOException e) {
                // Another source's files are taken all the same, and of this one none: it may be
                // the oldest that could not be seen.
                closed++;
                forgetSource(inner.getFileName().toString());
                tell(inner, Stay.left("it cannot be looked into: " + e), before);
            }
        }
    }

    private void forgetSource(String source) {
        List<TakeOrder.Candidate> seenSoFar = bySource.remove(source);
        waiting -= seenSoFar == null ? 0 : seenSoFar.size();
    }

    /** Empty when it is gone, or tells nothing of itself. */
    private Optional<BasicFileAttributes> attributes(Path entry, InboxLook before)
            throws AccessDeniedException {
        try {
            return Optional.of(sight.of(entry));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (e instanceof AccessDeniedException denied
                    && !Files.isExecutable(entry.getParent())) {
                // The folder gives its names, and nothing of what lies in it.
                throw denied;
            }
            tell(entry, Stay.left("it cannot be looked at: " + e), before);
            return Optional.empty();
        }
    }

    private boolean isSource(Path directory) {
        return directory.getParent().equals(folder)
                && !directory.getFileName().toString().startsWith(".");
    }

    private void look(Path file, String source, BasicFileAttributes attributes, InboxLook before) {
        String name = file.getFileName().toString();
        if (name.startsWith(Inbox.LANDING) || name.startsWith("." + Inbox.LANDING)) {
            // Ours, and nothing to tell.
            return;
        }
        Inbox.Ready ready = Inbox.Ready.of(file, source, attributes);
        if (attributes.isRegularFile() && rules.isMarker(name)) {
            markers.add(file);
            isSettled(ready, attributes, before);
            return;
        }
        Optional<Stay> stay = rules.stay(file, attributes);
        if (stay.isEmpty()) {
            candidate(ready, attributes, before);
            return;
        }
        tell(file, stay.get(), before);
        if (stay.get().isLeft()) {
            isSettled(ready, attributes, before);
            lies(file);
        }
    }

    private void candidate(Inbox.Ready file, BasicFileAttributes attributes, InboxLook before) {
        boolean settled = isSettled(file, attributes, before);
        Optional<Path> marker = rules.missingMarker(file.file());
        if (marker.isPresent()) {
            if (settled) {
                tell(
                        file.file(),
                        Stay.never("its marker " + marker.get().getFileName() + " is missing"),
                        before);
            }
            return;
        }
        lies(file.file());
        if (isLeftAlone.test(file.file())) {
            return;
        }
        waiting++;
        bySource.computeIfAbsent(file.source(), s -> new ArrayList<>())
                .add(new TakeOrder.Candidate(file, settled));
    }

    private void lies(Path file) {
        long since = seen.get(file).since();
        oldest = lying == 0 || since - oldest < 0 ? since : oldest;
        lying++;
    }

    private boolean isSettled(Inbox.Ready file, BasicFileAttributes attributes, InboxLook before) {
        long now = nanoTime.getAsLong();
        Seen last = before.seen.get(file.file());
        Seen seenNow = last != null && last.file().isStill(attributes) ? last : new Seen(file, now);
        seen.put(file.file(), seenNow);
        return now - seenNow.since() >= settings.stableFor().toNanos();
    }

    private void tellLonelyMarkers(InboxLook before) {
        String suffix = settings.marker().orElse("");
        for (Path marker : markers) {
            String name = marker.getFileName().toString();
            Path file = marker.resolveSibling(name.substring(0, name.length() - suffix.length()));
            long since = seen.get(marker).since();
            if (!seen.containsKey(file)
                    && nanoTime.getAsLong() - since >= settings.stableFor().toNanos()) {
                tell(marker, Stay.never("the file that it is the marker of is missing"), before);
            }
        }
    }

    /** Says once why something stays where it is. */
    private void tell(Path file, Stay stay, InboxLook before) {
        told.add(file);
        isAnyLeft |= stay.isLeft();
        if (!before.told.contains(file)) {
            LOG.logf(
                    stay.isLeft() ? Logger.Level.WARN : Logger.Level.INFO,
                    "%s stays in the inbox: %s.",
                    Words.name(folder.relativize(file)),
                    Words.name(stay.why()));
        }
    }
}
