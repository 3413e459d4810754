package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Whether what happens can be kept: every folder can be written to and has room left. Nothing is
 * taken or sent while that is not so. Safe for use by several threads.
 */
public final class Storage {

    private static final Logger LOG = Logger.getLogger(Storage.class);

    /** An answer is good for so long; more than a few batches cannot be kept meanwhile. */
    private static final long GOOD_FOR_NANOS = 100_000_000;

    /** A file that did not fit is spoken of for so long, unless it is tried again. */
    private static final long SHORT_FOR_NANOS = 10_000_000_000L;

    /** Bytes where nothing can be written; any reserve can be taken from them. */
    private static final long NONE = Long.MIN_VALUE / 2;

    private final DropSettings settings;
    private final LongSupplier nanoTime;
    private final List<Path> written;
    private final Map<Path, Sentence> troubles = new TreeMap<>();
    private long looked;
    private boolean isLooked;
    private long least;
    private Path fullest;
    private Optional<Sentence> shortage = Optional.empty();
    private long shortAt;

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public Storage(DropSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        DropSettings.Folders folders = settings.folders();
        this.written =
                List.of(
                        folders.inProgress(),
                        folders.succeeded(),
                        folders.failed(),
                        folders.archive(),
                        folders.reports());
    }

    /** Bytes that can be written everywhere, besides the reserve; less than 0 for none. */
    public synchronized long room() {
        look();
        return least - settings.reserve();
    }

    /**
     * Bytes that can be put into the inbox, which may lie on a disk of its own, besides the
     * reserve. What lies there is processed also when that disk is full.
     */
    public synchronized long roomInInbox() {
        long inbox = usable(settings.folders().inbox()).orElse(NONE);
        return Math.min(room(), inbox - settings.reserve());
    }

    /**
     * Whether so many bytes can be written everywhere, besides the reserve. If not, a file of the
     * inbox waits for that, and people are told.
     */
    public synchronized boolean hasRoom(long bytes) {
        if (room() >= bytes) {
            return true;
        }
        if (least >= settings.reserve()) {
            Sentence why = DiskTrouble.TOO_LITTLE_ROOM.of(fullest, Words.count(bytes));
            shortage = Optional.of(why);
            if (shortAt == 0 || nanoTime.getAsLong() - shortAt > SHORT_FOR_NANOS) {
                LOG.warnf("Files wait: %s.", why);
            }
            shortAt = nanoTime.getAsLong();
        }
        return false;
    }

    /** Something could not be done with that folder; people are told when it is news. */
    public synchronized void fails(Path folder, IOException why) {
        trouble(folder, DiskTrouble.CANNOT_BE_USED.of(folder, Words.name(why.toString())));
    }

    /** The folder can be used, as far as it is used now. */
    public synchronized void works(Path folder) {
        if (troubles.remove(folder) != null) {
            LOG.infof("%s can be used again.", folder);
        }
    }

    /** A sentence for each folder that cannot be used now. */
    public synchronized List<Sentence> troubles() {
        look();
        List<Sentence> sentences = new ArrayList<>(troubles.values());
        if (shortAt != 0 && nanoTime.getAsLong() - shortAt < SHORT_FOR_NANOS) {
            shortage.ifPresent(sentences::add);
        }
        return sentences;
    }

    private void look() {
        long now = nanoTime.getAsLong();
        if (isLooked && now - looked < GOOD_FOR_NANOS) {
            return;
        }
        looked = now;
        isLooked = true;
        least = Long.MAX_VALUE;
        for (Path folder : written) {
            OptionalLong found = usable(folder);
            if (found.isEmpty()) {
                least = NONE;
                trouble(folder, DiskTrouble.READ_ONLY.of(folder));
                continue;
            }
            long usable = found.getAsLong();
            if (usable < least) {
                least = usable;
                fullest = folder;
            }
            if (usable < settings.reserve()) {
                trouble(folder, DiskTrouble.FULL.of(folder, Words.count(settings.reserve())));
            } else {
                works(folder);
            }
        }
    }

    /** Bytes that can be written into the folder, made or not; empty when it is not ours to. */
    private static OptionalLong usable(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isWritable(there)
                ? OptionalLong.of(there.toFile().getUsableSpace())
                : OptionalLong.empty();
    }

    private void trouble(Path folder, Sentence sentence) {
        if (!sentence.equals(troubles.put(folder, sentence))) {
            LOG.warnf("Nothing is taken or sent for now: %s.", sentence);
        }
    }
}
