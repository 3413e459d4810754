package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.filedrop.hubspot.sandbox.Certificates;
import io.filedrop.hubspot.sandbox.Relay;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the HTTP client talks to, and by which way. F40. */
class HubSpotClientTest {

    private static final Optional<Path> JVM_ONLY = Optional.empty();
    private static final Optional<URI> DIRECTLY = Optional.empty();

    @TempDir static Path folder;

    private static Certificates certificates;
    private static Sandbox hubspot;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(Files.createDirectory(folder.resolve("ca")));
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
    }

    @AfterAll
    static void stop() {
        hubspot.close();
    }

    @BeforeEach
    void forget() {
        hubspot.behave(SandboxSettings.defaults());
    }

    @Test
    void trustsTheAuthoritiesOfTheTrustStore() throws Exception {
        try (Relay front = Relay.tls(certificates.server("localhost", "-1d", 10), port())) {
            assertThat(post(https(front), DIRECTLY, Optional.of(certificates.authority())))
                    .isEqualTo("200");
        }
        assertThat(hubspot.records()).containsOnlyKeys("7");
    }

    @Test
    void sendsNothingToAServerOfAnUnknownAuthority() throws Exception {
        assertNotTrusted(
                certificates.server("localhost", "-1d", 10), JVM_ONLY, "PKIX path building failed");
    }

    @Test
    void sendsNothingToAServerWithTheCertificateOfAnother() throws Exception {
        assertNotTrusted(
                certificates.server("elsewhere.example", "-1d", 10),
                Optional.of(certificates.authority()),
                "elsewhere.example");
    }

    @Test
    void sendsNothingToAServerWhoseCertificateHasExpired() throws Exception {
        assertNotTrusted(
                certificates.server("localhost", "-10d", 5),
                Optional.of(certificates.authority()),
                "validity check failed");
    }

    @Test
    void goesThroughTheProxy() throws Exception {
        try (Relay front = Relay.tls(certificates.server("localhost", "-1d", 10), port());
                Relay proxy = Relay.proxy()) {
            Optional<URI> byProxy = Optional.of(URI.create("http://127.0.0.1:" + proxy.port()));
            Optional<Path> own = Optional.of(certificates.authority());
            assertThat(post(https(front), byProxy, own)).isEqualTo("200");
            URI plain = URI.create("http://127.0.0.1:" + port());
            assertThat(post(plain, byProxy, own)).isEqualTo("200");
            assertThat(proxy.requested())
                    .containsExactly(
                            "CONNECT localhost:" + front.port() + " HTTP/1.1",
                            "POST " + plain + "/crm/v3/objects/0-420/batch/update HTTP/1.1");
        }
        assertThat(hubspot.calls("update")).hasSize(2);
    }

    @Test
    void sendsNothingWhenTheProxyIsAway() throws Exception {
        Relay proxy = Relay.proxy();
        proxy.close();
        URI away = URI.create("http://127.0.0.1:" + proxy.port());
        assertThat(post(URI.create("https://localhost:1"), Optional.of(away), JVM_ONLY))
                .startsWith("Broken[sent=false, why=no connection to localhost");
    }

    @Test
    void followsNoRedirectWithTheToken() throws Exception {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext(
                "/",
                exchange -> {
                    String here = "http://127.0.0.1:" + port();
                    exchange.getResponseHeaders().add("Location", here + exchange.getRequestURI());
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                });
        elsewhere.start();
        try {
            URI redirecting = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
            assertThat(post(redirecting, DIRECTLY, JVM_ONLY)).isEqualTo("307");
        } finally {
            elsewhere.stop(0);
        }
        assertThat(hubspot.calls()).isEmpty();
    }

    private static void assertNotTrusted(SSLContext server, Optional<Path> trusted, String why)
            throws Exception {
        try (Relay front = Relay.tls(server, port())) {
            assertThat(post(https(front), DIRECTLY, trusted))
                    .startsWith("NotTrusted[")
                    .contains("who answers as localhost cannot show that it is", why)
                    .contains("check hubspot.base-url, hubspot.proxy and hubspot.trust-store");
        }
        assertThat(hubspot.calls()).isEmpty();
    }

    private static int port() {
        return hubspot.port();
    }

    private static URI https(Relay front) {
        return URI.create("https://localhost:" + front.port());
    }

    /** The status of the answer, or what it means that there is none. */
    private static String post(URI baseUrl, Optional<URI> proxy, Optional<Path> trusted)
            throws IOException {
        HubSpotSettings settings = settings(baseUrl, proxy, trusted);
        HttpClientBuilder client = HttpClientBuilder.create();
        new HubSpotClient(settings, new BearerToken(settings.credentials(), System::nanoTime))
                .configureHttpClient(client);
        HttpPost request = new HttpPost(baseUrl + settings.batchPath("update"));
        request.setEntity(
                new StringEntity(
                        "{\"inputs\":[{\"id\":\"7\",\"properties\":{\"hs_price\":\"1\"}}]}",
                        ContentType.APPLICATION_JSON));
        try (CloseableHttpClient http = client.build()) {
            return http.execute(request, answer -> Integer.toString(answer.getCode()));
        } catch (IOException e) {
            return Interruption.of(e, baseUrl.getHost()).toString();
        }
    }

    private static HubSpotSettings settings(
            URI baseUrl, Optional<URI> proxy, Optional<Path> trusted) {
        Duration wait = Duration.ofSeconds(20);
        return new HubSpotSettings(
                baseUrl,
                new HubSpotSettings.Credentials.Token(
                        new HubSpotSettings.Secret(Optional.of("sandbox"), Optional.empty())),
                "0-420",
                HubSpotSettings.Operation.UPDATE,
                "v3",
                Optional.empty(),
                OptionalInt.empty(),
                1,
                wait,
                wait,
                wait,
                wait,
                ZoneOffset.UTC,
                wait,
                wait,
                wait,
                wait,
                5,
                Samples.waits(),
                1 << 20,
                proxy,
                trusted);
    }
}
