package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
        Path app = folder.resolve("app");
        copy(Path.of("target/quarkus-app"), app);
        makeCacheOf(app);
        Path classes = folder.resolve("classes");
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder.resolve("work"), hubspot.port())) {
            product.startedBy(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xlog:class+load:file=" + classes,
                            "@" + app.resolve("start")));
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

    private void makeCacheOf(Path app) throws IOException, InterruptedException {
        Path log = folder.resolve("making.log");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        ProcessBuilder script =
                new ProcessBuilder("src/main/docker/start-cache", app.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("TMPDIR", temporary.toString());
        script.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        script.environment().keySet().removeIf(name -> name.matches("(HUBSPOT|DROP|SANDBOX)_.*"));
        Process making = script.start();
        try {
            assertThat(making.waitFor(300, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            making.descendants().forEach(ProcessHandle::destroyForcibly);
            making.destroyForcibly();
        }
        assertThat(making.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).endsWith("java @" + app.resolve("start") + "\n");
        assertThat(temporary)
                .as("nothing of root's is left in an image for other users to trip over")
                .isEmptyDirectory();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(
                        one,
                        to.resolve(from.relativize(one).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
