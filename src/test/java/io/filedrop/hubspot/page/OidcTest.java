package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins by an OpenID Connect provider, beside the users of the file. */
@QuarkusTest
@TestProfile(Operated.class)
@QuarkusTestResource(value = OidcTest.Office.class, restrictToAnnotatedClass = true)
class OidcTest {

    private static final String SECRETS = "/listing?id=4711";

    @TestHTTPResource("/")
    URI root;

    Provider provider;

    private final HttpClient http = HttpClient.newHttpClient();

    /** The provider, and the settings that name it. */
    public static class Office implements QuarkusTestResourceLifecycleManager {

        private final Provider provider = new Provider();

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "quarkus.oidc.tenant-enabled",
                    "true",
                    "quarkus.oidc.auth-server-url",
                    provider.url(),
                    "quarkus.oidc.client-id",
                    Provider.CLIENT,
                    "quarkus.oidc.credentials.secret",
                    "not a secret, and long enough for a key");
        }

        @Override
        public void inject(Object test) {
            ((OidcTest) test).provider = provider;
        }

        @Override
        public void stop() {
            provider.stop();
        }
    }

    @Test
    void letsInWhoBringsATokenOfTheProviders() throws Exception {
        Instant soon = Instant.now().plusSeconds(600);
        HttpResponse<String> page = get(SECRETS, "Bearer " + provider.token("eva", soon));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("eva");
    }

    @Test
    void turnsAwayATokenThatIsForgedOrOver() throws Exception {
        Instant soon = Instant.now().plusSeconds(600);
        Instant past = Instant.now().minusSeconds(600);
        assertThat(get(SECRETS, "Bearer " + provider.forgedToken("eva", soon)).statusCode())
                .isEqualTo(401);
        assertThat(get(SECRETS, "Bearer " + provider.token("eva", past)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void sendsABrowserToTheProvider() throws Exception {
        HttpResponse<String> login = get("/login", null);
        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(login.headers().firstValue("location").orElseThrow())
                .startsWith(provider.url() + "/authorize?")
                .contains("client_id=" + Provider.CLIENT);
        assertThat(get("/", null).body()).contains("href=\"/login\"");
    }

    @Test
    void keepsTheUsersOfTheFile() throws Exception {
        String ana = Operated.USER + ":" + Operated.PASSWORD;
        String basic = Base64.getEncoder().encodeToString(ana.getBytes(StandardCharsets.UTF_8));
        assertThat(get(SECRETS, "Basic " + basic).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
