package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long is looked for a listing, by a clock that goes on whenever somebody looks at it. */
class LookUpTest {

    private static final String RUN = "20261124T000000000Z";
    private static final int ROWS = 20_000;

    @TempDir Path directory;

    private final AtomicLong clock = new AtomicLong();
    private ClaimedRun rooms;

    @BeforeEach
    void runOneFile() throws Exception {
        rooms = new ClaimedRun(directory, Map.of());
        Files.writeString(
                Files.createDirectories(directory.resolve("reports")).resolve(RUN + ".json"),
                """
                {"run": "%s", "file": "a.csv", "status": "completed", "rows": %d, "confirmed": %d,
                 "startedAt": "2026-11-24T00:00:00Z", "finishedAt": "2026-11-24T00:00:01Z"}
                """
                        .formatted(RUN, ROWS, ROWS));
        Files.writeString(
                Files.createDirectories(directory.resolve("succeeded").resolve(RUN))
                        .resolve("a.csv.succeeded.csv"),
                IntStream.rangeClosed(1, ROWS)
                        .mapToObj(id -> (id + 1) + "," + id + "," + id + ",t\n")
                        .collect(Collectors.joining("", "line,id,hubspot_id,updated_at\n", "")));
    }

    @Test
    void readsFilesToTheirEnds() throws Exception {
        LookUp.Found found = lookUp(Duration.ZERO).listing(Integer.toString(ROWS));
        assertThat(found.hits()).hasSize(1);
        assertThat(found.whole()).isTrue();
    }

    @Test
    void stopsInTheMiddleOfAFileThatTakesTooLong() throws Exception {
        LookUp slow = lookUp(Duration.ofSeconds(3));
        assertThat(slow.listing("1").hits()).as("what was found until then").hasSize(1);
        LookUp.Found found = slow.listing(Integer.toString(ROWS));
        assertThat(found.hits()).isEmpty();
        assertThat(found.whole()).isFalse();
        assertThat(found.runs()).isEqualTo(1);
    }

    /** Each look at the clock takes so long. */
    private LookUp lookUp(Duration perLook) {
        return new LookUp(
                new Reports(rooms.settings),
                new KeptFiles(rooms.settings),
                rooms.claims,
                () -> clock.getAndAdd(perLook.toNanos()));
    }
}
