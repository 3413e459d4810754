package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.mapping.Mappings;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Drops;
import io.filedrop.hubspot.run.Holder;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Reports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedMetersTest {

    private static final double A_YEAR = Duration.ofDays(365).toSeconds();

    @TempDir Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DropSettings drop;
    private Lease lease;

    @BeforeEach
    void bind() throws Exception {
        Path mappings = Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(
                mappings.resolve("portal.yaml"),
                """
                files: ["portal*.csv"]
                expected: PT24H
                id: {column: id, property: hs_object_id}
                properties: {hs_price: price}
                """);
        drop = Drops.in(folder.resolve("drop"));
        lease =
                new Lease(
                        Files.createDirectories(drop.folders().inProgress()),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Holder.ofThisProcess(),
                        System::nanoTime);
        new FeedMeters(Mappings.load(mappings, ""), new Reports(drop), lease).bindTo(registry);
    }

    @Test
    void countFromTheFirstWorkOfAMappingWithoutAnyFile() throws Exception {
        work();
        assertThat(age()).isLessThan(A_YEAR);
    }

    /** As long as another instance works, its files are not heard of here. */
    @Test
    void tellNothingUntilTheInstanceWorksAndThenOfTheOnesBefore() throws Exception {
        assertThat(age()).isNaN();
        Files.writeString(
                Files.createDirectories(drop.folders().reports())
                        .resolve("20200101T000000000Z.json"),
                """
                {"run": "20200101T000000000Z", "file": "portal.csv", "status": "completed",
                 "mapping": "portal.yaml", "startedAt": "2020-01-01T00:00:00Z",
                 "finishedAt": "2020-01-01T00:00:01Z"}
                """);
        assertThat(age()).isNaN();
        work();
        assertThat(age())
                .isGreaterThan(5 * A_YEAR)
                .isLessThanOrEqualTo(
                        Duration.between(Instant.parse("2020-01-01T00:00:00Z"), Instant.now())
                                        .toSeconds()
                                + 1);
    }

    private void work() throws Exception {
        lease.beat();
        lease.ready();
        assertThat(lease.isHeld()).isTrue();
    }

    private double age() {
        return registry.get("filedrop.feed.last.age.seconds")
                .tag("mapping", "portal.yaml")
                .gauge()
                .value();
    }
}
