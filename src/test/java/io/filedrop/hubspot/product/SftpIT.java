package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.jcraft.jsch.KeyPair;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.filedrop.hubspot.sftp.SftpServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program picks files up from a real SFTP server, and sends the results back. */
class SftpIT {

    private static final String CANARY = "canary-pass-phrase";

    @TempDir Path folder;
    @TempDir Path there;

    private Sandbox hubspot;
    private Product product;
    private SftpServer server;

    @BeforeEach
    void start() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        server = new SftpServer(there).start();
        product = new Product(folder, hubspot.port()).fromCache();
        product.with("DROP_SFTP_ATTEMPTS", "2");
        source("MADRID", server.port(), server);
        product.with(
                "DROP_SFTP_MADRID_PRIVATE_KEY_FILE",
                server.newKey(KeyPair.ED25519, CANARY).toString());
        product.with(
                "DROP_SFTP_MADRID_PRIVATE_KEY_PASSPHRASE_FILE",
                server.secret("passphrase", CANARY).toString());
    }

    private void source(String name, int port, SftpServer known) {
        String prefix = "DROP_SFTP_" + name + "_";
        product.with(prefix + "HOST", "127.0.0.1");
        product.with(prefix + "PORT", Integer.toString(port));
        product.with(prefix + "USERNAME", "drop");
        product.with(prefix + "KNOWN_HOSTS_FILE", known.knownHosts().toString());
        product.with(prefix + "RESULTS_DIRECTORY", "results");
        product.with(prefix + "POLL_INTERVAL", "PT0.2S");
    }

    @AfterEach
    void stop() throws Exception {
        product.close();
        server.close();
        hubspot.close();
    }

    @Test
    void picksUpSendsAndGivesTheResultsBackInOneGo() throws Exception {
        server.put("feed.csv", "id,hs_price\n1,100\n2,no number\n");
        product.drop("local.csv", "id,hs_price\n3,300\n");

        assertThat(product.run()).as(product.log()).isEqualTo(2);

        assertThat(hubspot.records().get("1")).isEqualTo(Map.of("hs_price", "100"));
        assertThat(hubspot.records()).containsOnlyKeys("1", "3");
        JsonNode report =
                product.reports().stream()
                        .filter(r -> r.get("source").asText().equals("madrid"))
                        .findFirst()
                        .orElseThrow();
        String run = report.get("run").asText();
        assertThat(report.get("file").asText()).isEqualTo("feed.csv");
        assertThat(server.file("feed.csv")).doesNotExist();
        assertThat(server.file("done/feed.csv")).exists();
        assertThat(server.file("results/" + run + "/feed.csv"))
                .hasContent("id,hs_price\n2,no number\n");
        assertThat(server.file("results/" + run + "/feed.csv.reasons.csv"))
                .content()
                .contains("BAD_NUMBER");
        assertThat(server.file("results/" + run + ".json")).content().contains("\"madrid\"");
        try (var files = Files.walk(server.file("results"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
        assertThat(product.log()).doesNotContain(CANARY);
        assertThat(product.files("inbox")).isEmpty();
    }

    @Test
    void goesOnWithOneSourceWhileTheOtherCannotBeReachedAndSaysSo() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        source("COSTA_BLANCA", nobody, server);
        product.with("DROP_SFTP_COSTA_BLANCA_PASSWORD_FILE", server.secret("p", CANARY).toString());
        Files.writeString(
                server.knownHosts(),
                Files.readString(server.knownHosts())
                        .replace(
                                "]:" + server.port(),
                                "]:" + server.port() + ",[127.0.0.1]:" + nobody));
        server.put("feed.csv", "id,hs_price\n1,100\n");

        assertThat(product.run()).as(product.log()).isEqualTo(3);

        assertThat(hubspot.records()).as(product.log()).containsOnlyKeys("1");
        assertThat(product.log())
                .contains("costa-blanca: 127.0.0.1:" + nobody + ": it cannot be reached")
                .contains("madrid: feed.csv fetched")
                .doesNotContain(CANARY);
    }

    @Test
    void sendsTheOthersBeforeItGivesUpAFileThatCannotBeReadWhole() throws Exception {
        Instant older = Instant.now().minusSeconds(7200);
        server.put("bad.csv", "id,hs_price\n1,100\n2,200\n3,300\n".getBytes(), older);
        server.put("good.csv", "id,hs_price\n4,400\n");
        server.endsAt = 20;

        assertThat(product.run()).as(product.log()).isEqualTo(3);

        assertThat(hubspot.records()).as(product.log()).containsOnlyKeys("4");
        assertThat(product.report().get("file").asText()).isEqualTo("good.csv");
        assertThat(server.file("bad.csv")).exists();
        assertThat(server.file("done/good.csv")).exists();
        assertThat(product.log())
                .contains("madrid: bad.csv is not fetched: the server gave 20 of 30 bytes.")
                .contains("Given up; run it again.");
    }

    @Test
    void endsWhenTheTokenIsRefusedAndMoreFilesLieThereThanTheInboxTakes() throws Exception {
        for (int i = 1; i <= 6; i++) {
            server.put("feed-" + i + ".csv", "id,hs_price\n" + i + ",100\n");
        }
        product.with("DROP_CLAIM_AHEAD", "2").with("HUBSPOT_ACCESS_TOKEN", "another");

        assertThat(product.run()).as(product.log()).isEqualTo(3);
        assertThat(server.file("feed-6.csv")).exists();

        product.with("HUBSPOT_ACCESS_TOKEN", "sandbox");
        assertThat(product.run()).as(product.log()).isZero();
        assertThat(hubspot.records()).hasSize(6);
        assertThat(server.file("feed-6.csv")).doesNotExist();
    }

    /** As cron and many a container start it. */
    @Test
    void leavesANameAloneThatTheLocaleCannotWriteAndTakesTheOthers() throws Exception {
        Instant older = Instant.now().minusSeconds(7200);
        server.put("hand-made.csv", "id,hs_price\n1,100\n".getBytes(), older);
        server.handMade = "Wohnung_M\u00fcnchen.csv";
        server.put("good.csv", "id,hs_price\n4,400\n");
        product.with("LC_ALL", "C");

        assertThat(product.run()).as(product.log()).isEqualTo(3);

        assertThat(hubspot.records()).as(product.log()).containsOnlyKeys("4");
        assertThat(server.file("hand-made.csv")).exists();
        assertThat(server.reads).as("downloads").hasValue(1);
        assertThat(product.log())
                .contains("stays on the server: this machine cannot write its name");
    }

    /** The first sync of a thread of its own that touches the source's folder in the inbox. */
    @Test
    void endsWhenAFetchedFileCannotBeSynced() throws Exception {
        DiskIT.assumeThere("strace", "no sync failed");
        server.put("feed.csv", "id,hs_price\n1,100\n");
        List<String> command = new ArrayList<>(DiskIT.strace("fsync:error=EIO"));
        command.remove("--seccomp-bpf");
        command.addAll(List.of("-P", product.inbox().resolve("madrid").toString()));
        product.under(command);

        assertThat(product.run()).as(product.log()).isEqualTo(3);
        assertThat(product.log()).contains("could not be synced").contains("does not keep");
        assertThat(hubspot.records()).isEmpty();

        product.under(List.of());
        assertThat(product.run()).as(product.log()).isZero();
        assertThat(hubspot.records()).containsOnlyKeys("1");
        assertThat(server.file("done/feed.csv")).exists();
    }

    @Test
    void refusesTheStartWithoutAPinnedHostKey() throws Exception {
        Files.writeString(server.knownHosts(), "other.example.com ssh-ed25519 AAAA\n");
        product.write("config/application.properties", "drop.sftp.madrid.hots=x\n");
        assertThat(product.run()).isEqualTo(1);
        assertThat(product.log())
                .contains("drop.sftp.madrid.known-hosts-file")
                .contains("names no key for [127.0.0.1]:" + server.port())
                .contains("drop.sftp.madrid.hots; did you mean drop.sftp.madrid.host?")
                .doesNotContain("Exception");
        assertThat(server.logins).hasValue(0);
    }

    @Test
    void explainsAChangedHostKeyAndStaysReady() throws Exception {
        String pinned = server.fingerprint();
        server.newHostKey("ssh-ed25519");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String hash = BCrypt.withDefaults().hashToString(4, "let me in".toCharArray());
        Path users = Files.writeString(folder.resolve("users"), "ana:" + hash + "\n");
        product.with("DROP_ONCE", "false")
                .with("QUARKUS_HTTP_PORT", Integer.toString(port))
                .with("DROP_PAGE_USERS_FILE", users.toString());
        product.drop("local.csv", "id,hs_price\n3,300\n");
        product.start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                hubspot.records().containsKey("3")
                                        && product.log().contains("shows the host key"));
        assertThat(product.log()).contains(pinned).contains(server.fingerprint());
        assertThat(server.logins).hasValue(0);
        HttpResponse<String> ready = get(port, "/q/health/ready", null);
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains(pinned).contains(server.fingerprint());
        assertThat(get(port, "/", "ana:let me in").body())
                .contains("Trouble with an SFTP server:")
                .contains("madrid: 127.0.0.1:" + server.port() + ": it shows the host key");
        assertThat(get(port, "/", null).body())
                .contains("Log in")
                .doesNotContain("Trouble with an SFTP server")
                .doesNotContain("host key");
        assertThat(get(port, "/q/metrics", null).body())
                .contains("filedrop_sftp_trouble{source=\"madrid\"} 1.0");
    }

    private static HttpResponse<String> get(int port, String path, String login) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (login != null) {
            String basic = Base64.getEncoder().encodeToString(login.getBytes());
            request.header("Authorization", "Basic " + basic);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
