package io.filedrop.hubspot.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The life of a run, from the claimed file to the closed account, and which of the claimed files
 * has its turn.
 */
public final class Runs {

    private final Claims claims;
    private final Repeats repeats;
    private final DropSettings settings;
    private final Storage storage;
    private final Lease lease;
    private final DurableFiles files;
    private final Clock clock;
    private final Map<String, String> meaning;

    /** Runs that a person has to mend, with the sentence that says why. */
    private final Map<Path, String> setAside = new ConcurrentHashMap<>();

    /** Of them, those whose file may be what ends the program. */
    private final Set<Path> deadly = ConcurrentHashMap.newKeySet();

    /** Parked because a run before them, parked or set aside, has to send their listings first. */
    private final Set<Path> behind = ConcurrentHashMap.newKeySet();

    private final LongSupplier nanoTime;

    /** Runs that wait since this start of the program; a new start tries them at once. */
    private final Map<Path, Long> notBefore = new ConcurrentHashMap<>();

    /**
     * @param meaning the settings that change what a row means, by name: a run that began with
     *     others does not go on
     * @param nanoTime as {@link System#nanoTime()}: waits end by a clock that nobody can set
     */
    public Runs(
            Claims claims,
            Repeats repeats,
            DropSettings settings,
            Storage storage,
            Lease lease,
            DurableFiles files,
            Map<String, String> meaning,
            Clock clock,
            LongSupplier nanoTime) {
        this.claims = claims;
        this.repeats = repeats;
        this.settings = settings;
        this.storage = storage;
        this.lease = lease;
        this.files = files;
        this.clock = clock;
        this.meaning = Map.copyOf(meaning);
        this.nanoTime = nanoTime;
    }

    /**
     * Whether that claimed file may be processed now: it does not wait for a later time, and no
     * earlier one does that later ones have to wait for.
     */
    public boolean isTurn(Path folder) throws IOException {
        if (isWaiting(folder) || isSetAside(folder) || !storage.hasRoom(needs(folder))) {
            return false;
        }
        if (settings.passParked() || notBefore.isEmpty()) {
            return true;
        }
        // Also when its time has just come: it goes on first, or newer values would be overwritten.
        // But for one that waits for a person only: its rows are known, and nothing passes them.
        return claims.folders().stream()
                .takeWhile(earlier -> earlier.compareTo(folder) < 0)
                .noneMatch(earlier -> notBefore.containsKey(earlier) && !behind.contains(earlier));
    }

