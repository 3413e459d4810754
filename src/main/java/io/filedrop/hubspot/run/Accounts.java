package io.filedrop.hubspot.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Closes the account of a run: derives succeeded, failed, reasons and report from its journal, in
 * one pass, and checks that every row has exactly one outcome. The files are made in the run's own
 * folder, under names that are never taken as update files.
 */
public final class Accounts {

    private static final String[] SUCCEEDED = {"line", "id", "hubspot_id", "updated_at"};
    private static final String[] REASONS = {
        "line", "id", "code", "property", "value", "message", "correlation_id"
    };

    private final DurableFiles files;
    private final Originals originals;
    private final Clock clock;
    private final String version;

    public Accounts(DurableFiles files, Originals originals, Clock clock, String version) {
        this.files = files;
        this.originals = originals;
        this.clock = clock;
        this.version = version;
    }

    /** The account of a run that is through, or was refused. Can be made again after a crash. */
    public Account close(Run run) throws IOException {
        Entry closed =
                run.closed()
                        .orElseThrow(() -> new IllegalStateException(run.id() + " is not through"));
        return closed instanceof Entry.Refused refused
                ? refuse(run, refused.reason())
                : complete(run, ((Entry.ReadToEnd) closed).rows());
    }

    /** The report of a run that goes on later; no other file is due yet. */
    public Account park(Run run, String reason, long rows) throws IOException {
        Report report = report(run.claimed(), Report.Status.PARKED, reason);
        report.rows(rows);
        read(run.folder(), report, outcome -> {});
        report.calls(run.calls());
        report.check();
        return new Account(report, List.of(reportFile(run.folder(), report)));
    }

    /** The report of a run whose files are all handed out, as far as its journal tells it. */
    Report told(Path folder) throws IOException {
        History history = History.read(folder);
        Report report =
                report(
                        history.claimed(),
                        history.closed().orElseThrow() instanceof Entry.Refused
                                ? Report.Status.REFUSED
                                : Report.Status.COMPLETED,
                        "");
        read(folder, report, outcome -> {});
        return report;
    }

    private Account refuse(Run run, Reason reason) throws IOException {
        Path folder = run.folder();
        Report report = report(run.claimed(), Report.Status.REFUSED, reason.message());
        run.opened().ifPresent(report::opened);
        report.refusedWith(reason);
        String name = run.claimed().file();
        Path original = folder.resolve(name);
        Path reasons = folder.resolve(".reasons.csv");
        files.prepare(
                reasons,
                out -> {
                    try (CsvWriter csv = csv(out)) {
                        csv.writeRecord(REASONS);
                        writeReason(csv, "", "", reason);
                    }
                });
        OutcomeFile why = new OutcomeFile("failed", in(report, name + ".reasons.csv"), reasons);
        OutcomeFile account = reportFile(folder, report);
        boolean isRead = run.opened().filter(o -> !o.sha256().isEmpty()).isPresent();
        if (reason.code().equals(Code.FILE_TOO_LARGE.name()) && !isRead) {
            // There may be no room for it twice.
            return new Account(
                    report,
                    List.of(why, account, new OutcomeFile("failed", in(report, name), original)));
        }
        Path failed = folder.resolve(".failed");
        files.prepare(failed, out -> Files.copy(original, out));
        return new Account(
                report,
                List.of(
                        new OutcomeFile("failed", in(report, name), failed),
                        why,
                        account,
                        new OutcomeFile("archive", in(report, name), original)));
    }

