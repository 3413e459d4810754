package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on, and ends, with the mapping it began with. */
class KeptMappingsTest {

    @TempDir Path folder;

    private ClaimedRun claimed;
    private Path inProgress;

    @BeforeEach
    void claim() throws Exception {
        claimed = new ClaimedRun(folder.resolve("drop"), Map.of());
        inProgress = claimed.claim("export.csv", "REF,PRICE\n1,2\n");
    }

    private KeptMappings configured(String yaml) throws Exception {
        Path config = Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(config.resolve("portal.yaml"), yaml);
        return new KeptMappings(Mappings.load(config, ""), claimed.files, "");
    }

    private static String mapping(String property) {
        return "files: [\"export*.csv\"]\nid: {column: REF}\nproperties: {%s: PRICE}\n"
                .formatted(property);
    }

    private void begin(KeptMappings mappings) throws Exception {
        try (Run run = claimed.runs.open(inProgress)) {
            Optional<Mapping> mapping = mappings.of(run);
            mappings.keep(run, mapping);
            claimed.runs.begin(
                    run,
                    mapping.map(Mapping::name).orElse(""),
                    mapping.map(Mapping::sha256).orElse(""));
        }
    }

    @Test
    void goesOnWithTheMappingItBeganWith() throws Exception {
        begin(configured(mapping("hs_price")));
        KeptMappings later = configured(mapping("hs_city"));

        try (Run run = claimed.runs.open(inProgress)) {
            assertThat(later.of(run).orElseThrow().properties()).containsOnlyKeys("hs_price");
            assertThat(later.of(run).orElseThrow().name()).isEqualTo("portal.yaml");
        }
    }

    @Test
    void takesTheMappingOfTodayWhileTheRunHasNotBegun() throws Exception {
        configured(mapping("hs_price"));
        KeptMappings later = configured(mapping("hs_city"));

        try (Run run = claimed.runs.open(inProgress)) {
            assertThat(later.of(run).orElseThrow().properties()).containsOnlyKeys("hs_city");
        }
    }

    @Test
    void staysWithoutAMappingWhenItBeganWithoutOne() throws Exception {
        begin(new KeptMappings(Mappings.load(folder.resolve("none"), ""), claimed.files, ""));
        KeptMappings later = configured(mapping("hs_city"));

        try (Run run = claimed.runs.open(inProgress)) {
            assertThat(later.of(run)).isEmpty();
        }
        assertThat(later.layoutIn(inProgress)).isEqualTo(io.filedrop.hubspot.feed.Layout.UNSAID);
    }

    @Test
    void doesNotGoOnWithAKeptMappingThatSomebodyChanged() throws Exception {
        KeptMappings mappings = configured(mapping("hs_price"));
        begin(mappings);
        Files.writeString(inProgress.resolve(KeptMappings.FILE_NAME), mapping("hs_city"));

        try (Run run = claimed.runs.open(inProgress)) {
            assertThatThrownBy(() -> mappings.of(run))
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining("portal.yaml");
        }
    }
}
