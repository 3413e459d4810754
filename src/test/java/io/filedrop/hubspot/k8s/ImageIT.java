package io.filedrop.hubspot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that Jib makes, held against {@code Dockerfile.jvm}: two ways to one thing. */
class ImageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LABEL =
            Pattern.compile("(org\\.opencontainers\\.[a-z.]+)=\"([^\"]*)\"");

    @TempDir Path unpacked;
    private JsonNode image;
    private String dockerfile;
    private List<String> entries;

    @BeforeEach
    void unpack() throws Exception {
        Path archive = Path.of("target/image-for-the-test.tar").toAbsolutePath();
        if (Files.notExists(archive)) {
            System.err.println(
                    "SKIPPED: no image was made, as with -Dnative, so it is NOT looked at.");
        }
        assumeThat(archive).exists();
        tar("-xf", archive.toString());
        image = JSON.readTree(unpacked.resolve("config.json").toFile()).get("config");
        dockerfile = Files.readString(Path.of("src/main/docker/Dockerfile.jvm"));
        entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(unpacked)) {
            for (Path layer : files.filter(f -> f.toString().endsWith(".tar.gz")).toList()) {
                entries.addAll(tar("-tvzf", layer.toString()).lines().toList());
            }
        }
    }

    @Test
    void isSetUpAsTheDockerfileSays() throws Exception {
        assertThat(image.get("User").asText()).isEqualTo(said("USER"));
        assertThat(image.get("WorkingDir").asText()).isEqualTo(said("WORKDIR"));
        assertThat(image.get("ExposedPorts").has(said("EXPOSE") + "/tcp")).isTrue();
        assertThat(image.get("Env").get(0).asText()).isEqualTo(said("ENV"));
        Matcher labels = LABEL.matcher(dockerfile);
        int count = 0;
        for (; labels.find(); count++) {
            assertThat(image.get("Labels").path(labels.group(1)).asText())
                    .as(labels.group(1))
                    .isEqualTo(labels.group(2));
        }
        assertThat(image.get("Labels")).hasSize(count).isNotEmpty();
        // The last argument is the start-up cache, which Jib cannot make.
        JsonNode command = JSON.readTree(said("ENTRYPOINT"));
        for (int i = 0; i < command.size() - 1; i++) {
            assertThat(image.get("Entrypoint")).contains(command.get(i));
        }
    }

    @Test
    void holdsTheProgramOnceAndAFolderToWorkIn() throws Exception {
        assertThat(paths()).contains("app/quarkus-run.jar").doesNotHaveDuplicates();
        assertThat(paths()).noneMatch(path -> path.contains("left-out") || path.endsWith(".class"));
        Path packaged = Path.of("target/quarkus-app");
        try (Stream<Path> program = Files.walk(packaged)) {
            assertThat(paths())
                    .containsAll(
                            program.filter(Files::isRegularFile)
                                    .map(packaged::relativize)
                                    .map(Path::toString)
                                    .filter(path -> !path.matches("start|app\\.(aot|jsa)"))
                                    .map("app/"::concat)
                                    .toList());
        }
        assertThat(entries)
                .filteredOn(entry -> entry.endsWith(" work/"))
                .hasSize(1)
                .allMatch(entry -> entry.matches("drwxrwxr-x (0/0|root/root) .*"));
    }

    @Test
    void holdsTheListOfWhatIsInIt() {
        boolean isThere = Files.exists(Path.of("target/sbom.json"));
        if (!isThere) {
            System.err.println("SKIPPED: no SBOM, which Maven makes only when it is online.");
        }
        assumeThat(isThere).as("target/sbom.json").isTrue();
        assertThat(paths()).contains("app/sbom.json");
    }

    private List<String> paths() {
        return entries.stream()
                .map(entry -> entry.substring(entry.lastIndexOf(' ') + 1))
                .filter(path -> !path.endsWith("/"))
                .toList();
    }

    private String said(String instruction) {
        return dockerfile
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private String tar(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(Arrays.asList(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(unpacked.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", command).isZero();
        return answer;
    }
}
