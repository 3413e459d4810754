package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.hubspot.Pacer;
import io.filedrop.hubspot.hubspot.Trouble;
import io.filedrop.hubspot.hubspot.Why;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Reports;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page: who sees what, what is never markup, and what gets into the inbox. */
@QuarkusTest
@TestProfile(Operated.class)
class PageTest {

    private static final String NASTY = "<img src=x onerror=alert(1)>";

    @Inject DropSettings drop;
    @Inject Reports reports;
    @Inject InMemorySpanExporter spans;
    @Inject Availability availability;
    @Inject Pacer pacer;

    @TestHTTPResource("/")
    URI root;

    @Inject CamelRuntime camel;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Gathers traces instead of sending them. */
    @Singleton
    static class Spans {
        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @BeforeEach
    void startRoutes() {
        // A test starts the application without its main method, which starts the routes.
        if (camel.getCamelContext().getRoutesSize() == 0) {
            camel.start(new String[0]);
        }
    }

    @Test
    void showsNamesAndCountsOnlyWithoutALogin() throws Exception {
        Reports.Summary run = run("public.csv", "id,hs_price\n1,not-a-number\n2,2\n");

        String page = get("/", null).body();
        assertThat(page).contains("public.csv").contains("/runs/" + run.run());
        assertThat(page).doesNotContain("name=\"files\"").doesNotContain("action=\"/listing\"");
        String detail = get("/runs/" + run.run(), null).body();
        assertThat(detail).contains("BAD_NUMBER").doesNotContain("not-a-number");
        for (String path :
                List.of(
                        "/listing?id=1",
                        "/runs/" + run.run() + "/failed",
                        "/runs/" + run.run() + "/reasons",
                        "/runs/" + run.run() + "/succeeded",
                        "/runs/" + run.run() + "/report",
                        "/login")) {
            HttpResponse<String> refused = get(path, null);
            assertThat(refused.statusCode()).as(path).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
            assertThat(get(path, "ana:wrong").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(post("unasked.csv", "id\n", null).statusCode()).isEqualTo(401);
        assertThat(drop.folders().inbox().resolve("unasked.csv")).doesNotExist();
    }

    /** The reasons name files, hosts and settings. */
    @Test
    void saysThatThereIsTroubleAndWhyAfterALoginOnly() throws Exception {
        try (Trouble trouble = new Trouble(availability, pacer)) {
            trouble.away(Why.NO_CONNECTION.of("inner.example", "refused"));
            trouble.waits(Why.TOKEN_NOT_ASKED.of("proxy.example"));
            assertThat(get("/fragments/now", null).body())
                    .contains("HubSpot does not take our calls:</b> the log says why")
                    .contains("Waits:</b> the log says why")
                    .doesNotContain("inner.example")
                    .doesNotContain("proxy.example");
            assertThat(get("/fragments/now", login()).body())
                    .contains("no connection to inner.example")
                    .contains("proxy.example");

            trouble.toMend(Why.NO_TOKEN.of("/secrets/token cannot be read"));
            assertThat(get("/", null).body())
                    .contains("A person must act:</b> the log says why")
                    .doesNotContain("/secrets/token");
            assertThat(spanish("/")).contains("el registro dice por qué").doesNotContain("secrets");
            assertThat(get("/", login()).body()).contains("/secrets/token cannot be read");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lena,a,100,200",
        "lena,a,72,200",
        "lena,a,71,401",
        "lena,b,100,401",
        "x,a,100,401"
    })
    void countsTheFirst72BytesOfALongPassword(String user, String letter, int times, int status)
            throws Exception {
        String login = user + ":" + letter.repeat(times);
        assertThat(get("/listing", login).statusCode()).isEqualTo(status);
    }

    @Test
    void tellsWhyAListingWasNotUpdated() throws Exception {
        Reports.Summary run = run("night.csv", "id,hs_price\n4711,on request\n4712,2\n");

        String found = get("/listing?id=4711", login()).body();
        assertThat(found)
                .contains("night.csv")
                .contains("not updated")
                .contains("BAD_NUMBER")
                .contains("on request");
        assertThat(get("/listing?id=4712", login()).body()).contains("confirmed");
        assertThat(get("/listing?id=999999", login()).body()).contains("No file that is kept");
        String detail = get("/runs/" + run.run(), login()).body();
        assertThat(detail).contains("on request").contains("4711");
        HttpResponse<String> failed = get("/runs/" + run.run() + "/failed", login());
        assertThat(failed.body()).isEqualTo("id,hs_price\n4711,on request\n");
        assertThat(failed.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment;");
    }

    @Test
    void neverMakesMarkupOfWhatStandsInAFile() throws Exception {
        String name = NASTY + ".csv";
        Reports.Summary run = run(name, "id,hs_price\n77,\"" + NASTY + "\"\n");

        for (String path :
                List.of(
                        "/",
                        "/fragments/runs",
                        "/?q=" + encoded(NASTY),
                        "/?state=" + encoded(NASTY),
                        "/?dropped=" + encoded(NASTY),
                        "/runs/" + run.run(),
                        "/listing?id=77",
                        "/listing?id=" + encoded(NASTY))) {
            HttpResponse<String> page = get(path, login());
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).doesNotContain("<img src=x");
            assertThat(page.headers().firstValue("content-security-policy"))
                    .as(path)
                    .contains(PageHeaders.POLICY);
        }
        assertThat(get("/runs/" + run.run(), login()).body()).contains("&lt;img src=x");
    }

    @Test
    void takesAFileIntoTheInboxOnceAndOnlyUnderAPlainName() throws Exception {
        HttpResponse<String> taken = post("through-the-page.csv", "id,hs_price\n5,6\n", login());
        assertThat(taken.statusCode()).isEqualTo(303);
        Reports.Summary run = reported("through-the-page.csv");
        assertThat(run.confirmed()).isEqualTo(1);
        assertThat(post(".hidden.csv", "id\n", login()).statusCode()).isEqualTo(400);
        assertThat(post("half.csv.part", "id\n", login()).statusCode()).isEqualTo(400);
        try (var left = Files.list(drop.folders().inbox())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .doesNotContain("half.csv.part");
        }
    }

    @Test
    void refusesWhatAnotherSiteAsksFor() throws Exception {
        HttpRequest.Builder request = upload("csrf.csv", "id\n", login());
        assertThat(send(request.header("Origin", "https://evil.example")).statusCode())
                .isEqualTo(403);
        request = upload("csrf.csv", "id\n", login());
        assertThat(send(request.header("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(403);
        assertThat(drop.folders().inbox().resolve("csrf.csv")).doesNotExist();
    }

    @Test
    void stepsOverNoFolder() throws Exception {
        run("inside.csv", "id,hs_price\n1,2\n");
        for (String path :
                List.of("/runs/..%2F..%2Fetc/report", "/runs/nothing/report", "/runs/nothing")) {
            assertThat(get(path, login()).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void speaksSpanish() throws Exception {
        assertThat(spanish("/")).contains("lang=\"es\"").contains("Procesos");
        HttpRequest.Builder request = HttpRequest.newBuilder(root).header("Cookie", "language=es");
        assertThat(send(request).body()).contains("Procesos");
        assertThat(get("/", null).body()).contains("lang=\"en\"").contains("Runs");
    }

    @Test
    void showsThePageAgainThatTheLanguageWasChosenOn() throws Exception {
        String page = get("/?search=a%26b&state=parked", null).body();
        Matcher link = Pattern.compile("href=\"(/language/es[^\"]*)\"").matcher(page);
        assertThat(link.find()).isTrue();

        HttpResponse<String> chosen = get(link.group(1).replace("&amp;", "&"), null);

        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.headers().firstValue("Location"))
                .hasValue(root.resolve("/?search=a%26b&state=parked").toString());
        assertThat(chosen.headers().firstValue("Set-Cookie").orElse("")).startsWith("language=es;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "javascript:alert(1)",
                "runs"
            })
    void choosesALanguageAndLeadsNowhereElse(String next) throws Exception {
        String query = "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        assertThat(get("/language/es" + query, null).headers().firstValue("Location"))
                .hasValue(root.resolve("/").toString());
    }

    @Test
    void asksOnlyForWhatIsThere() throws Exception {
        Matcher links =
                Pattern.compile("(?:href|src)=\"(/[^\"]*)\"").matcher(get("/", null).body());
        int found = 0;
        while (links.find()) {
            if (!links.group(1).equals("/login")) {
                assertThat(get(links.group(1), null).statusCode())
                        .as(links.group(1))
                        .isLessThan(400);
                found++;
            }
        }
        assertThat(found).isGreaterThan(4);
    }

    @Test
    void tracesARunWithASpanForEachBatch() throws Exception {
        Reports.Summary run = run("traced.csv", "id,hs_price\n1,2\n2,3\n");

        List<SpanData> own =
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> spansOf(run.run()), found -> found.size() == 2);
        SpanData batch = own.stream().filter(s -> s.getName().equals("batch")).findFirst().get();
        SpanData whole = own.stream().filter(s -> s.getName().equals("run")).findFirst().get();
        assertThat(batch.getParentSpanId()).isEqualTo(whole.getSpanId());
        assertThat(batch.getTraceId()).isEqualTo(whole.getTraceId());
        assertThat(batch.getAttributes().asMap().keySet().toString())
                .contains("hubspot.correlation_id");
    }

    private List<SpanData> spansOf(String run) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getAttributes().asMap().containsValue(run))
                .toList();
    }

    private Reports.Summary run(String name, String content) throws IOException {
        Path inbox = Files.createDirectories(drop.folders().inbox());
        Path written = Files.writeString(drop.folders().directory().resolve(name), content);
        Files.move(written, inbox.resolve(name));
        return reported(name);
    }

    private Reports.Summary reported(String name) {
        return Awaitility.await(name)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                reports.newest(100).stream()
                                        .filter(run -> run.file().equals(name))
                                        .findFirst(),
                        found -> found.isPresent())
                .get();
    }

    private static String login() {
        return Operated.USER + ":" + Operated.PASSWORD;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String spanish(String path) throws Exception {
        return send(HttpRequest.newBuilder(root.resolve(path))
                        .header("Accept-Language", "es-ES,es;q=0.9,en;q=0.5"))
                .body();
    }

    private HttpResponse<String> get(String path, String login) throws Exception {
        return send(with(HttpRequest.newBuilder(root.resolve(path)), login));
    }

    private HttpResponse<String> post(String name, String content, String login) throws Exception {
        return send(upload(name, content, login));
    }

    private HttpRequest.Builder upload(String name, String content, String login) {
        String body =
                "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                        + name
                        + "\"\r\nContent-Type: text/csv\r\n\r\n"
                        + content
                        + "\r\n--edge--\r\n";
        return with(HttpRequest.newBuilder(root.resolve("/inbox")), login)
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String login) {
        return login == null
                ? request
                : request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
