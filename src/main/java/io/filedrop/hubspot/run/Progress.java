package io.filedrop.hubspot.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says to people how far a run is: a line when it begins, some on the way, one at the end. */
public final class Progress {

    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final DropSettings settings;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    private static final class Pace {
        private final long beganAt = System.nanoTime();
        private final long rowsBefore;
        private long toldAt = beganAt;

        Pace(long rowsBefore) {
            this.rowsBefore = rowsBefore;
        }
    }

    public Progress(DropSettings settings) {
        this.settings = settings;
    }

    void begin(Run run) {
        paces.put(run.id(), new Pace(run.rowsSettled()));
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
        double seconds = (now - pace.beganAt) / 1e9;
        double rate = (run.rowsSettled() - pace.rowsBefore) / seconds;
        LOG.infof(
                "%s: %s rows settled, %s of them failed, %s rows/s%s.",
                Words.name(run.claimed().file()),
                Words.count(run.rowsSettled()),
                Words.count(run.rowsFailed()),
                Words.count(Math.round(rate)),
                left(run, rate));
    }

    /** The time left, by how much of the file is read; nobody knows its rows before the end. */
    private static String left(Run run, double rate) {
        double part = run.partRead();
        if (part <= 0 || rate <= 0) {
            return "";
        }
        double rows = run.rowsRead() / part;
        long seconds = Math.round((rows - run.rowsSettled()) / rate);
        return seconds <= 0
                ? ""
                : ", about " + Words.duration(Duration.ofSeconds(seconds)) + " left";
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
                            "%s: parked with %s of %s rows not sent, because %s. Goes on at %s."
                                    + " Report: %s",
                            file,
                            Words.count(report.notSent()),
                            Words.count(report.rows()),
                            report.reason(),
                            run.stopped().map(Run.Stop::until).orElseThrow(),
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
