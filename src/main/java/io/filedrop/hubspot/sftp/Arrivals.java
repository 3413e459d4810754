package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.FileNames;
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
    private final long largest;
    private final SftpSettings.Limits limits;
    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>();
    private Map<RemoteFile, Seen> seen = new HashMap<>();
    private PriorityQueue<RemoteFile> listed = newQueue();

    private boolean settling;

    /** How often newer files may still have to wait for one that fails. */
    private int patience;

    private boolean holdingBack;

    private boolean failing;
    private boolean left;

    /** {@code why}: a sentence about the last failure; {@code failedAt}: when it was. */
    private record Seen(long since, int failures, long failedAt, String why) {
        Seen(long since) {
            this(since, 0, 0, "");
        }
    }

    /** {@code largest}: bytes of the largest file that is fetched. */
    Arrivals(
            String source,
            Duration stableFor,
            Optional<String> marker,
            long largest,
            SftpSettings.Limits limits,
            LongSupplier nanoTime) {
        this.source = source;
        this.stableFor = stableFor;
        this.marker = marker;
        this.largest = largest;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.patience = limits.attempts();
    }

    private static PriorityQueue<RemoteFile> newQueue() {
        return new PriorityQueue<>(OLDEST_FIRST.reversed());
    }

    /** A listing begins. */
    void begin() {
        listed = newQueue();
        if (!holdingBack && seen.values().stream().noneMatch(this::isTriedAgain)) {
            patience = limits.attempts();
        }
        holdingBack = false;
        failing = false;
        left = false;
    }

    /** Something in it. */
    void add(SftpConnection.Entry entry) {
        if (entry.folder() || marker.filter(entry.name()::endsWith).isPresent()) {
            // Folders, and markers that say something of another file, are nothing to tell.
            return;
        }
        if (!entry.regular()) {
            tell(entry.name(), "it is a link, or no regular file");
            return;
        }
        Optional<String> refusal = refusal(entry);
        if (refusal.isPresent()) {
            tell(entry.name(), refusal.get());
            left |= !FileNames.isUnfinished(entry.name());
            return;
        }
        listed.add(entry.file());
        if (listed.size() > limits.listing()) {
            listed.remove();
            left = true;
        }
    }

    /**
     * Whether the last listing had files that somebody may wait for and that are not fetched,
     * because of their name or size, or because there are too many.
     */
    boolean isAnyLeft() {
        return left;
    }

    private Optional<String> refusal(SftpConnection.Entry entry) {
        if (entry.size() > largest) {
            return Optional.of(
                    "it has "
                            + Words.count(entry.size())
                            + " bytes, more than drop.limits.file allows");
        }
        return RemoteName.refusal(entry.name());
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
        listed.forEach(file -> seen.put(file, before.getOrDefault(file, new Seen(now))));
        settling = false;
        List<RemoteFile> ready = new ArrayList<>();
        seen.forEach(
                (file, known) -> {
                    if (now - known.since() < stableFor.toNanos()) {
                        settling = true;
                    } else if (!isHopeless(known)
                            || now - known.failedAt() >= limits.retryLongest().toNanos()) {
                        ready.add(file);
                    }
                });
        // One that fails again and again no longer holds back the newer ones.
        ready.sort(
                Comparator.comparing((RemoteFile file) -> isHopeless(seen.get(file)))
                        .thenComparing(OLDEST_FIRST));
        return ready;
    }

    private boolean isHopeless(Seen known) {
        return known.failures() >= limits.attempts();
    }

    private boolean isTriedAgain(Seen known) {
        return known.failures() > 0 && !isHopeless(known);
    }

    /**
     * Whether it is worth to look again soon: a file was listed that may still be written, or
     * failed and is not hopeless yet, or waits for one that did.
     */
    boolean isAnyExpected() {
        return settling || failing || holdingBack;
    }

    /**
     * Whether newer files wait in this visit because one before them failed: no file overtakes
     * another for a trouble that passes.
     */
    boolean isHoldingBack() {
        return holdingBack;
    }

    /**
     * The download of that file failed.
     *
     * @param why a sentence
     * @return whether it is the first one that is hopeless now
     */
    boolean failed(RemoteFile file, String why) {
        Seen before = seen.getOrDefault(file, new Seen(nanoTime.getAsLong()));
        boolean isFirst = seen.values().stream().noneMatch(this::isHopeless);
        holdingBack = !isHopeless(before) && patience > 0;
        if (holdingBack) {
            patience--;
        }
        Seen now = new Seen(before.since(), before.failures() + 1, nanoTime.getAsLong(), why);
        seen.put(file, now);
        failing |= isTriedAgain(now);
        return isFirst && isHopeless(now);
    }

    /** Why files of the last listing could not be fetched, by their names. */
    Map<String, String> failures() {
        Map<String, String> failures = new HashMap<>();
        seen.forEach(
                (file, known) -> {
                    if (known.failures() > 0) {
                        failures.put(file.name(), known.why());
                    }
                });
        return failures;
    }

    /** The file is fetched, or no longer the one that was listed. */
    void forget(RemoteFile file) {
        seen.remove(file);
    }
}
