package io.filedrop.hubspot.page;

import static io.filedrop.hubspot.page.Provider.Misdeed.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.page.Provider.Misdeed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                    Provider.SECRET);
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

    /** The authorization-code flow, as a browser goes through it. */
    @Test
    void logsABrowserInAndOut() throws Exception {
        provider.commit(Misdeed.NONE);
        HttpClient browser = browser();
        HttpResponse<String> landed = follow(browser, root.resolve("/login"));
        assertThat(landed.uri()).as("without the code in it").isEqualTo(root);
        assertThat(landed.body()).contains("<b>eva</b>").contains("action=\"/logout\"");
        assertThat(provider.asked()).hasSize(1);
        assertThat(follow(browser, root.resolve(SECRETS)).statusCode()).isEqualTo(200);
        assertThat(provider.asked()).as("from then on the cookie says it").hasSize(1);
        List<HttpCookie> cookies = cookies(browser);
        assertThat(cookies).extracting(HttpCookie::getName).contains("q_session");
        assertThat(cookies).allMatch(HttpCookie::isHttpOnly);

        HttpRequest logout =
                HttpRequest.newBuilder(root.resolve("/logout"))
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        assertThat(send(browser, logout).statusCode()).isEqualTo(303);
        assertThat(cookies(browser)).extracting(HttpCookie::getName).doesNotContain("q_session");
        assertThat(send(browser, request(root.resolve(SECRETS))).statusCode()).isEqualTo(302);
    }

    @Test
    void logsNobodyOutForAnotherSite() throws Exception {
        provider.commit(Misdeed.NONE);
        HttpClient browser = browser();
        follow(browser, root.resolve("/login"));
        HttpRequest logout =
                HttpRequest.newBuilder(root.resolve("/logout"))
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        assertThat(send(browser, logout).statusCode()).isEqualTo(403);
        assertThat(send(browser, request(root.resolve(SECRETS))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void letsNobodyInForAWrongAnswerAndKeepsItsTokenOutOfTheLog(Misdeed misdeed) throws Exception {
        provider.commit(misdeed);
        HttpClient browser = browser();
        Lines log = new Lines();
        Logger.getLogger("").addHandler(log);
        try {
            assertThat(follow(browser, root.resolve("/login")).statusCode()).isEqualTo(401);
        } finally {
            Logger.getLogger("").removeHandler(log);
        }
        assertThat(provider.asked()).hasSize(1);
        assertThat(cookies(browser)).extracting(HttpCookie::getName).doesNotContain("q_session");
        assertThat(log.lines)
                .as("that it was refused")
                .anyMatch(line -> line.contains("erification has failed") || misdeed == REFUSED)
                .noneMatch(line -> line.contains("claims->"))
                .noneMatch(line -> line.contains("eyJ"))
                .noneMatch(line -> line.matches("(?s).*\\beva\\b.*"));
    }

    /** Everything that is logged. */
    private static final class Lines extends Handler {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(
                    line.getMessage()
                            + Arrays.toString(line.getParameters())
                            + (line.getThrown() == null ? "" : line.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Somebody else's code, slipped into a browser that began no login, or another one. */
    @Test
    void takesNoCodeThatItDidNotAskFor() throws Exception {
        provider.commit(Misdeed.NONE);
        HttpClient victim = browser();
        URI begun = location(send(victim, request(root.resolve("/login"))));
        URI back = location(send(victim, request(begun)));
        HttpClient other = browser();
        send(other, request(root.resolve("/login")));
        URI otherState = URI.create(back.toString().replaceAll("state=[^&]*", "state=other"));

        assertBeginsAnew(browser(), back);
        assertBeginsAnew(other, back);
        assertBeginsAnew(victim, otherState);
        assertThat(provider.asked()).as("no code was exchanged").isEmpty();
        assertThat(send(victim, request(back)).headers().allValues("set-cookie"))
                .anyMatch(cookie -> cookie.startsWith("q_session="));
    }

    private void assertBeginsAnew(HttpClient browser, URI back) throws Exception {
        HttpResponse<String> answer = send(browser, request(back));
        assertThat(location(answer).toString()).startsWith(provider.url() + "/authorize?");
        assertThat(cookies(browser)).extracting(HttpCookie::getName).doesNotContain("q_session");
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    private static List<HttpCookie> cookies(HttpClient browser) {
        return ((CookieManager) browser.cookieHandler().orElseThrow())
                .getCookieStore()
                .getCookies();
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest request)
            throws Exception {
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<String> redirect) {
        return redirect.uri().resolve(redirect.headers().firstValue("location").orElseThrow());
    }

    private static HttpResponse<String> follow(HttpClient browser, URI uri) throws Exception {
        HttpResponse<String> answer = send(browser, request(uri));
        for (int hops = 0; answer.statusCode() / 100 == 3 && hops < 10; hops++) {
            answer = send(browser, request(location(answer)));
        }
        return answer;
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
