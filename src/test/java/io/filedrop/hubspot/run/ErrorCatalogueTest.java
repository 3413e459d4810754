package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.hubspot.HubSpotCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that people look codes up in says what the program says. */
class ErrorCatalogueTest {

    private static final Path PAGE = Path.of("docs/errors.md");

    @Test
    void isThePageInTheDocs() throws IOException {
        assertIsThePart("## Our own codes", Code.values());
    }

    @Test
    void namesThoseOfHubSpotsThatThePageExplains() throws IOException {
        assertIsThePart("## HubSpot's codes", HubSpotCode.values());
    }

    private static void assertIsThePart(String title, Sentence.Phrase[] codes) throws IOException {
        List<String> rows =
                Files.readAllLines(PAGE).stream()
                        .dropWhile(line -> !line.equals(title))
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("## "))
                        .filter(line -> line.startsWith("| `"))
                        .toList();
        assertThat(rows)
                .as("the table in %s; one row for each code, in the order of the enum", PAGE)
                .isEqualTo(
                        Arrays.stream(codes)
                                .map(code -> "| `" + code.name() + "` | " + code.english() + " |")
                                .toList());
    }

    @Test
    void saysEachCodeInOneSentence() {
        assertThat(Code.values())
                .allSatisfy(
                        code ->
                                assertThat(code.english())
                                        .matches("[A-Z][^.]*(RFC 4180[^.]*)?\\."));
    }
}
