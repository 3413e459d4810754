package io.filedrop.hubspot.run;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** The reports that are kept. Reads each once, and again when it was replaced. */
@Singleton
public class Reports {

    private static final Logger LOG = Logger.getLogger(Reports.class);

    /** A report has a few dozen lines; what is longer is somebody else's file. */
    private static final long LONGEST = 1 << 20;

    /** An id of a run, and with it part of a path. */
    private static final String RUN_ID = "[0-9A-Za-z-]{1,64}";

    private final Path folder;
    private Map<String, Kept> kept = Map.of();

    /**
     * What a report says; see contract of {@code reports/<run>.json}.
     *
     * @param codes count per error code
     */
    public record Summary(
            String run,
            String file,
            String source,
            String status,
            String reason,
            String mapping,
            String repeatOf,
            long bytes,
            long rows,
            long confirmed,
            long unchanged,
            long failed,
            long unknown,
            long notSent,
            long calls,
            Instant startedAt,
            Instant finishedAt,
            Map<String, Long> codes) {}

    private record Kept(FileTime modified, Optional<Summary> summary) {}

    @Inject
    public Reports(DropSettings drop) {
        this.folder = drop.folders().reports();
    }

    /** The newest reports, the newest first. */
    public List<Summary> newest(int most) {
        return all().values().stream()
                .flatMap(one -> one.summary().stream())
                .sorted(Comparator.comparing(Summary::run).reversed())
                .limit(most)
                .toList();
    }

    /** The report of that run, if there is one. */
    public Optional<Summary> of(String run) {
        return run.matches(RUN_ID)
                ? Optional.ofNullable(all().get(run + ".json")).flatMap(Kept::summary)
                : Optional.empty();
    }

    private synchronized Map<String, Kept> all() {
        Map<String, Kept> found = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try {
                for (Path file : FolderContents.of(folder, "*.json")) {
                    String name = file.getFileName().toString();
                    found.put(name, look(file, kept.get(name)));
                }
            } catch (IOException e) {
                LOG.warnf("%s cannot be read: %s", folder, e.getMessage());
            }
        }
        kept = found;
        return found;
    }

    private static Kept look(Path file, Kept before) {
        FileTime modified = FileTime.fromMillis(0);
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            modified = now.lastModifiedTime();
            if (before != null && before.modified().equals(modified)) {
                return before;
            }
            if (now.isRegularFile() && now.size() <= LONGEST) {
                return new Kept(modified, read(Json.mapper().readTree(file.toFile()), file));
            }
        } catch (IOException | DateTimeException e) {
            LOG.warnf("%s is not a report: %s", file, e.getClass().getSimpleName());
        }
        return new Kept(modified, Optional.empty());
    }

    private static Optional<Summary> read(JsonNode report, Path file) {
        String run = report.path("run").asText();
        if (!file.getFileName().toString().equals(run + ".json")) {
            return Optional.empty();
        }
        Map<String, Long> codes = new TreeMap<>();
        report.path("codes")
                .properties()
                .forEach(c -> codes.put(c.getKey(), c.getValue().asLong()));
        return Optional.of(
                new Summary(
                        run,
                        report.path("file").asText(),
                        report.path("source").asText(),
                        report.path("status").asText(),
                        report.path("reason").asText(),
                        report.path("mapping").asText(),
                        report.path("repeatOf").asText(),
                        report.path("bytes").asLong(),
                        report.path("rows").asLong(),
                        report.path("confirmed").asLong(),
                        report.path("unchanged").asLong(),
                        report.path("failed").asLong(),
                        report.path("unknown").asLong(),
                        report.path("notSent").asLong(),
                        report.path("calls").asLong(),
                        Instant.parse(report.path("startedAt").asText()),
                        Instant.parse(report.path("finishedAt").asText()),
                        codes));
    }
}
