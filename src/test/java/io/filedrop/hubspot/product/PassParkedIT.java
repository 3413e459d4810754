package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code drop.when-parked=continue}, later files pass a parked one, but no listing does. */
class PassParkedIT {

    @TempDir Path folder;

    @Test
    void passesAParkedFileWhereNoListingIsShared() throws Exception {
        SandboxSettings quotaGoneAtFirst =
                SandboxSettings.defaults().withFaults(Fault.parse("daily@1"));
        try (Sandbox hubspot = new Sandbox(quotaGoneAtFirst).start();
                Product product = new Product(folder, hubspot.port())) {
            product.with("DROP_WHEN_PARKED", "continue");
            product.drop("a.csv", "id,hs_city\n1,old\n2,old\n");
            product.drop("b.csv", "id,hs_city\n1,new\n9,new\n");

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            assertThat(hubspot.records()).isEqualTo(Map.of("9", Map.of("hs_city", "new")));
            List<JsonNode> parked = product.reports();
            assertThat(parked)
                    .allSatisfy(r -> assertThat(r.get("status").asText()).isEqualTo("parked"));
            assertThat(parked.get(0).get("notSent").asInt()).isEqualTo(2);
            assertThat(parked.get(1).get("notSent").asInt()).isEqualTo(1);
            assertThat(parked.get(1).get("reason").asText()).contains("an earlier file");

            assertThat(product.run()).as(product.log()).isZero();
            assertThat(hubspot.records())
                    .isEqualTo(
                            Map.of(
                                    "1", Map.of("hs_city", "new"),
                                    "2", Map.of("hs_city", "old"),
                                    "9", Map.of("hs_city", "new")));
            assertThat(hubspot.writes("1"))
                    .containsExactly(Map.of("hs_city", "old"), Map.of("hs_city", "new"));
            assertThat(hubspot.writes("9")).hasSize(1);
        }
    }
}
