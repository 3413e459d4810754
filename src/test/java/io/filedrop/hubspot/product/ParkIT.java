package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Call;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HubSpot takes no calls: the packaged program parks the file and ends, and a later start goes on
 * with what was not sent. No record fails because of that. One call at a time, so that every test
 * can say how many there are.
 */
class ParkIT {

    @TempDir Path folder;

    private Sandbox hubspot;
    private Product product;

    @BeforeEach
    void start() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product =
                new Product(folder, hubspot.port()).fromCache().with("HUBSPOT_MAX_IN_FLIGHT", "1");
        product.drop("listings.csv", feed());
    }

    @AfterEach
    void stop() {
        product.close();
        hubspot.close();
    }

    /** F48. */
    @Test
    void goesOnAfterTheDailyQuotaAndSendsNothingTwice() throws Exception {
        hubspot.suffer(Fault.parse("daily@3-1000000"));
        assertParks(300, "daily limit");
        assertThat(hubspot.calls("update")).hasSize(3);

        // The next start does not wait for midnight, whatever reset time is stored: it asks once.
        assertParks(300, "daily limit");
        assertThat(hubspot.calls("update")).hasSize(4);
        assertThat(product.log()).as("it ended in order").doesNotContain("without a word");

        hubspot.suffer(List.of());
        assertCompletes();
        assertThat(hubspot.calls("update")).hasSize(7);
    }

    @Test
    void goesOnAfterAnOutageThatWasLongerThanItsDeadline() throws Exception {
        product.with("HUBSPOT_OUTAGE_DEADLINE", "PT0.5S");
        hubspot.suffer(Fault.parse("503@2-1000000"));
        assertParks(400, "HubSpot has trouble (503)");
        assertThat(product.report().get("reason").asText())
                .startsWith("HubSpot has not taken our calls for ");

        hubspot.suffer(List.of());
        assertCompletes();
    }

    /** F47. */
    @Test
    void parksAtOnceWhenTheTokenIsRefused() throws Exception {
        product.with("HUBSPOT_ACCESS_TOKEN", "another");
        assertParks(500, "check hubspot.access-token");
        assertThat(hubspot.calls("update")).hasSize(1);
        assertThat(hubspot.records()).isEmpty();

        product.with("HUBSPOT_ACCESS_TOKEN", "sandbox");
        assertCompletes();
        assertThat(hubspot.calls("update")).hasSize(6);
    }

    @Test
    void parksAtOnceWhenNoTokenIsGivenAnyMore() throws Exception {
        product.with("HUBSPOT_ACCESS_TOKEN", null)
                .with("HUBSPOT_OAUTH_CLIENT_ID", "client")
                .with("HUBSPOT_OAUTH_CLIENT_SECRET", "secret")
                .with("HUBSPOT_OAUTH_REFRESH_TOKEN", "revoked");
        assertParks(500, "BAD_REFRESH_TOKEN");
        assertThat(hubspot.calls("update")).isEmpty();

        product.with("HUBSPOT_OAUTH_REFRESH_TOKEN", "refresh");
        assertThat(product.run()).as(product.log()).isZero();
        assertThat(product.report().get("confirmed").asInt()).isEqualTo(500);
    }

    @Test
    void waitsForAPersonWhenALimitOfTodayWouldRefuseWhatIsHalfSent() throws Exception {
        hubspot.suffer(Fault.parse("daily@3-1000000"));
        assertParks(300, "daily limit");
        hubspot.suffer(List.of());
        product.with("DROP_LIMITS_FILE", "1000");

        assertThat(product.run()).as(product.log()).isEqualTo(3);

        assertThat(product.log()).contains("now its file would be refused (FILE_TOO_LARGE)");
        assertThat(product.report().get("confirmed").asInt()).isEqualTo(200);
        assertThat(product.files("failed")).isEmpty();

        product.with("DROP_LIMITS_FILE", null);
        assertCompletes();
    }

    private void assertParks(int notSent, String why) throws Exception {
        assertThat(product.run()).as(product.log()).isEqualTo(3);
        JsonNode report = product.report();
        assertThat(report.get("status").asText()).isEqualTo("parked");
        assertThat(report.get("reason").asText()).contains(why);
        assertThat(report.get("rows").asInt()).isEqualTo(500);
        assertThat(report.get("notSent").asInt()).isEqualTo(notSent);
        assertThat(report.get("confirmed").asInt()).isEqualTo(500 - notSent);
        assertThat(report.get("failed").asInt()).isZero();
        assertThat(product.files("failed")).isEmpty();
        assertThat(product.files("succeeded")).isEmpty();
        assertThat(product.files("in-progress")).isNotEmpty();
    }

    /** The next start goes on by itself, and no record was written twice by them all. */
    private void assertCompletes() throws Exception {
        assertThat(product.run()).as(product.log()).isZero();
        JsonNode report = product.report();
        assertThat(report.get("status").asText()).isEqualTo("completed");
        assertThat(report.get("confirmed").asInt()).isEqualTo(500);
        assertThat(report.get("failed").asInt()).isZero();
        assertThat(report.get("calls").asInt()).isEqualTo(hubspot.calls("update").size());
        assertThat(product.files("in-progress")).isEmpty();
        assertThat(product.text("succeeded", ".succeeded.csv").lines()).hasSize(501);
        assertThat(hubspot.records()).hasSize(500);
        assertThat(hubspot.calls("update").stream().map(Call::ids).flatMap(List::stream).distinct())
                .hasSize(500);
        assertThat(hubspot.records().keySet())
                .allSatisfy(id -> assertThat(hubspot.writes(id)).as(id).hasSize(1));
    }

    private static String feed() {
        return "id,hs_price\n"
                + IntStream.rangeClosed(1, 500)
                        .mapToObj(i -> i + "," + (1000 + i) + "\n")
                        .collect(Collectors.joining());
    }
}
