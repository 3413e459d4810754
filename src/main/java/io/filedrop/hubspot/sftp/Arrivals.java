package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Which files of a listing are ready to be fetched: those that were there before, with the same
 * size and time, for long enough. Remembers only the oldest ones, however long the listing is.
 */
final class Arrivals {

    private static final Logger LOG = Logger.getLogger(Arrivals.class);
    private static final Comparator<RemoteFile> OLDEST_FIRST =
            Comparator.comparingLong(RemoteFile::modified).thenComparing(RemoteFile::name);

    private final String source;
    private final Duration stableFor;
    private final Optional<String> marker;
    private final SftpSettings.Limits limits;
    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>();
    private Map<RemoteFile, Seen> seen = new HashMap<>();
    private PriorityQueue<RemoteFile> listed = newQueue();

    private boolean settling;

    private record Seen(long since, int failures) {}

    Arrivals(
            String source,
            Duration stableFor,
            Optional<String> marker,
            SftpSettings.Limits limits,
            LongSupplier nanoTime) {
        this.source = source;
        this.stableFor = stableFor;
        this.marker = marker;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    private static PriorityQueue<RemoteFile> newQueue() {
        return new PriorityQueue<>(OLDEST_FIRST.reversed());
    }

    /** A listing begins. */
    void begin() {
        listed = newQueue();
    }

    /** Something in it. */
    void add(SftpConnection.Entry entry) {
        if (entry.folder() || marker.filter(entry.name()::endsWith).isPresent()) {
            // Folders, and markers that say something of another file, are nothing to tell.
            return;
        }
        Optional<String> refusal =
                entry.regular()
                        ? RemoteName.refusal(entry.name())
                        : Optional.of("it is a link, or no regular file");
        if (refusal.isPresent()) {
            tell(entry.name(), refusal.get());
            return;
        }
        listed.add(entry.file());
        if (listed.size() > limits.listing()) {
            listed.remove();
        }
    }

    private void tell(String name, String why) {
        if (told.size() < limits.listing() && told.add(name)) {
            LOG.warnf(
                    "%s: %s stays on the server: %s.",
                    source, Words.excerpt(Words.name(name)), why);
        }
    }

    /** The listing is complete: the files that are ready, the oldest first. */
    List<RemoteFile> ready() {
        long now = nanoTime.getAsLong();
        Map<RemoteFile, Seen> before = seen;
        seen = new HashMap<>();
        listed.forEach(file -> seen.put(file, before.getOrDefault(file, new Seen(now, 0))));
        List<RemoteFile> ready = new ArrayList<>();
        seen.forEach(
                (file, known) -> {
                    if (now - known.since() >= stableFor.toNanos()) {
                        ready.add(file);
                    }
                });
        settling = ready.size() < seen.size();
        // One that fails again and again no longer holds back the newer ones.
        ready.sort(Comparator.comparing(this::isHopeless).thenComparing(OLDEST_FIRST));
        return ready;
    }

    private boolean isHopeless(RemoteFile file) {
        return seen.get(file).failures() >= limits.attempts();
    }

    /** Whether a file was listed that may still be written, so that it is worth to look again. */
    boolean isAnySettling() {
        return settling;
    }

    /** The download of that file failed. */
    void failed(RemoteFile file) {
        seen.computeIfPresent(file, (f, s) -> new Seen(s.since(), s.failures() + 1));
    }

    /** The file is fetched, or no longer the one that was listed. */
    void forget(RemoteFile file) {
        seen.remove(file);
    }
}
