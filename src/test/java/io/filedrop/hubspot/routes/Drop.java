package io.filedrop.hubspot.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filedrop.hubspot.run.DropSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Drops files into the running application, and waits for their accounts. */
final class Drop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong COUNT = new AtomicLong();

    private final DropSettings.Folders folders;

    Drop(DropSettings settings) {
        this.folders = settings.folders();
    }

    /** Drops a file of that content, and gives the report of its run when it is over. */
    JsonNode andWait(String content) throws IOException {
        return await(put(content));
    }

    /** Drops a file of that content, and gives its name. */
    String put(String content) throws IOException {
        String name = "file-" + COUNT.incrementAndGet() + ".csv";
        put(name, content.getBytes(StandardCharsets.UTF_8));
        return name;
    }

    /** Drops a file of that name and content, and gives the report of its run when it is over. */
    JsonNode andWait(String name, byte[] content) throws IOException {
        put(name, content);
        return await(name);
    }

    /** Drops a file of that name and content; the name must be a new one. */
    private void put(String name, byte[] content) throws IOException {
        Files.createDirectories(folders.inbox());
        Path written = Files.write(folders.directory().resolve(name), content);
        Files.move(written, folders.inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The report of that file's run when it is over. */
    JsonNode await(String name) {
        return await(name, r -> !Files.exists(folders.inProgress().resolve(r.get("run").asText())));
    }

    /** The report of that file's run when it says so. */
    JsonNode awaitStatus(String name, String status) {
        return await(name, r -> status.equals(r.get("status").asText()));
    }

    private JsonNode await(String name, Predicate<JsonNode> enough) {
        JsonNode report =
                Awaitility.await(name)
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> report(name), found -> found != null && enough.test(found));
        assertCloses(report);
        return report;
    }

    /** Whether that file has a report by the time it was looked for some times. */
    boolean looksTenTimesAndSeesIn(String name) throws IOException {
        int[] looks = {0};
        Awaitility.await(name)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> report(name) != null || ++looks[0] >= 10);
        return report(name) != null;
    }

    private JsonNode report(String file) throws IOException {
        if (!Files.isDirectory(folders.reports())) {
            return null;
        }
        try (Stream<Path> reports = Files.list(folders.reports())) {
            List<Path> newest =
                    reports.filter(f -> f.toString().endsWith(".json")).sorted().toList();
            for (int i = newest.size() - 1; i >= 0 && i >= newest.size() - 3; i--) {
                JsonNode report = JSON.readTree(newest.get(i).toFile());
                if (file.equals(report.path("file").asText())) {
                    return report;
                }
            }
        }
        return null;
    }

    private static void assertCloses(JsonNode report) {
        long sum = 0;
        for (String count : List.of("confirmed", "unchanged", "failed", "unknown", "notSent")) {
            sum += report.get(count).asLong();
        }
        assertThat(sum).as("the account of %s", report).isEqualTo(report.get("rows").asLong());
    }

    /** The lines of a file of that run, without the header; none when there is no such file. */
    List<String> lines(String where, JsonNode report, String ending) throws IOException {
        Path file =
                folders.directory()
                        .resolve(where)
                        .resolve(report.get("run").asText())
                        .resolve(report.get("file").asText() + ending);
        return Files.exists(file) ? Files.readAllLines(file).stream().skip(1).toList() : List.of();
    }
}
