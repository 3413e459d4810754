package io.filedrop.hubspot.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The life of a run, from the claimed file to the closed account, and which of the claimed files
 * has its turn.
 */
public final class Runs {

    private final Claims claims;
    private final Repeats repeats;
    private final DropSettings settings;
    private final Clock clock;
    private final Map<String, String> meaning;

    /** Runs that a person has to mend, with the sentence that says why. */
    private final Map<Path, String> setAside = new ConcurrentHashMap<>();

    /** Runs that wait since this start of the program; a new start tries them at once. */
    private final Map<Path, Instant> notBefore = new ConcurrentHashMap<>();

    /**
     * @param meaning the settings that change what a row means, by name: a run that began with
     *     others does not go on
     */
    public Runs(
            Claims claims,
            Repeats repeats,
            DropSettings settings,
            Clock clock,
            Map<String, String> meaning) {
        this.claims = claims;
        this.repeats = repeats;
        this.settings = settings;
        this.clock = clock;
        this.meaning = Map.copyOf(meaning);
    }

    /**
     * Whether that claimed file may be processed now: it does not wait for a later time, and no
     * earlier one does that later ones have to wait for.
     */
    public boolean isTurn(Path folder) throws IOException {
        if (isWaiting(folder) || setAside.containsKey(folder)) {
            return false;
        }
        if (settings.passParked() || notBefore.isEmpty()) {
            return true;
        }
        // Also when its time has just come: it goes on first, or newer values would be overwritten.
        return claims.folders().stream()
                .takeWhile(earlier -> earlier.compareTo(folder) < 0)
                .noneMatch(notBefore::containsKey);
    }

    private boolean isWaiting(Path folder) {
        Instant until = notBefore.get(folder);
        return until != null && clock.instant().isBefore(until);
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
        }
        return new Run(folder, Journal.open(folder, history.end()), history);
    }

    private void refuseOther(Path folder, History history, Entry.Opened opened) throws IOException {
        Path file = folder.resolve(history.claimed().file());
        boolean same =
                Files.size(file) == history.claimed().bytes()
                        && (history.closed().isPresent() || sha256(file).equals(opened.sha256()));
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

    /** Why runs cannot go on, by their folder. */
    public Map<Path, String> setAside() {
        return Map.copyOf(setAside);
    }

    /** Sending begins; noted once for a run. */
    public void begin(Run run, String mapping, String mappingSha256) throws IOException {
        if (run.opened().isEmpty()) {
            String sha256 = sha256(run.file());
            run.note(
                    new Entry.Opened(
                            sha256,
                            mapping,
                            mappingSha256,
                            repeats.earlierRun(sha256, run.id()),
                            clock.instant(),
                            meaning));
        }
    }

    /** Every record has its outcome. */
    public void through(Run run, long rows) {
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
        notBefore.put(run.folder(), stop.until());
    }

    /** Something that is nobody's record failed; the run is tried again after a while. */
    public void setBack(Path folder, Duration wait) {
        notBefore.put(folder, clock.instant().plus(wait));
    }

    /** The account is closed and handed out: the run is over. */
    public void over(Path folder) throws IOException {
        Claims.remove(folder);
        notBefore.remove(folder);
    }

    /** When the first of the waiting runs goes on, if any waits. */
    public Optional<Instant> nextWaiting() {
        return notBefore.values().stream().filter(clock.instant()::isBefore).sorted().findFirst();
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
