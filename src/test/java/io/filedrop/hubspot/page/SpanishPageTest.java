package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.ToMend;
import io.filedrop.hubspot.run.Turns;
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
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A reader of Spanish reads Spanish, also where the program itself speaks. */
@QuarkusTest
@TestProfile(Operated.class)
class SpanishPageTest {

    @Inject DropSettings drop;
    @Inject Turns turns;

    @TestHTTPResource("/")
    URI root;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void saysWhatAPersonMustMendToThoseWhoMaySeeIt() throws Exception {
        Path run = Files.createDirectories(drop.folders().inProgress().resolve("20261125T000000Z"));
        try {
            turns.setAside(run, ToMend.FILE_GONE.of("anuncios.csv"));
            assertThat(get("/fragments/now", true))
                    .contains("Alguien debe arreglar el proceso 20261125T000000Z")
                    .contains("Falta su fichero anuncios.csv.");
            assertThat(get("/fragments/now", false))
                    .contains("20261125T000000Z")
                    .doesNotContain("anuncios.csv");
        } finally {
            Files.delete(run);
        }
    }

    @Test
    void explainsACodeOfARunInSpanish() throws Exception {
        String id = "20261125T000001Z";
        Path report = Files.createDirectories(drop.folders().reports()).resolve(id + ".json");
        Files.writeString(
                report,
                """
                {"run": "%s", "file": "a.csv", "status": "completed", "rows": 12345, "failed": 12345,
                 "startedAt": "2026-11-25T00:00:00Z", "finishedAt": "2026-11-25T00:00:01Z",
                 "codes": {"BAD_NUMBER": 12345}}
                """
                        .formatted(id));
        try {
            assertThat(get("/runs/" + id, false))
                    .contains(Sentences.say(Code.BAD_NUMBER.of(), Locale.forLanguageTag("es")))
                    .contains("12.345");
        } finally {
            Files.delete(report);
        }
    }

    @Test
    void saysWhyAFileIsNotTaken() throws Exception {
        HttpRequest.Builder request =
                request("/inbox", true)
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "--edge\r\nContent-Disposition: form-data; name=\"files\";"
                                                + " filename=\"half<b>.csv.part\"\r\n\r\nid\n\r\n"
                                                + "--edge--\r\n"));
        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body())
                .contains("half&lt;b&gt;.csv.part: los ficheros con este nombre nunca se toman");
    }

    private String get(String path, boolean login) throws Exception {
        return http.send(request(path, login).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path, boolean login) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(path)).header("Accept-Language", "es");
        String user = Operated.USER + ":" + Operated.PASSWORD;
        return login
                ? request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                : request;
    }
}
