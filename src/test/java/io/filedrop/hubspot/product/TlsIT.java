package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Certificates;
import io.filedrop.hubspot.sandbox.Relay;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HubSpot behind TLS, with a certificate of the house's own authority, and behind a proxy. */
class TlsIT {

    @TempDir Path folder;

    /** F40. */
    @Test
    void sendsNothingUntilItTrustsTheServer() throws Exception {
        Certificates certificates = new Certificates(Files.createDirectory(folder.resolve("ca")));
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Relay front =
                        Relay.tls(certificates.server("localhost", "-1d", 10), hubspot.port());
                Relay proxy = Relay.proxy();
                Product product = new Product(folder.resolve("work"), hubspot.port())) {
            product.with("HUBSPOT_BASE_URL", "https://localhost:" + front.port());
            product.drop("listings.csv", "id,hs_price\n1,10\n2,20\n");

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            JsonNode parked = product.report();
            assertThat(parked.get("status").asText()).isEqualTo("parked");
            assertThat(parked.get("notSent").asInt()).isEqualTo(2);
            assertThat(parked.get("failed").asInt()).isZero();
            assertThat(parked.get("reason").asText())
                    .contains("who answers as localhost cannot show that it is")
                    .contains("hubspot.trust-store");
            assertThat(hubspot.calls()).isEmpty();

            product.with("HUBSPOT_TRUST_STORE", certificates.authority().toString());
            product.with("HUBSPOT_PROXY", "http://127.0.0.1:" + proxy.port());
            assertThat(product.run()).as(product.log()).isZero();

            assertThat(product.report().get("confirmed").asInt()).isEqualTo(2);
            assertThat(hubspot.records()).containsOnlyKeys("1", "2");
            assertThat(proxy.requested())
                    .isNotEmpty()
                    .containsOnly("CONNECT localhost:" + front.port() + " HTTP/1.1");
        }
    }
}
