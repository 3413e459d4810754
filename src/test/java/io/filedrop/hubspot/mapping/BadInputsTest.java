package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Limits;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 82 kinds of bad input, and what becomes of each: read, mapped and checked as a run does it. A
 * record is shown as {@code place:id{property=value}}, {@code place!CODE} or {@code place-} when
 * there is nothing to send.
 */
class BadInputsTest {

    private static final String JSON =
            "files: [\"*\"]\nid: {column: id}\nproperties: {hs_price: hs_price}\n";
    private static final Formats FORMATS = Formats.all(Limits.DEFAULT);

    @TempDir Path folder;

    static List<BadInput> table() {
        return Stream.of(
                        BadTables.cases(),
                        BadValues.cases(),
                        BadTrees.cases(),
                        BadWorkbooks.cases(),
                        BadArchives.cases())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void thereAreEightyTwo() {
        assertThat(table().stream().map(BadInput::number).distinct().sorted().toList())
                .isEqualTo(IntStream.rangeClosed(1, 82).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("table")
    @Timeout(60)
    void becomesWhatItMust(BadInput input) throws Exception {
        for (String proof : input.proofs()) {
            String[] test = proof.split("#");
            assertThat(Class.forName("io.filedrop.hubspot." + test[0]).getDeclaredMethods())
                    .as(proof)
                    .anyMatch(method -> method.getName().equals(test[1]));
        }
        if (input.content() == null) {
            assertThat(input.proofs()).isNotEmpty();
            return;
        }
        Path file = folder.resolve(input.name());
        input.content().write(file);
        List<String> sentences = new ArrayList<>();
        assertThat(shown(outcomes(file, input.mapping(), sentences))).isEqualTo(input.outcome());
        assertThat(sentences).allMatch(sentence -> sentence.matches("(?s).*[.?]"));
        for (String part : input.says()) {
            assertThat(String.join("\n", sentences)).contains(part);
        }
        assertThat(Files.list(folder)).as("nothing stays behind").containsExactly(file);
    }

    /** Long lists are the number of records before the last one, and that one. */
    private static String shown(List<String> records) {
        return records.size() <= 12
                ? String.join(" ", records)
                : records.size() - 1 + " and " + records.get(records.size() - 1);
    }

    private static List<String> outcomes(Path file, String yaml, List<String> sentences)
            throws Exception {
        Optional<Mapping> own =
                yaml.isEmpty()
                        ? Optional.empty()
                        : Optional.of(MappingReader.read("feed.yaml", "", yaml, ""));
        Layout layout = own.map(Mapping::layout).orElse(Layout.UNSAID);
        try (Feed feed = FORMATS.open(file, layout)) {
            Mapping mapping = own.isPresent() ? own.get() : HeaderMapping.of(feed.columns(), "");
            Mapper mapper =
                    Mapper.of(
                            mapping,
                            feed.columns(),
                            new Mapper.Fit(Portals.LISTINGS, false, false, false, ""));
            List<String> records = new ArrayList<>();
            Record record;
            while ((record = feed.next()) != null) {
                assertThat(record.position().ordinal()).isEqualTo(records.size());
                records.add(record.position().place() + shown(mapper.map(record), sentences));
            }
            return records;
        } catch (RefusedFile e) {
            sentences.add(e.reason().message());
            return List.of("refused " + e.reason().code());
        }
    }

    private static String shown(Mapped mapped, List<String> sentences) {
        if (mapped instanceof Mapped.Update update) {
            return ":"
                    + update.id()
                    + new TreeMap<>(update.properties())
                            .toString()
                            .replace('\n', '⏎')
                            .replace('\r', '␍');
        }
        Outcome outcome = ((Mapped.Decided) mapped).outcome();
        outcome.reasons().stream().map(Reason::message).forEach(sentences::add);
        return outcome.kind() == Outcome.Kind.UNCHANGED
                ? "-"
                : "!"
                        + outcome.reasons().stream()
                                .map(Reason::code)
                                .collect(Collectors.joining("+"));
    }

    /** Cut at each byte, the records before stand, and the rest is one region. */
    @ParameterizedTest
    @MethodSource("cuts")
    void cutAnywhere(String name, String text, String mapping, int first, List<Integer> ends)
            throws Exception {
        for (int cut = first; cut < text.length(); cut++) {
            Path file = Files.writeString(folder.resolve(name), text.substring(0, cut));
            int at = cut;
            long whole = ends.stream().filter(end -> end <= at).count();
            List<String> records = outcomes(file, mapping, new ArrayList<>());
            String all = records + " cut at " + cut;
            long good = records.stream().filter(r -> r.contains("{")).count();
            assertThat(good).as(all).isEqualTo(whole);
            assertThat(records.size() - good).as(all).isEqualTo(1);
            assertThat(records.get(records.size() - 1)).as(all).contains("!");
        }
    }

    static Stream<Object[]> cuts() {
        String json = "[{\"id\":1,\"hs_price\":5},{\"id\":2,\"hs_price\":6}]";
        String xml = "<r><p><id>1</id><c>5</c></p><p><id>2</id><c>6</c></p></r>";
        return Stream.of(
                new Object[] {"f.json", json, JSON, 1, List.of(22, 44)},
                new Object[] {"f.xml", xml, BadTrees.XML, 3, List.of(28, 53)});
    }
}
