package io.filedrop.hubspot.page;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.Entry;
import io.filedrop.hubspot.run.JournalLook;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Reports;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * What happened to one listing, in the runs that are kept and in those under way, the newest first.
 * Reads their files once from end to end; stops after some time or some hits, and says so.
 */
@Singleton
public class LookUp {

    private static final Logger LOG = Logger.getLogger(LookUp.class);
    private static final int HITS = 100;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Reports reports;
    private final KeptFiles files;
    private final Claims claims;

    /** Each reads whole files; a few people may look at once, not all. */
    private final Semaphore turns = new Semaphore(2);

    /** One outcome of the listing, or one reason why it has not a better one. */
    public record Hit(
            String run,
            String file,
            Instant at,
            boolean confirmed,
            String line,
            String id,
            String hubspotId,
            String code,
            String property,
            String value,
            String message) {

        /** When its run began, for people. */
        public String started() {
            return Clocks.minute(at);
        }
    }

    /**
     * Everything that was found.
     *
     * @param runs looked through
     * @param whole whether all that are kept were looked through
     */
    public record Found(List<Hit> hits, int runs, boolean whole) {}

    @Inject
    public LookUp(Reports reports, KeptFiles files, Claims claims) {
        this.reports = reports;
        this.files = files;
        this.claims = claims;
    }

    /** {@code id} as the file gives it, or HubSpot's record id. */
    public Found listing(String id) throws IOException, InterruptedException {
        turns.acquire();
        try {
            return look(id);
        } finally {
            turns.release();
        }
    }

    private Found look(String id) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<Hit> hits = new ArrayList<>();
        int runs = 0;
        for (Path folder : claims.folders()) {
            underWay(folder, id, hits);
            runs++;
        }
        for (Reports.Summary run : reports.newest(Integer.MAX_VALUE)) {
            if (hits.size() >= HITS || System.nanoTime() - deadline > 0) {
                return new Found(hits, runs, false);
            }
            if (!run.status().equals("parked")) {
                Optional<Path> reasons = files.find(run, KeptFiles.Kind.REASONS);
                if (reasons.isPresent()) {
                    read(reasons.get(), run, id, hits);
                }
                Optional<Path> succeeded = files.find(run, KeptFiles.Kind.SUCCEEDED);
                if (succeeded.isPresent()) {
                    read(succeeded.get(), run, id, hits);
                }
                runs++;
            }
        }
        return new Found(hits, runs, true);
    }

    private static void read(Path file, Reports.Summary run, String id, List<Hit> hits)
            throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                String own = row.getField("id");
                String hubspotId = row.findField("hubspot_id").orElse("");
                // A reasons file puts a quote before what a spreadsheet would compute.
                if (own.equals(id) || own.equals("'" + id) || hubspotId.equals(id)) {
                    hits.add(
                            new Hit(
                                    run.run(),
                                    run.file(),
                                    run.startedAt(),
                                    row.findField("code").isEmpty(),
                                    row.getField("line"),
                                    own,
                                    hubspotId,
                                    row.findField("code").orElse(""),
                                    row.findField("property").orElse(""),
                                    row.findField("value").orElse(""),
                                    row.findField("message").orElse("")));
                    if (hits.size() >= HITS) {
                        return;
                    }
                }
            }
        }
    }

    private static void underWay(Path folder, String id, List<Hit> hits) {
        List<Outcome> own = new ArrayList<>();
        try {
            Entry.Claimed claimed =
                    JournalLook.at(
                            folder,
                            outcome -> {
                                if (own.size() < HITS
                                        && (outcome.id().equals(id)
                                                || outcome.hubspotId().equals(id))) {
                                    own.add(outcome);
                                }
                            });
            own.forEach(outcome -> hits.addAll(hits(claimed, outcome)));
        } catch (IOException e) {
            // Over meanwhile, and then among the reports; or damaged, which the run itself tells.
            LOG.debugf(e, "%s", folder);
        }
    }

    private static List<Hit> hits(Entry.Claimed claimed, Outcome outcome) {
        List<Reason> reasons =
                outcome.reasons().isEmpty()
                        ? List.of(new Reason("", "", "", "", ""))
                        : outcome.reasons();
        return reasons.stream()
                .map(
                        reason ->
                                new Hit(
                                        claimed.run(),
                                        claimed.file(),
                                        claimed.claimedAt(),
                                        outcome.kind() == Outcome.Kind.CONFIRMED,
                                        outcome.position().place(),
                                        outcome.id(),
                                        outcome.hubspotId(),
                                        reason.code(),
                                        reason.property(),
                                        reason.value(),
                                        reason.message()))
                .toList();
    }
}
