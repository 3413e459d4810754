package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Call;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that are not the default: another operation, and another version of the API. */
class OtherCallsIT {

    @TempDir Path folder;

    private Sandbox hubspot;
    private Product product;

    @BeforeEach
    void start() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product = new Product(folder, hubspot.port());
    }

    @AfterEach
    void stop() {
        product.close();
        hubspot.close();
    }

    @Test
    void createsWhatIsNotThereYetAndCountsIt() throws Exception {
        product.with("HUBSPOT_OPERATION", "upsert").with("HUBSPOT_ID_PROPERTY", "reference");
        product.drop("1.csv", "reference,hs_price\nA,1\nB,2\nA,3\n");
        product.drop("2.csv", "reference,hs_price\nA,4\nC,5\n");

        assertThat(product.run()).as(product.log()).isZero();

        List<JsonNode> reports = product.reports();
        assertThat(reports).extracting(r -> r.get("confirmed").asInt()).containsExactly(3, 2);
        assertThat(reports).extracting(r -> r.get("created").asInt()).containsExactly(2, 1);
        assertThat(hubspot.calls("update")).isEmpty();
        assertThat(hubspot.calls("upsert"))
                .extracting(Call::path)
                .containsOnly("/crm/v3/objects/0-420/batch/upsert");
        assertThat(hubspot.records())
                .isEqualTo(
                        Map.of(
                                "A", Map.of("hs_price", "4", "reference", "A"),
                                "B", Map.of("hs_price", "2", "reference", "B"),
                                "C", Map.of("hs_price", "5", "reference", "C")));
    }

    /** From September 2026 on, a 200 has errors, too. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03", "2026-09"})
    void speaksTheVersion(String version) throws Exception {
        hubspot.behave(
                SandboxSettings.defaults().withPerRecord(true).withExisting(id -> !id.equals("2")));
        product.with("HUBSPOT_API_VERSION", version);
        product.drop("a.csv", "id,hs_price\n1,10\n2,20\n3,30\n");

        assertThat(product.run()).as(product.log()).isEqualTo(2);

        JsonNode report = product.report();
        assertThat(report.get("confirmed").asInt()).isEqualTo(2);
        assertThat(report.get("failed").asInt()).isEqualTo(1);
        assertThat(report.get("codes").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("OBJECT_NOT_FOUND");
        assertThat(hubspot.calls("properties"))
                .extracting(Call::path)
                .containsOnly("/crm/properties/" + version + "/0-420");
        assertThat(hubspot.calls("update"))
                .extracting(Call::path)
                .containsExactly("/crm/objects/" + version + "/0-420/batch/update");
        assertThat(hubspot.records().keySet()).containsExactlyInAnyOrder("1", "3");
    }
}
