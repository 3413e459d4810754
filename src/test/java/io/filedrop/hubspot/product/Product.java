package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program in a folder of its own, started as its users start it. The executable can be
 * another one: {@code -Dproduct.command=/path/to/native-executable}.
 */
final class Product implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> under = List.of();
    private List<String> startedBy = executable();
    private Process process;

    /** Talks to the HubSpot look-alike on that port, without waiting longer than a test should. */
    Product(Path folder, int hubspotPort) throws IOException {
        this.folder = folder;
        Files.createDirectories(inbox());
        environment.put("HUBSPOT_BASE_URL", "http://127.0.0.1:" + hubspotPort);
        environment.put("HUBSPOT_ACCESS_TOKEN", "sandbox");
        environment.put("HUBSPOT_RATE_LIMIT", "100000");
        environment.put("HUBSPOT_SETTLE_TIME", "PT0.2S");
        environment.put("HUBSPOT_REQUEST_TIMEOUT", "PT2S");
        environment.put("HUBSPOT_RETRY_FIRST", "PT0.02S");
        environment.put("HUBSPOT_DEFINITIONS_RETRY", "PT0.02S");
        environment.put("DROP_ONCE", "true");
        environment.put("DROP_STABLE_FOR", "PT0.1S");
        environment.put("DROP_POLL_INTERVAL", "50");
        environment.put("QUARKUS_HTTP_PORT", "0");
    }

    /** A setting for the next start, as an environment variable; null takes it away. */
    Product with(String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    /** The command that the next starts run under, strace say; none by default. */
    Product under(List<String> command) {
        under = command;
        return this;
    }

    /**
     * The next starts are made as the image makes them, from a start-up cache: in half the time.
     */
    Product fromCache() throws Exception {
        if (System.getProperty("product.command") == null) {
            startedBy = StartCache.made().command();
        }
        return this;
    }

    private static List<String> executable() {
        String executable = System.getProperty("product.command");
        return executable == null
                ? List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // In two thirds of the time.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString())
                : List.of(executable);
    }

    /** Kills it, as kill -9 does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    Path inbox() {
        return folder.resolve("drop/inbox");
    }

    Path folder() {
        return folder;
    }

    /** Writes a file of the working folder, {@code config/mappings/x.yaml} say. */
    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Drops a file the way careful people do: written elsewhere, then moved in. */
    void drop(String name, String text) throws IOException {
        drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void drop(String name, byte[] content) throws IOException {
        Path target = inbox().resolve(name);
        Files.createDirectories(target.getParent());
        Path written = Files.write(target.resolveSibling("being-written.part"), content);
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(under);
        command.addAll(startedBy);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(HUBSPOT|DROP|SANDBOX)_.*"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        process = builder.start();
        return process;
    }

    /** Starts it, waits until it ends by itself, and gives its exit code. */
    int run(String... arguments) throws IOException, InterruptedException {
        start(arguments);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends; %s", log()).isTrue();
        return process.exitValue();
    }

    String log() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** All reports, the oldest first; each account must close. */
    List<JsonNode> reports() throws IOException {
        List<JsonNode> reports = new ArrayList<>();
        for (Path file : reportFiles()) {
            JsonNode report = JSON.readTree(file.toFile());
            long sum = 0;
            for (String count : List.of("confirmed", "unchanged", "failed", "unknown", "notSent")) {
                sum += report.get(count).asLong();
            }
            assertThat(sum).as("the account of %s", report).isEqualTo(report.get("rows").asLong());
            reports.add(report);
        }
        return reports;
    }

    /** The reports that are there; one that is being written at this moment is not. */
    List<Path> reportFiles() throws IOException {
        return files("reports").stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .toList();
    }

    JsonNode report() throws IOException {
        List<JsonNode> reports = reports();
        assertThat(reports).as(log()).hasSize(1);
        return reports.get(0);
    }

    /** Every file below a folder of {@code drop/}, in the order of their paths. */
    List<Path> files(String where) throws IOException {
        Path directory = folder.resolve("drop").resolve(where);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The text of the only file below that folder whose name ends so. */
    String text(String where, String ending) throws IOException {
        List<Path> found =
                files(where).stream().filter(f -> f.toString().endsWith(ending)).toList();
        assertThat(found).as("%s/…%s; %s", where, ending, log()).hasSize(1);
        return Files.readString(found.get(0));
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
