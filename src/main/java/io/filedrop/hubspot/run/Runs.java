package io.filedrop.hubspot.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The life of a run, from the claimed file to the closed account. */
public final class Runs {

    private final Claims claims;
    private final Repeats repeats;
    private final DropSettings settings;
    private final Storage storage;
    private final Lease lease;
    private final DurableFiles files;
    private final Clock clock;
    private final Map<String, String> meaning;
    private final Turns turns;

    /**
     * @param meaning the settings that change what a row means, by name: a run that began with
     *     others does not go on
     */
    public Runs(
            Claims claims,
            Repeats repeats,
            DropSettings settings,
            Storage storage,
            Lease lease,
            DurableFiles files,
            Map<String, String> meaning,
            Turns turns,
            Clock clock) {
        this.claims = claims;
        this.repeats = repeats;
        this.settings = settings;
        this.storage = storage;
        this.lease = lease;
        this.files = files;
        this.clock = clock;
        this.meaning = Map.copyOf(meaning);
        this.turns = turns;
    }

    /** Whether there is room for what becomes of the records that are sent now. */
    public boolean hasRoom(Run run) {
        long journal = Journal.bytesIn(run.folder());
        return storage.hasRoom(settings.roomFor(run.claimed().bytes(), journal));
    }

    /** Whether that file is still being claimed. */
    boolean isBeingTaken(Path folder) {
        return claims.isBeingTaken(folder);
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
        } else {
            giveBack(folder, history.claimed());
        }
        if (lease.isTakenOver()) {
            // A frozen instance that wakes up would write into the file that it has open.
            Path journal = folder.resolve(Journal.FILE_NAME);
            files.replace(journal, out -> Files.copy(journal, out));
        }
        turns.begun(folder);
        Journal journal = Journal.open(folder, history.end());
        try {
            // Last: a disk that refuses the journal is no end of the program.
            Attempts attempts = Attempts.begin(folder, history.settled().cardinality());
            return new Run(folder, journal, history, lease, attempts);
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Ends the run of a file that is no longer the one that was claimed. */
    private void giveBack(Path folder, Entry.Claimed claimed) throws IOException {
        boolean isGone = Files.notExists(folder.resolve(claimed.file()));
        if (isGone && Glance.fileIn(folder).isPresent()) {
            // What lies there instead would have its turn again at once, and for ever.
            throw new CannotGoOn(ToMend.FILE_GONE.of(Words.name(claimed.file())));
        }
        if (isGone || claims.giveBack(folder, claimed)) {
            throw new GivenBack();
        }
    }

    private void refuseOther(Path folder, History history, Entry.Opened opened) throws IOException {
        Path file = folder.resolve(history.claimed().file());
        boolean same =
                Files.size(file) == history.claimed().bytes()
                        && (history.closed().isPresent()
                                || opened.sha256().isEmpty()
                                || sha256(file).equals(opened.sha256()));
        if (!same) {
            throw new CannotGoOn(ToMend.OTHER_FILE.of(file));
        }
        for (Map.Entry<String, String> then : new TreeMap<>(opened.settings()).entrySet()) {
            String now = meaning.getOrDefault(then.getKey(), "");
            if (history.closed().isEmpty() && !now.equals(then.getValue())) {
                throw new CannotGoOn(
                        ToMend.OTHER_SETTING.of(
                                history.claimed().run(),
                                then.getKey(),
                                then.getValue(),
                                now,
                                folder));
            }
        }
    }

    /**
     * Looks into a run that is set aside, as far as its journal can be read.
     *
     * @throws CannotGoOn when some of it may not be sent, and its file, or what its rows are, is
     *     not what the run began with
     */
    public Glance glance(Path folder) throws IOException {
        Glance glance = Glance.at(folder);
        if (glance.isThrough()) {
            return glance;
        }
        if (turns.isAvoided(folder)) {
            throw new CannotGoOn(ToMend.ENDED_THE_PROGRAM.of());
        }
        if (glance.opened().isPresent()) {
            Entry.Opened opened = glance.opened().get();
            if (!opened.sha256().equals(sha256(glance.file()))) {
                throw new CannotGoOn(ToMend.OTHER_FILE.of(glance.file()));
            }
            String key = "hubspot.id-property";
            if (!opened.settings().getOrDefault(key, "").equals(meaning.getOrDefault(key, ""))) {
                throw new CannotGoOn(
                        ToMend.OTHER_SETTING.of(
                                folder.getFileName(),
                                key,
                                opened.settings().getOrDefault(key, ""),
                                meaning.getOrDefault(key, ""),
                                folder));
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
    public void refuse(Run run, Reason reason) {
        run.note(new Entry.Refused(reason));
    }

    /**
     * No record is left to send, and the account is about to be made. That a refused run has begun
     * is noted only now: begun without a mapping, and not yet refused when the program ends, it
     * would be sent without one.
     *
     * @throws CannotGoOn when that ended the program again and again; a refused file is only copied
     */
    void closing(Run run) throws IOException {
        boolean isRefused = run.closed().filter(Entry.Refused.class::isInstance).isPresent();
        if (run.brokenOff() >= settings.attempts() && !isRefused) {
            throw run.endsTheProgram();
        }
        begin(run, "", "");
    }

    /** The run goes on later. */
    public void park(Run run, Run.Stop stop, long rows) {
        run.note(new Entry.Parked(stop.why().toString(), stop.until(), rows, run.calls()));
        if (stop.isForEarlier()) {
            turns.comesBehind(run.folder());
        }
        turns.await(run.folder(), Duration.between(clock.instant(), stop.until()));
    }

    /** Whether no run is left that has not closed its account. */
    boolean areOver() throws IOException {
        return claims.areNone();
    }

    /** The account is closed and handed out: the run is over. */
    public void over(Path folder) throws IOException {
        Claims.remove(folder);
        turns.over(folder);
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
