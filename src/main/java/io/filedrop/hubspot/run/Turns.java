package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Which of the claimed files has its turn: not those that wait for a time, for room or for a
 * person, nor those behind them that would overtake a listing. Safe for use by several threads.
 */
public final class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class);

    /** After a fault of its folder. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final DropSettings settings;
    private final Storage storage;
    private final LongSupplier nanoTime;

    /** Runs that a person has to mend, with the sentence that says why. */
    private final Map<Path, Sentence> setAside = new ConcurrentHashMap<>();

    /** Of them, those whose file may be what ends the program. */
    private final Set<Path> deadly = ConcurrentHashMap.newKeySet();

    /** Parked because a run before them, parked or set aside, has to send their listings first. */
    private final Set<Path> behind = ConcurrentHashMap.newKeySet();

    /** Runs of which is known which listings they have not sent, if any. */
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /** Runs that wait since this start of the program; a new start tries them at once. */
    private final Map<Path, Long> notBefore = new ConcurrentHashMap<>();

    /** {@code nanoTime} as {@link System#nanoTime()}: waits end by a clock that nobody can set. */
    public Turns(DropSettings settings, Storage storage, LongSupplier nanoTime) {
        this.settings = settings;
        this.storage = storage;
        this.nanoTime = nanoTime;
    }

    /**
     * Whether that claimed file may be processed now: it does not wait for a later time, there is
     * room for what becomes of it, and no earlier one has to go first.
     */
    public boolean isTurn(Path folder) throws IOException {
        if (isSetAside(folder) || isWaiting(folder) || isHeldUp(folder)) {
            return false;
        }
        OptionalLong bytes = bytes(folder);
        long journal = Journal.bytesIn(folder);
        return bytes.isPresent() && storage.hasRoom(settings.roomFor(bytes.getAsLong(), journal));
    }

    /**
     * Whether an earlier file has to go first, or newer values would be overwritten: whatever keeps
     * it, and also when its time has just come.
     *
     * <p>Asked for each file of the queue, again and again, so that it looks no further than to the
     * first that holds others up.
     */
    private boolean isHeldUp(Path folder) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder.getParent())) {
            for (Path other : others) {
                if (other.compareTo(folder) < 0 && holdsUp(other)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Whether that run takes a place in the queue: not one that later ones need not wait for, nor
     * what is left of one without its file that could not be put in order. One that cannot be
     * looked into does.
     */
    boolean isQueued(Path folder) {
        try {
            return holdsUp(folder);
        } catch (IOException e) {
            return true;
        }
    }

    private boolean holdsUp(Path other) throws IOException {
        if (isPassed(other) || !Files.isRegularFile(other.resolve(Journal.FILE_NAME))) {
            return false;
        }
        // Without its file it never has a turn; what it has begun to send may come back, though.
        return notBefore.containsKey(other) || bytes(other).isPresent();
    }

    /** The size of the update file in that folder; empty when none is there. */
    private static OptionalLong bytes(Path folder) throws IOException {
        try {
            Optional<Path> file = Glance.fileIn(folder);
            return file.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Files.size(file.get()));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Runs that need not wait any longer, but never have a turn: their update file is gone. Each of
     * them holds up the others until it is put in order, or {@link #over}. One that cannot be
     * looked into is told of and waits again: nothing else need be kept by it.
     */
    List<Path> gone() {
        List<Path> gone = new ArrayList<>();
        for (Path folder : new TreeSet<>(notBefore.keySet())) {
            try {
                if (!isWaiting(folder) && bytes(folder).isEmpty()) {
                    gone.add(folder);
                }
            } catch (IOException e) {
                await(folder, LOOK_AGAIN);
                LOG.warnf(
                        "%s cannot be looked into, and is again in %s: %s",
                        Words.name(folder), Words.duration(LOOK_AGAIN), Words.name(e.toString()));
            }
        }
        return gone;
    }

    /** Whether that run is parked or was set back, and its time has not come. */
    boolean isWaiting(Path folder) {
        if (behind.contains(folder)) {
            return Stream.concat(notBefore.keySet().stream(), setAside.keySet().stream())
                    .anyMatch(other -> other.compareTo(folder) < 0 && Files.isDirectory(other));
        }
        Long until = notBefore.get(folder);
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    /** The run is tried again after that time, and not before. */
    void await(Path folder, Duration wait) {
        notBefore.put(folder, nanoTime.getAsLong() + wait.toNanos());
    }

    /**
     * The run cannot go on until a person has mended it and the program starts again; the others go
     * on.
     *
     * @return whether this is news
     */
    public boolean setAside(Path folder, Sentence why) {
        boolean isNews = setAside.putIfAbsent(folder, why) == null;
        // Since it may have waited for a time before: nobody waits for that any more.
        forget(folder);
        return isNews;
    }

    /** Nobody may look into that run's file: it may be what ended the program. */
    void avoid(Path folder) {
        deadly.add(folder);
    }

    /** Why runs cannot go on, by their folder; a folder that was moved away is none any more. */
    public Map<Path, Sentence> setAside() {
        setAside.keySet().removeIf(folder -> !Files.isDirectory(folder));
        return new TreeMap<>(setAside);
    }

    private boolean isSetAside(Path folder) {
        return setAside.containsKey(folder);
    }

    /** Whether no other file has to wait until that one is through. */
    boolean isPassed(Path folder) {
        return isSetAside(folder)
                || behind.contains(folder)
                || settings.passParked() && known.contains(folder);
    }

    /**
     * Whether later files wait for that run, which is parked or set back, only because nobody knows
     * which listings it has not sent.
     */
    public boolean isUnknown(Path folder) {
        return settings.passParked() && notBefore.containsKey(folder) && !isPassed(folder);
    }

    /** It is known which listings that run has not sent, if any: nothing overtakes them unseen. */
    public void letPass(Path folder) {
        known.add(folder);
    }

    /** Whether that run's file may be what ended the program. */
    boolean isAvoided(Path folder) {
        return deadly.contains(folder);
    }

    /** The run has its turn, and waits for nothing any more. */
    void begun(Path folder) {
        behind.remove(folder);
        notBefore.remove(folder);
    }

    /** The run is parked because of listings that a run before it has to send first. */
    void comesBehind(Path folder) {
        behind.add(folder);
    }

    /** The run is no more. */
    void over(Path folder) {
        forget(folder);
    }

    private void forget(Path folder) {
        notBefore.remove(folder);
        behind.remove(folder);
        known.remove(folder);
    }
}