    private Account complete(Run run, long rows) throws IOException {
        Path folder = run.folder();
        Report report = report(run.claimed(), Report.Status.COMPLETED, "");
        report.rows(rows);
        Path succeeded = folder.resolve(".succeeded.csv");
        Path reasons = folder.resolve(".reasons.csv");
        Path failed = folder.resolve(".failed");
        BitSet wanted = new BitSet();
        OutputStream noReasons = OutputStream.nullOutputStream();
        files.prepare(
                succeeded,
                succeededOut -> {
                    if (run.rowsFailed() == 0) {
                        // Nearly every small file: one sync less.
                        write(folder, report, succeededOut, noReasons, wanted);
                        requireNone(wanted, run);
                    } else {
                        files.prepare(
                                reasons, out -> write(folder, report, succeededOut, out, wanted));
                    }
                });
        report.check();
        String name = run.claimed().file();
        List<OutcomeFile> all = new ArrayList<>();
        if (report.count(Outcome.Kind.CONFIRMED) > 0) {
            all.add(new OutcomeFile("succeeded", in(report, name + ".succeeded.csv"), succeeded));
        }
        if (!wanted.isEmpty()) {
            Path file = folder.resolve(name);
            files.prepare(
                    failed, out -> originals.copy(file, o -> wanted.get(Math.toIntExact(o)), out));
            all.add(new OutcomeFile("failed", in(report, name), failed));
            all.add(new OutcomeFile("failed", in(report, name + ".reasons.csv"), reasons));
        }
        all.add(reportFile(folder, report));
        // The original last: as long as it lies here, the next start finds the run again.
        all.add(new OutcomeFile("archive", in(report, name), folder.resolve(name)));
        return new Account(report, all);
    }

    private static void requireNone(BitSet wanted, Run run) throws CannotGoOn {
        if (!wanted.isEmpty()) {
            throw new CannotGoOn(ToMend.FAILED_NOT_COUNTED.of(run.id()));
        }
    }

    private void write(
            Path folder, Report report, OutputStream succeeded, OutputStream reasons, BitSet wanted)
            throws IOException {
        try (CsvWriter confirmed = csv(succeeded);
                CsvWriter others = csv(reasons)) {
            confirmed.writeRecord(SUCCEEDED);
            others.writeRecord(REASONS);
            read(
                    folder,
                    report,
                    outcome -> {
                        String place = outcome.position().place();
                        if (outcome.kind() == Outcome.Kind.CONFIRMED) {
                            confirmed.writeRecord(
                                    place, outcome.id(), outcome.hubspotId(), outcome.updatedAt());
                        }
                        for (Reason reason : outcome.reasons()) {
                            writeReason(others, place, outcome.id(), reason);
                        }
                        if (outcome.isNotConfirmed()) {
                            wanted.set(Math.toIntExact(outcome.position().ordinal()));
                        }
                    });
        }
    }

    /** Adds everything the journal holds to the report, and shows each outcome. */
    private static void read(Path folder, Report report, Shown shown) throws IOException {
        BitSet seen = new BitSet();
        try (JournalReader reader = JournalReader.of(folder)) {
            Entry entry;
            while ((entry = reader.next()) != null) {
                if (entry instanceof Entry.Opened opened) {
                    report.opened(opened);
                } else if (entry instanceof Entry.Settled settled) {
                    report.calls(settled.calls());
                    for (Outcome outcome : settled.outcomes()) {
                        int ordinal = Math.toIntExact(outcome.position().ordinal());
                        if (seen.get(ordinal)) {
                            throw new CannotGoOn(
                                    ToMend.TWO_OUTCOMES.of(
                                            outcome.position().place(), report.claimed().run()));
                        }
                        seen.set(ordinal);
                        report.add(outcome);
                        shown.outcome(outcome);
                    }
                }
            }
        }
    }

    private interface Shown {
        void outcome(Outcome outcome) throws IOException;
    }

    private OutcomeFile reportFile(Path folder, Report report) throws IOException {
        Path file = folder.resolve(".report.json");
        files.draft(file, report::writeTo);
        return new OutcomeFile("reports", report.claimed().run() + ".json", file);
    }

    private Report report(Entry.Claimed claimed, Report.Status status, String reason) {
        return new Report(claimed, status, reason, clock.instant(), version);
    }

    private static String in(Report report, String name) {
        return report.claimed().run() + "/" + name;
    }

    private static void writeReason(CsvWriter csv, String place, String id, Reason reason) {
        csv.writeRecord(
                place,
                Spreadsheet.harmless(id),
                reason.code(),
                Spreadsheet.harmless(reason.property()),
                Spreadsheet.harmless(reason.value()),
                Spreadsheet.harmless(reason.message()),
                reason.correlationId());
    }

    private static CsvWriter csv(OutputStream out) {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
    }
}
