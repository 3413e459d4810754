package io.filedrop.hubspot.run;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says to people how far a run is: a line when it begins, some on the way, one at the end. */
public final class Progress {

    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final DropSettings settings;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    /**
     * How far a run is that is under way.
     *
     * @param rowsPerSecond since it was opened
     * @param part of the file that is read, 0 to 1, as far as its feed can tell
     * @param left how long it will take, if that can be told
     */
    public record Going(Run run, double rowsPerSecond, double part, Optional<Duration> left) {}

    private static final class Pace {
        private final Run run;
        private final long beganAt = System.nanoTime();
        private final long rowsBefore;
        private long toldAt = beganAt;

        Pace(Run run) {
            this.run = run;
            this.rowsBefore = run.rowsSettled();
        }
    }

    public Progress(DropSettings settings) {
        this.settings = settings;
    }

    void begin(Run run) {
        paces.put(run.id(), new Pace(run));
        String from = run.claimed().source().isEmpty() ? "" : " from " + run.claimed().source();
        LOG.infof(
                "%s%s: taken as run %s, %s bytes%s.",
                Words.name(run.claimed().file()),
                Words.name(from),
                run.id(),
                Words.count(run.claimed().bytes()),
                run.rowsSettled() == 0
                        ? ""
                        : "; " + Words.count(run.rowsSettled()) + " rows are settled already");
    }

    void tell(Run run) {
        Pace pace = paces.get(run.id());
        if (pace == null) {
            return;
        }
        long now = System.nanoTime();
        synchronized (pace) {
            if (now - pace.toldAt < settings.progressEvery().toNanos()) {
                return;
            }
            pace.toldAt = now;
        }
        Going going = going(pace, now);
        LOG.infof(
                "%s: %s rows settled, %s of them failed, %s rows/s%s.",
                Words.name(run.claimed().file()),
                Words.count(run.rowsSettled()),
                Words.count(run.rowsFailed()),
                Words.count(Math.round(going.rowsPerSecond())),
                going.left().map(left -> ", about " + Words.duration(left) + " left").orElse(""));
    }

    /** The runs that are under way, the first claimed first. */
    public List<Going> underWay() {
        long now = System.nanoTime();
        return paces.values().stream()
                .map(pace -> going(pace, now))
                .sorted(Comparator.comparing(going -> going.run().id()))
                .toList();
    }

    private static Going going(Pace pace, long now) {
        Run run = pace.run;
        double rate =
                (run.rowsSettled() - pace.rowsBefore) / Math.max(1e-3, (now - pace.beganAt) / 1e9);
        return new Going(run, rate, run.partRead(), left(run, rate));
    }

    /** The time left, by how much of the file is read; nobody knows its rows before the end. */
    private static Optional<Duration> left(Run run, double rate) {
        double part = run.partRead();
        if (part <= 0 || rate <= 0) {
            return Optional.empty();
        }
        double rows = run.rowsRead() / part;
        long seconds = Math.round((rows - run.rowsSettled()) / rate);
        return seconds <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /** The run goes on later. */
    void forget(Run run) {
        paces.remove(run.id());
    }

    void end(Run run, Report report) {
        Pace pace = paces.remove(run.id());
        Duration took =
                pace == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - pace.beganAt);
        String file = Words.name(run.claimed().file());
        DropSettings.Folders folders = settings.folders();
        switch (report.status()) {
            case COMPLETED ->
                    LOG.infof(
                            "%s: %s rows in %s: %s confirmed, %s unchanged, %s failed, %s unknown."
                                    + "%s Report: %s",
                            file,
                            Words.count(report.rows()),
                            Words.duration(took),
                            Words.count(report.count(Outcome.Kind.CONFIRMED)),
                            Words.count(report.count(Outcome.Kind.UNCHANGED)),
                            Words.count(report.count(Outcome.Kind.FAILED)),
                            Words.count(report.count(Outcome.Kind.UNKNOWN)),
                            failedFolder(run, report),
                            folders.reports().resolve(run.id() + ".json"));
            case PARKED ->
                    LOG.warnf(
                            "%s: parked with %s of %s rows not sent, because %s. Goes on %s."
                                    + " Report: %s",
                            file,
                            Words.count(report.notSent()),
                            Words.count(report.rows()),
                            report.reason(),
                            run.stopped().orElseThrow().isForEarlier()
                                    ? "when the earlier file is through"
                                    : "at " + run.stopped().orElseThrow().until(),
                            folders.reports().resolve(run.id() + ".json"));
            case REFUSED ->
                    // The sentence may quote what stands in the file, so it is not for a log.
                    LOG.warnf(
                            "%s: refused with %s, nothing was sent. Why, and the file: %s",
                            file,
                            String.join(", ", report.codes()),
                            folders.failed().resolve(run.id()));
        }
    }

    private String failedFolder(Run run, Report report) {
        long failed = report.count(Outcome.Kind.FAILED) + report.count(Outcome.Kind.UNKNOWN);
        return failed == 0
                ? ""
                : " Failed rows and reasons: "
                        + settings.folders().failed().resolve(run.id())
                        + ".";
    }
}
