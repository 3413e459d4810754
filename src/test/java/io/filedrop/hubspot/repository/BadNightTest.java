package io.filedrop.hubspot.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is called at night finds what the log says in the table, word for word. */
class BadNightTest {

    private static final Path PAGE = Path.of("docs/operations.md");

    @Test
    void quotesWhatTheProgramReallySays() throws IOException {
        String said = everythingThatIsSaid();
        List<String> neverSaid = new ArrayList<>();
        int quotes = 0;
        for (String row : rows()) {
            // The first cell; what is shorter is a name and no sentence.
            for (String quote : quotes(row.split("\\|")[1])) {
                for (String words : quote.split("…")) {
                    if (words.strip().length() > 8) {
                        quotes++;
                        if (!said.contains(words.strip())) {
                            neverSaid.add(words);
                        }
                    }
                }
            }
        }
        assertThat(neverSaid).isEmpty();
        assertThat(quotes).isGreaterThan(30);
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## A bad night"))
                .takeWhile(line -> !line.equals("## Metrics"))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
    }

    private static List<String> quotes(String cell) {
        return Pattern.compile("`([^`]+)`").matcher(cell).results().map(m -> m.group(1)).toList();
    }

    /** The program's texts, those that stand in several lines put together. */
    private static String everythingThatIsSaid() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
        }
        return all.toString().replaceAll("%(\\d\\$)?s", " … ").replaceAll("\\s+", " ");
    }
}
