package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code check}: shows what would become of a file, and changes nothing. */
class CheckCommandIT {

    @TempDir Path folder;
    private Sandbox hubspot;
    private Product product;

    @BeforeEach
    void start() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product = new Product(folder, hubspot.port());
        product.write("feed.csv", "id,hs_price,hs_listing_type\n1,5,House\n2,7,house\n3,,\n");
    }

    @AfterEach
    void stop() {
        product.close();
        hubspot.close();
    }

    @Test
    void showsCountsReasonsAndUpdates() throws Exception {
        product.drop("waiting.csv", "id,hs_price\n1,5\n");
        assertThat(product.run("check", "feed.csv")).as(product.log()).isEqualTo(2);
        assertThat(product.log())
                .contains("3 rows, 1 to send, 1 with nothing to send, 1 failed. Nothing was sent.")
                .contains("UNKNOWN_OPTION hs_listing_type")
                .contains("which is house for the label House")
                .contains("line 3, record id \"2\"")
                .contains("hs_price = \"7\"");
        assertThat(hubspot.calls("update")).isEmpty();
        assertThat(product.inbox().resolve("waiting.csv")).exists();
        assertThat(product.files("in-progress")).isEmpty();
        assertThat(product.files("reports")).isEmpty();
    }

    @Test
    void startsNothingWhenItIsMistyped() throws Exception {
        product.drop("waiting.csv", "id,hs_price\n1,5\n");
        assertThat(product.run("chek", "feed.csv")).as(product.log()).isEqualTo(1);
        assertThat(product.log())
                .contains("chek is no command; nothing was started.")
                .contains("usage: check <file>");
        assertThat(hubspot.calls("update")).isEmpty();
        assertThat(product.inbox().resolve("waiting.csv")).exists();
    }

    @Test
    void worksWithoutCredentialsForAFileAnywhere() throws Exception {
        product.with("HUBSPOT_ACCESS_TOKEN", null);
        Path file = Files.createDirectories(folder.resolve("else")).resolve("KYERO.xml");
        Files.writeString(
                file,
                "<root><property><id>K1</id><price>250000</price><beds>3</beds></property></root>");
        assertThat(product.run("check", file.toString())).as(product.log()).isZero();
        assertThat(product.log())
                .contains("No credentials are set")
                .contains("by the mapping kyero.yaml: 1 rows, 1 to send")
                .contains("reference \"K1\"");
    }
}
