package io.filedrop.hubspot.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Limits;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record becomes the same, and its faults are told alike, whatever its file is packed in. */
class MappingStepsTest {

    private static final String TABLE = "id,hs_city\n1,a;b\nA1,c\n";
    private static final String BLM =
            "#HEADER#\nEOF : '^'\nEOR : '~'\n#DEFINITION#\nid^hs_city^~\n#DATA#\n"
                    + "1^a;b^~A1^c^~\n#END#\n";
    private static final String JSON =
            "[{\"id\":1,\"hs_city\":[\"a\",\"b\"]},{\"id\":\"A1\",\"hs_city\":\"c\"}]";
    private static final String NDJSON =
            "{\"id\":1,\"hs_city\":[\"a\",\"b\"]}\n{\"id\":\"A1\",\"hs_city\":\"c\"}\n";
    private static final String XML =
            "<r><p><id>1</id><c>a</c><c>b</c></p><p><id>A1</id><c>c</c></p></r>";
    private static final String OF_XML =
            """
            files: ["x*"]
            layout: {record: p}
            id: {column: id}
            properties: {hs_city: {column: c, choices: {}}}
            """;

    @TempDir Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                table("f.csv", text(TABLE)),
                table("f.json.csv", text(TABLE)),
                table("f.csv.gz", gzip(TABLE)),
                table("f.zip", zip("f.csv", TABLE)),
                table("f.json.zip", zip("f.tsv", TABLE.replace(',', '\t'))),
                table("f.blm", text(BLM)),
                table("f.zip", zip("f.blm", BLM)),
                table("f.xlsx", BadWorkbooks.workbook("id,hs_city", "1,a;b", "A1,c")),
                tree("f.json", text(JSON)),
                tree("f.json.gz", gzip(JSON)),
                tree("f.zip", zip("f.json", JSON)),
                tree("f.csv.zip", zip("f.json", JSON)),
                tree("f.ndjson", text(NDJSON)),
                tree("f.jsonl.gz", gzip(NDJSON)),
                tree("f.zip", zip("f.jsonl", NDJSON)),
                tree("x.xml", text(XML)),
                tree("x.xml.gz", gzip(XML)),
                tree("x.zip", zip("f.xml", XML)));
    }

    private static Arguments table(String name, BadInput.Content content) {
        return Arguments.of(name, content, "Column 1 (id): found \"A1\"; ");
    }

    private static Arguments tree(String name, BadInput.Content content) {
        return Arguments.of(name, content, "Field id: found \"A1\"; ");
    }

    private static BadInput.Content text(String text) {
        return file -> Files.writeString(file, text);
    }

    private static BadInput.Content zip(String name, String text) {
        return file -> BadArchives.zip(file, name, text);
    }

    private static BadInput.Content gzip(String text) {
        return file -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text.getBytes(UTF_8));
            }
            Files.write(file, bytes.toByteArray());
        };
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("files")
    void mapWhatIsInTheFile(String name, BadInput.Content content, String fault) throws Exception {
        Path written = folder.resolve(name);
        content.write(written);
        ClaimedRun claimed = new ClaimedRun(folder.resolve("drop"), Map.of());
        Path inProgress = claimed.claim(name, Files.readAllBytes(written));
        MappingSteps steps = steps(claimed);
        try (Run run = claimed.runs.open(inProgress);
                Feed feed = Formats.all(Limits.DEFAULT).open(run.file(), steps.layout(run))) {
            Mapper mapper = steps.choose(run, feed);

            Mapped first = mapper.map(feed.next());
            assertThat(first).isInstanceOf(Mapped.Update.class);
            assertThat(((Mapped.Update) first).properties()).isEqualTo(Map.of("hs_city", "a;b"));

            Mapped second = mapper.map(feed.next());
            assertThat(second).isInstanceOf(Mapped.Decided.class);
            assertThat(((Mapped.Decided) second).outcome().reasons().get(0).message())
                    .startsWith(fault);
        }
    }

    private MappingSteps steps(ClaimedRun claimed) throws IOException {
        Path config = Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(config.resolve("xml.yaml"), OF_XML);
        return new MappingSteps(
                new KeptMappings(Mappings.load(config, ""), claimed.files, ""),
                new DefinitionSteps(Duration.ofHours(1), Duration.ofHours(1)),
                claimed.settings,
                new MappingSteps.Portal("", false, false),
                claimed.runs);
    }
}
