package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that makes the start-up cache, and the program that starts with it. */
class StartCacheIT {

    @TempDir Path folder;

    @Test
    void doesARunWithNearlyEveryClassFromTheCache() throws Exception {
        String other = System.getProperty("product.command");
        if (other != null) {
            System.err.println("SKIPPED: " + other + " is no jar, so it has no start-up cache.");
        }
        assumeThat(other).as("another executable than the jar").isNull();
        StartCache cache = StartCache.made();
        assertThat(cache.temporary())
                .as("nothing of root's is left in an image for other users to trip over")
                .isEmptyDirectory();
        Path classes = folder.resolve("classes");
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder.resolve("work"), hubspot.port())) {
            product.with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes).fromCache();
            product.drop("listings.csv", "id,hs_price\n1,2\n2,no-number\n");

            assertThat(product.run()).as(product.log()).isEqualTo(2);
            assertThat(product.report().get("confirmed").asInt()).isEqualTo(1);
            assertThat(product.report().get("failed").asInt()).isEqualTo(1);
        }
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).hasSizeGreaterThan(5000);
        assertThat(loaded.stream().filter(line -> line.contains("shared objects file")).count())
                .as("of %d classes", loaded.size())
                .isGreaterThan(loaded.size() * 9L / 10);
    }
}
