package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.filedrop.hubspot.sftp.SftpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines see of the packaged program: health, metrics and logs. */
class OperationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Product product;

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void countsRecordsCallsAndRunsAndLogsOneObjectPerLine() throws Exception {
        try (Sandbox hubspot =
                new Sandbox(SandboxSettings.defaults().withRateLimit(1000)).start()) {
            product = new Product(folder, hubspot.port());
            product.with("DROP_ONCE", "false").with("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
            SftpServer nobody = new SftpServer(folder.resolve("elsewhere"));
            nobody.writeKnownHosts(1);
            product.with("DROP_SFTP_MADRID_HOST", "127.0.0.1")
                    .with("DROP_SFTP_MADRID_PORT", "1")
                    .with("DROP_SFTP_MADRID_USERNAME", "drop")
                    .with("DROP_SFTP_MADRID_KNOWN_HOSTS_FILE", nobody.knownHosts().toString())
                    .with("DROP_SFTP_MADRID_PASSWORD_FILE", nobody.newPassword("word").toString());
            product.write(
                    "config/mappings/portal.yaml",
                    """
                    files: ["portal*.csv"]
                    expected: PT24H
                    id: {column: id, property: hs_object_id}
                    properties: {hs_price: price}
                    """);
            product.drop("portal-4711.csv", "id,price\n4711,1\n4712,secret-value\n4713,3\n");
            product.start();
            waitFor(() -> product.reports().size() == 1);

            String metrics = get("/q/metrics").body();
            assertThat(metrics)
                    .contains("filedrop_records_total{code=\"none\",outcome=\"confirmed\"} 2.0")
                    .contains(
                            "filedrop_records_total{code=\"BAD_NUMBER\",outcome=\"failed\"}"
                                    + " 1.0")
                    .contains("filedrop_runs_total{status=\"completed\"} 1.0")
                    .containsPattern("filedrop_hubspot_calls_seconds_count\\{[^}]*200\"} [1-9]")
                    .containsPattern("filedrop_batch_seconds_bucket\\{le=\"\\+Inf\"} 1.0")
                    .contains("filedrop_hubspot_limit 1000.0")
                    .contains("filedrop_hubspot_limit_left 99")
                    .contains("filedrop_waited_seconds_total{reason=\"rate-limit\"}")
                    .contains("filedrop_inbox_oldest_age_seconds 0.0")
                    .containsPattern(
                            "filedrop_feed_last_age_seconds\\{mapping=\"portal.yaml\"} \\d")
                    .contains("filedrop_feed_expected_seconds{mapping=\"portal.yaml\"} 86400.0")
                    .containsPattern("camel_exchanges_total\\{[^}]*routeId=\"deliver-batch\"} 1.0");
            assertThat(metrics)
                    .as("ids and names of files are no labels")
                    .doesNotContainPattern("=\"[^\"]*4711")
                    .doesNotContain("portal-");

            assertThat(metrics).contains(namesUsedIn("k8s/components/monitoring"));

            String run = product.report().get("run").asText();
            List<JsonNode> ofRun = new ArrayList<>();
            for (String line : product.log().lines().toList()) {
                JsonNode event = JSON.readTree(line);
                if (event.path("mdc").path("run").asText().equals(run)) {
                    ofRun.add(event);
                }
            }
            assertThat(ofRun)
                    .extracting(event -> event.get("message").asText())
                    .anyMatch(message -> message.contains("taken as run " + run))
                    .anyMatch(message -> message.contains("2 confirmed"));
            assertThat(product.log()).doesNotContain("secret-value");
        }
    }

    @Test
    void startsWithoutHubSpotAndSaysWhatIsMissingWithoutBeingDown() throws Exception {
        // Nobody listens there.
        product = new Product(folder, 1).with("DROP_ONCE", "false");
        product.drop("listings.csv", "id,hs_price\n1,2\n");
        product.start();
        waitFor(() -> get("/q/health/started").statusCode() == 200);
        waitFor(() -> get("/q/health/ready").body().contains("no connection to 127.0.0.1"));

        HttpResponse<String> ready = get("/q/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/q/metrics").body())
                .contains("filedrop_hubspot_away 1.0")
                .containsPattern("filedrop_hubspot_calls_seconds_count\\{[^}]*not-sent\"} [1-9]");
    }

    @Test
    void explainsANameThatTheLocaleCannotWriteToWhoeverDropsItThroughThePage() throws Exception {
        String hash = BCrypt.withDefaults().hashToString(4, "let me in".toCharArray());
        Path users = Files.writeString(folder.resolve("users"), "ana:" + hash + "\n");
        product =
                new Product(folder, 1)
                        .fromCache()
                        .with("DROP_ONCE", "false")
                        .with("DROP_PAGE_USERS_FILE", users.toString())
                        .with("LC_ALL", "C");
        product.start();
        String edge = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"";
        String body = edge + "Wohnung_M\u00fcnchen.csv\"\r\n\r\nid\n1\n\r\n--edge--\r\n";
        String login = Base64.getEncoder().encodeToString("ana:let me in".getBytes());
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(uri("/inbox"))
                                .header("Authorization", "Basic " + login)
                                .header("Content-Type", "multipart/form-data; boundary=edge")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("Wohnung_M\u00fcnchen.csv").contains("cannot write");
        assertThat(product.files("inbox")).isEmpty();
    }

    /** The metrics that dashboard and alerts ask for. */
    private static List<String> namesUsedIn(String directory) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : List.of("prometheusrule.yaml", "dashboard.json")) {
            Matcher name =
                    Pattern.compile("\\b(filedrop|camel)_[a-z_]+")
                            .matcher(Files.readString(Path.of(directory, file)));
            while (name.find()) {
                names.add(name.group());
            }
        }
        assertThat(names).hasSizeGreaterThan(12);
        return List.copyOf(names);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void waitFor(Condition condition) throws IOException {
        Awaitility.await(product.log())
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::holds);
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private URI uri(String path) throws IOException {
        Matcher listening = LISTENING.matcher(product.log());
        waitFor(() -> listening.reset(product.log()).find());
        return URI.create("http://127.0.0.1:" + listening.group(1) + path);
    }
}
