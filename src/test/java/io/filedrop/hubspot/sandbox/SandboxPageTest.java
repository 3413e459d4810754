package io.filedrop.hubspot.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the sandbox names everything that can be switched, and nothing else. */
class SandboxPageTest {

    private static final Path PAGE = Path.of("docs/sandbox.md");
    private static final Path DEFAULTS = Path.of("src/main/resources/application.properties");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern FAULTS = Pattern.compile("SANDBOX_FAULTS=\"([^\"]+)\"");

    @Test
    void namesEveryFault() throws IOException {
        List<String> onThePage =
                firstCells("| Kind |").filter(name -> !name.matches("\\d+")).toList();
        assertThat(onThePage)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Fault.Kind.values())
                                .filter(kind -> kind != Fault.Kind.STATUS)
                                .map(Fault.Kind::text)
                                .toList());
    }

    @Test
    void namesEverySetting() throws IOException {
        List<String> settings =
                Files.readAllLines(DEFAULTS).stream()
                        .filter(line -> line.matches("#?sandbox\\.[a-z-]+=.*"))
                        .map(line -> line.replaceFirst("#?([^=]+)=.*", "$1"))
                        .toList();
        assertThat(settings).hasSizeGreaterThan(10);
        assertThat(firstCells("| Setting |")).containsExactlyInAnyOrderElementsOf(settings);
    }

    @Test
    void givesExamplesThatAreRead() throws IOException {
        List<String> examples =
                Stream.of(PAGE, Path.of("README.md"))
                        .flatMap(page -> FAULTS.matcher(text(page)).results())
                        .map(found -> found.group(1))
                        .toList();
        assertThat(examples).hasSizeGreaterThan(3);
        assertThat(examples.stream().map(Fault::parse).flatMap(Collection::stream)).isNotEmpty();
        assertThat(firstCells("| When |")).allSatisfy(w -> assertThat(Fault.parse(w)).hasSize(1));
    }

    /** What is quoted in the first cell of each row of the table with that head. */
    private static Stream<String> firstCells(String head) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith(head))
                .takeWhile(line -> line.startsWith("|"))
                .map(row -> row.split("\\|")[1])
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map((MatchResult found) -> found.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