    /** Bytes that are written at most when a run ends: its failed rows, and an account of each. */
    private long needs(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    bytes += Files.size(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        return bytes > settings.fileLimit() ? 0 : 2 * bytes;
    }

    /** Whether there is room for what becomes of the records that are sent now. */
    public boolean hasRoom(Run run) {
        return storage.hasRoom(2 * run.claimed().bytes());
    }

    /** Whether that run is parked or was set back, and its time has not come. */
    boolean isWaiting(Path folder) {
        if (behind.contains(folder)) {
            return Stream.concat(notBefore.keySet().stream(), setAside().keySet().stream())
                    .anyMatch(other -> other.compareTo(folder) < 0);
        }
        Long until = notBefore.get(folder);
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    private void await(Path folder, Duration wait) {
        notBefore.put(folder, nanoTime.getAsLong() + wait.toNanos());
    }

    /**
     * Begins with a claimed file, or goes on with it after a stop or a crash.
     *
     * @throws CannotGoOn when its journal is damaged or of a newer version, or what it began with
     *     is not what is there now
     */
    public Run open(Path folder) throws IOException {
        History history = History.read(folder);
        if (history.opened().isPresent()) {
            refuseOther(folder, history, history.opened().get());
        } else if (claims.giveBack(folder, history.claimed())) {
            throw new GivenBack();
        }
        if (lease.isTakenOver()) {
            // A frozen instance that wakes up would write into the file that it has open.
            Path journal = folder.resolve(Journal.FILE_NAME);
            files.replace(journal, out -> Files.copy(journal, out));
        }
        behind.remove(folder);
        int brokenOff = Attempts.begin(folder, history.settled().cardinality());
        return new Run(folder, Journal.open(folder, history.end()), history, lease, brokenOff);
    }

    private void refuseOther(Path folder, History history, Entry.Opened opened) throws IOException {
        Path file = folder.resolve(history.claimed().file());
        boolean same =
                Files.size(file) == history.claimed().bytes()
                        && (history.closed().isPresent()
                                || opened.sha256().isEmpty()
                                || sha256(file).equals(opened.sha256()));
        if (!same) {
            throw new CannotGoOn(
                    file
                            + " is not the file that the run began with, so its rows cannot be told"
                            + " from those that were sent. Restore it and start again, or move the"
                            + " run's folder away and drop the file again.");
        }
        for (Map.Entry<String, String> then : new TreeMap<>(opened.settings()).entrySet()) {
            String now = meaning.getOrDefault(then.getKey(), "");
            if (history.closed().isEmpty() && !now.equals(then.getValue())) {
                throw new CannotGoOn(
                        "The run "
                                + history.claimed().run()
                                + " began with "
                                + then.getKey()
                                + "="
                                + then.getValue()
                                + ", which is '"
                                + now
                                + "' now; the rest of the file would mean something else. Start"
                                + " once with the earlier setting to end the run, or move its folder "
                                + folder
                                + " away and drop its update file again.");
            }
        }
    }

    /**
     * The run cannot go on until a person has mended it and the program starts again; the others go
     * on.
     *
     * @return whether this is news
     */
    public boolean setAside(Path folder, String why) {
        return setAside.putIfAbsent(folder, why) == null;
    }

    /** Nobody may look into that run's file: it may be what ended the program. */
    void avoid(Path folder) {
        deadly.add(folder);
    }

    /** Why runs cannot go on, by their folder; a folder that was moved away is none any more. */
    public Map<Path, String> setAside() {
        setAside.keySet().removeIf(folder -> !Files.isDirectory(folder));
        return new TreeMap<>(setAside);
    }

    private boolean isSetAside(Path folder) {
        return setAside().containsKey(folder);
    }

    /** Whether no other file has to wait until that one is through. */
    boolean isPassed(Path folder) {
        return isSetAside(folder)
                || behind.contains(folder)
                || settings.passParked() && isWaiting(folder);
    }

    /**
     * Looks into a run that is set aside, as far as its journal can be read.
     *
     * @throws CannotGoOn when its file, or what its rows are, is not what the run began with
     */
    public Glance glance(Path folder) throws IOException {
        if (deadly.contains(folder)) {
            throw new CannotGoOn("The program ended while it worked on that file.");
        }
        Glance glance = Glance.at(folder);
        if (glance.opened().isPresent()) {
            Entry.Opened opened = glance.opened().get();
            if (!opened.sha256().equals(sha256(glance.file()))) {
                throw new CannotGoOn(glance.file() + " is not the file that the run began with.");
            }
            String key = "hubspot.id-property";
            if (!opened.settings().getOrDefault(key, "").equals(meaning.getOrDefault(key, ""))) {
                throw new CannotGoOn("The run began with another " + key + ".");
            }
        }
        return glance;
    }

    /** Sending begins; noted once for a run. */
    public void begin(Run run, String mapping, String mappingSha256) throws IOException {
        if (run.opened().isEmpty()) {
            // A file over the limit is not read, not even for this.
            boolean isRead = run.claimed().bytes() <= settings.fileLimit();
            if (isRead) {
                // Whoever dropped it need not have synced it; from here on its rows must stay.
                DurableFiles.forceFile(run.file());
            }
            String sha256 = isRead ? sha256(run.file()) : "";
            run.note(
                    new Entry.Opened(
                            sha256,
                            mapping,
                            mappingSha256,
                            isRead ? repeats.earlierRun(sha256, run.id()) : "",
                            clock.instant(),
                            meaning));
        }
    }

    /**
     * Every record has its outcome.
     *
     * @throws CannotGoOn when the file was changed while it was read
     */
    public void through(Run run, long rows) throws IOException {
        run.refuseChanged();
        run.note(new Entry.ReadToEnd(rows));
    }

    /** The file as a whole cannot be used. */
    public void refuse(Run run, Reason reason) throws IOException {
        begin(run, "", "");
        run.note(new Entry.Refused(reason));
    }

    /** The run goes on later. */
    public void park(Run run, Run.Stop stop, long rows) {
        run.note(new Entry.Parked(stop.reason(), stop.until(), rows, run.calls()));
        if (run.withheld() > 0) {
            behind.add(run.folder());
        }
        await(run.folder(), Duration.between(clock.instant(), stop.until()));
    }

    /** Something that is nobody's record failed; the run is tried again after a while. */
    public void setBack(Path folder, Duration wait) {
        await(folder, wait);
    }

    /** Whether no run is left that has not closed its account. */
    boolean areOver() throws IOException {
        return claims.areNone();
    }

    /** The account is closed and handed out: the run is over. */
    public void over(Path folder) throws IOException {
        Claims.remove(folder);
        notBefore.remove(folder);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = in.read(buffer)) > 0) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
