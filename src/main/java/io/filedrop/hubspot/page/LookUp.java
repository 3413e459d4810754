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
import java.util.function.LongSupplier;
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

    /** Rows between two looks at the clock; so many are read in a moment. */
    private static final int ROWS_AT_ONCE = 1000;

    private final Reports reports;
    private final KeptFiles files;
    private final Claims claims;
    private final LongSupplier nanoTime;

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
        this(reports, files, claims, System::nanoTime);
    }

    LookUp(Reports reports, KeptFiles files, Claims claims, LongSupplier nanoTime) {
        this.reports = reports;
        this.files = files;
        this.claims = claims;
        this.nanoTime = nanoTime;
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
        Search search = new Search(id);
        int runs = 0;
        for (Path folder : claims.folders()) {
            if (search.isOver()) {
                break;
            }
            search.underWay(folder);
            runs++;
        }
        for (Reports.Summary run : reports.newest(Integer.MAX_VALUE)) {
            if (search.isOver()) {
                break;
            }
            if (!run.status().equals("parked")) {
                Optional<Path> reasons = files.find(run, KeptFiles.Kind.REASONS);
                if (reasons.isPresent()) {
                    search.read(reasons.get(), run);
                }
                Optional<Path> succeeded = files.find(run, KeptFiles.Kind.SUCCEEDED);
                if (succeeded.isPresent()) {
                    search.read(succeeded.get(), run);
                }
                runs++;
            }
        }
        return new Found(search.hits, runs, !search.stopped);
    }

    /** One search: what was found so far, and whether it has to stop. */
    private final class Search {

        private final String id;
        private final List<Hit> hits = new ArrayList<>();
        private final long deadline = nanoTime.getAsLong() + LONGEST.toNanos();
        private long rows;
        private boolean stopped;

        Search(String id) {
            this.id = id;
        }

        /** Whether it has to stop; who asks does so then. */
        boolean isOver() {
            stopped |= hits.size() >= HITS || nanoTime.getAsLong() - deadline > 0;
            return stopped;
        }

        /** The same for each row, which are too many to ask the clock for each. */
        private boolean isOverInAFile(int found) {
            stopped |= found >= HITS || ++rows % ROWS_AT_ONCE == 0 && isOver();
            return stopped;
        }

        void read(Path file, Reports.Summary run) throws IOException {
            try (CsvReader<NamedCsvRecord> all = CsvReader.builder().ofNamedCsvRecord(file)) {
                for (NamedCsvRecord row : all) {
                    if (isOverInAFile(hits.size())) {
                        return;
                    }
                    String own = row.getField("id");
                    String hubspotId = row.findField("hubspot_id").orElse("");
                    // A reasons file puts a quote before what a spreadsheet would compute.
                    if (own.equals(id) || own.equals("'" + id) || hubspotId.equals(id)) {
                        hits.add(hit(row, run, hubspotId));
                    }
                }
            }
        }

        void underWay(Path folder) {
            List<Outcome> own = new ArrayList<>();
            try {
                Entry.Claimed claimed =
                        JournalLook.at(
                                folder,
                                outcome -> {
                                    if (outcome.id().equals(id) || outcome.hubspotId().equals(id)) {
                                        own.add(outcome);
                                    }
                                    return !isOverInAFile(hits.size() + own.size());
                                });
                own.forEach(outcome -> hits.addAll(hits(claimed, outcome)));
            } catch (IOException e) {
                // Over meanwhile, and then among the reports; or damaged, which the run itself
                // tells.
                LOG.debugf(e, "%s", folder);
            }
        }
    }

    private static Hit hit(NamedCsvRecord row, Reports.Summary run, String hubspotId) {
        return new Hit(
                run.run(),
                run.file(),
                run.startedAt(),
                row.findField("code").isEmpty(),
                row.getField("line"),
                row.getField("id"),
                hubspotId,
                row.findField("code").orElse(""),
                row.findField("property").orElse(""),
                row.findField("value").orElse(""),
                row.findField("message").orElse(""));
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
