package io.filedrop.hubspot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alerts call somebody on the nights they are for, as Prometheus itself evaluates them. */
class AlertsTest {

    private static final Path MONITORING = Path.of("k8s/components/monitoring");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;

    @BeforeEach
    void needsPromtool() throws Exception {
        boolean there;
        try {
            there = new ProcessBuilder("promtool", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            System.err.println(
                    "SKIPPED: no promtool on this machine, so the alerts and the dashboard are NOT"
                            + " evaluated.");
        }
        assumeThat(there).as("promtool is there").isTrue();
    }

    @Test
    void fireOnTheNightsTheyAreForAndOnNoOther() throws Exception {
        Files.write(folder.resolve("rules.yml"), JSON.writeValueAsBytes(rules()));
        Files.copy(
                Path.of("src/test/resources/alerts/nights.yml"),
                folder.resolve("nights.yml"),
                StandardCopyOption.REPLACE_EXISTING);
        promtool("check", "rules", "rules.yml");
        promtool("test", "rules", "nights.yml");
    }

    @Test
    void everyQueryOfTheDashboardIsOne() throws Exception {
        List<Map<String, String>> records = new ArrayList<>();
        JsonNode dashboard = JSON.readTree(MONITORING.resolve("dashboard.json").toFile());
        for (JsonNode query : dashboard.findValues("expr")) {
            String expr = query.asText().replace("$__rate_interval", "1m");
            records.add(Map.of("record", "query:" + records.size(), "expr", expr));
        }
        assertThat(records).hasSizeGreaterThan(10);
        Files.write(
                folder.resolve("queries.yml"),
                JSON.writeValueAsBytes(
                        Map.of("groups", List.of(Map.of("name", "dashboard", "rules", records)))));
        promtool("check", "rules", "queries.yml");
    }

    /** As Prometheus reads them, without what the operator wraps around. */
    private static Object rules() throws IOException {
        Object rule =
                new Load(LoadSettings.builder().build())
                        .loadFromString(
                                Files.readString(MONITORING.resolve("prometheusrule.yaml")));
        return ((Map<?, ?>) rule).get("spec");
    }

    private void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
    }
}
