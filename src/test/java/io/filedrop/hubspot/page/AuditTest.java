package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.DropSettings;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.Test;

/** Who looked at what is in the log, and nothing of what they saw. */
@QuarkusTest
@TestProfile(Operated.class)
class AuditTest {

    private static final String RUN = "20261125T000002Z";

    @Inject DropSettings drop;

    @TestHTTPResource("/")
    URI root;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void saysWhoLookedAtWhatAndNotWhatStandsThere() throws Exception {
        Path report = Files.createDirectories(drop.folders().reports()).resolve(RUN + ".json");
        Files.writeString(
                report,
                """
                {"run": "%s", "file": "a.csv", "status": "completed",
                 "startedAt": "2026-11-25T00:00:00Z", "finishedAt": "2026-11-25T00:00:01Z"}
                """
                        .formatted(RUN));
        Path reasons =
                Files.createDirectories(drop.folders().failed().resolve(RUN))
                        .resolve("a.csv.reasons.csv");
        Files.writeString(
                reasons,
                """
                line,id,code,property,value,message,correlation_id
                2,secret-4711,INVALID_OPTION,hs_status,secret-value,No such option,
                """);
        ExtHandler listener =
                new ExtHandler() {
                    @Override
                    protected void doPublish(ExtLogRecord line) {
                        lines.add(line.getFormattedMessage());
                    }
                };
        Logger logger = Logger.getLogger(Visitor.class.getName());
        logger.addHandler(listener);
        try {
            assertThat(get("/listing?id=secret-4711")).isEqualTo(200);
            assertThat(get("/runs/" + RUN)).isEqualTo(200);
            assertThat(get("/runs/20200101T000000Z")).isEqualTo(404);
            assertThat(get("/runs/" + RUN + "/report")).isEqualTo(200);
            assertThat(get("/runs/" + RUN + "/failed")).isEqualTo(404);
        } finally {
            logger.removeHandler(listener);
            Files.delete(report);
            Files.delete(reasons);
        }
        assertThat(lines)
                .containsExactly(
                        "ana looked a listing up on the page.",
                        "ana looked at run " + RUN + " on the page.",
                        "ana downloaded the report file of run " + RUN + ".");
    }

    private int get(String path) throws Exception {
        String user = Operated.USER + ":" + Operated.PASSWORD;
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        user.getBytes(StandardCharsets.UTF_8)))
                        .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
