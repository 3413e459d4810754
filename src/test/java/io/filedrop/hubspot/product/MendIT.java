package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that a person has to mend: the others go on, and none of its listings is overtaken. */
class MendIT {

    private static final Map<String, String> OLD = Map.of("hs_city", "old");
    private static final Map<String, String> NEW = Map.of("hs_city", "new");

    @TempDir Path folder;

    @Test
    void aDamagedJournalHoldsBackItsListingsOnlyUntilItIsMended() throws Exception {
        SandboxSettings quotaGoneAtFirst =
                SandboxSettings.defaults().withFaults(Fault.parse("daily@1"));
        try (Sandbox hubspot = new Sandbox(quotaGoneAtFirst).start();
                Product product = new Product(folder, hubspot.port())) {
            product.drop("a.csv", "id,hs_city\n1,old\n2,old\n");
            assertThat(product.run()).as(product.log()).isEqualTo(3);
            Path journal = product.files("in-progress").get(0);
            assertThat(journal).hasFileName(".journal");
            byte[] whole = Files.readAllBytes(journal);
            byte[] damaged = whole.clone();
            damaged[20] ^= 4;
            Files.write(journal, damaged);
            product.drop("b.csv", "id,hs_city\n1,new\n9,new\n");
            product.drop("c.csv", "id,hs_city\n8,new\n");

            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            product.with("DROP_ONCE", "false").with("QUARKUS_HTTP_PORT", "" + port);
            Process process = product.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(100))
                    .until(() -> product.reports().size() == 3 && hubspot.records().size() == 2);
            String ready = get(port, "/q/health/ready");
            String metrics = get(port, "/q/metrics");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(hubspot.records()).isEqualTo(Map.of("8", NEW, "9", NEW));
            assertThat(ready)
                    .contains(journal.getParent().getFileName() + "\": \"The journal ")
                    .contains(journal + " is damaged at byte 0");
            assertThat(metrics).containsPattern("filedrop_runs_to_mend(\\{[^}]*\\})? 1\\.0");
            List<JsonNode> reports = product.reports();
            assertThat(reports.get(1).get("status").asText()).isEqualTo("parked");
            assertThat(reports.get(1).get("notSent").asInt()).isEqualTo(1);
            assertThat(reports.get(1).get("reason").asText()).contains("waits for a person");
            assertThat(product.log()).contains("Goes on when the earlier file is through.");
            assertThat(reports.get(2).get("status").asText()).isEqualTo("completed");
            assertThat(Files.readAllBytes(journal)).isEqualTo(damaged);

            Files.write(journal, whole);
            product.with("DROP_ONCE", "true").with("QUARKUS_HTTP_PORT", "0");
            assertThat(product.run()).as(product.log()).isZero();

            assertThat(hubspot.records()).isEqualTo(Map.of("1", NEW, "2", OLD, "8", NEW, "9", NEW));
            assertThat(hubspot.writes("1")).containsExactly(OLD, NEW);
            assertThat(hubspot.writes("9")).hasSize(1);
        }
    }

    private static String get(int port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
