package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.filedrop.hubspot.mapping.MappingReader.WrongMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The grammar of mappings, as the program and the schema for editors have it. */
class MappingReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("config/mappings");

    private static final String FRAME =
            """
            files: ["feed*.csv"]
            id: {column: REF}
            properties:
              hs_city: CITY
            """;

    private static Mapping read(String yaml) {
        return MappingReader.read("feed.yaml", "", yaml, "");
    }

    private static String with(String property) {
        return FRAME + "  hs_price: " + property + "\n";
    }

    private static boolean fitsSchema(String yaml) throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(JSON.readTree(FOLDER.resolve("mapping.schema.json").toFile()));
        JsonNode json =
                JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        return schema.validate(json).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRICE",
                "{column: PRICE}",
                "{columns: [A, B]}",
                "{columns: [\"{source}\", A], join: \"\"}",
                "{constant: \"5\"}",
                "{constant: 5}",
                "{column: A, expression: .A}",
                "{columns: [A, B], expression: 'if (.A) .B'}",
                "{column: A, trim: true, skip: [\"0\", 1, x], clear: [none], empty: refuse}",
                "{column: A, default: Madrid, required: true, optional: false}",
                "{column: A, number: de, unit: {from: m2, to: ft2}}",
                "{column: A, number: plain, unit: {column: B, from: Square Feet, to: m²}}",
                "{column: A, date: dd.MM.yyyy}",
                "{column: A, date: {format: epoch-ms, zone: Europe/Madrid}}",
                "{column: A, datetime: {format: \"yyyy-MM-dd HH:mm\", zone: UTC}}",
                "{column: A, datetime: iso}",
                "{column: A, boolean: {true: [ja], false: [nein, \"\"]}, ignore-case: true}",
                "{column: A, values: {a: b, \"1\": 2}, others: keep}",
                "{column: A, choices: {}}",
                "{column: A, choices: {split: \",\", append: true}, values: {a: b}}",
            })
    void takes(String property) throws IOException {
        assertThat(read(with(property)).properties()).containsKeys("hs_city", "hs_price");
        assertThat(fitsSchema(with(property))).as("the schema takes it, too").isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                  | hs_price must have a column, columns or a constant",
                "[A]                                 | hs_price must be a list of keys with values",
                "{column: A, columns: [B]}           | hs_price has column and columns; keep one of them",
                "{colum: A}                          | hs_price.colum is not known here",
                "{columns: []}                       | hs_price.columns must be a list",
                "{columns: [[A]]}                    | hs_price.columns must be a list of texts",
                "{column: A, join: \"\"}             | hs_price.join needs columns",
                "{constant: A, expression: .A}       | hs_price.expression needs column or columns",
                "{columns: [A], join: x, expression: .A} | hs_price.expression needs column or columns",
                "{column: A, trim: maybe}            | hs_price.trim must be one of false, true",
                "{column: A, skip: x}                | hs_price.skip must be a list",
                "{column: A, empty: never}           | hs_price.empty must be one of clear, ignore, refuse",
                "{column: A, number: klingon}        | hs_price.number must be one of ch, de, en",
                "{column: A, number: de, date: iso}  | hs_price has date and number; keep one of them",
                "{column: A, unit: {from: m2, to: ft2}} | hs_price.unit needs number",
                "{column: A, number: de, unit: {to: ft2}} | hs_price.unit must say from which unit",
                "{column: A, number: de, unit: {from: m2}} | hs_price.unit.to is missing",
                "{column: A, number: de, unit: {from: furlong, to: ft2}} | hs_price.unit.from must be one of m2, ft2",
                "{column: A, date: {zone: UTC}}      | hs_price.date.format is missing",
                "{column: A, boolean: {true: [ja]}}  | hs_price.boolean.false is missing",
                "{column: A, others: skip}           | hs_price.others needs values",
                "{column: A, values: {}}             | hs_price.values must have at least one line",
                "{column: A, values: {a: [b]}}       | hs_price.values.a must be a text",
                "{column: A, choices: {}, number: de} | hs_price.choices cannot stand beside number",
                "{column: A, choices: {join: x}}     | hs_price.choices.join is not known here",
            })
    void refusesWithLineAndKeyAndSoDoesTheSchema(String property, String sentence)
            throws IOException {
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(with(property)))
                .withMessageStartingWith("feed.yaml, line 5: properties.")
                .withMessageContaining(sentence);
        assertThat(fitsSchema(with(property))).as("the schema refuses it, too").isFalse();
    }

    /** What only the program can know. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{column: A, expression: \"if (\"}   | hs_price.expression cannot be used: it is no JSLT",
                "{column: A, expression: \"def f(x) f($x)  f(.A)\"} | def and import are not allowed",
                "{column: A, expression: 'import \"x\" as x  .A'} | def and import are not allowed",
                "{column: A, date: tomorrow}         | hs_price.date cannot be used: tomorrow is no pattern",
                "{column: A, date: HH:mm}            | does not say which day it is",
                "{column: A, datetime: dd.MM.yyyy}   | does not say which day and time it is",
                "{column: A, datetime: \"dd.MM.yyyy HH:mm\"} | does not say the time zone",
                "{column: A, datetime: {format: iso, zone: Mars}} | hs_price.datetime.zone must be a time zone",
                "{column: A, boolean: {true: [x], false: [x]}} | a word that means both",
                "{column: A, values: {a: b, A: c}, ignore-case: true} | has A twice",
                "{column: A, column: B}              | hs_price.column stands twice",
            })
    void refusesWhatCannotWork(String property, String sentence) {
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(with(property)))
                .withMessageStartingWith("feed.yaml, line 5: properties.")
                .withMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fils: [a]                      | feed.yaml, line 1: fils is not known here; the mapping has",
                "files: [a]                     | feed.yaml, line 1: id is missing.",
                "files: a                       | feed.yaml, line 1: files must be a list",
                "format: pdf                    | feed.yaml, line 1: format must be one of blm, csv",
                "layout: {sheets: x}            | feed.yaml, line 1: layout.sheets is not known here",
                "trim: 1                        | feed.yaml, line 1: trim must be one of",
            })
    void refusesTheFrame(String line, String sentence) throws IOException {
        String key = line.substring(0, line.indexOf(':'));
        String yaml =
                key.equals("files") && line.contains("[")
                        ? line
                        : line.strip() + "\n" + FRAME.replaceFirst("(?m)^" + key + ":.*\n", "");
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(yaml))
                .withMessageStartingWith(sentence);
        assertThat(fitsSchema(yaml)).as("the schema refuses it, too").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "csv    | x.csv    | delimiter: \"::\"       | layout.delimiter cannot be used: delimiter must be one ASCII character, or tab, but is ::",
                "csv    | x.csv    | quote: é                 | layout.quote cannot be used: quote must be one ASCII character",
                "''     | x.csv    | {delimiter: ';', quote: ';'} | layout.quote is the delimiter, too",
                "''     | x*.csv   | encoding: klingon        | layout.encoding cannot be used: there is no encoding klingon",
                "''     | x*.csv   | header-line: first       | layout.header-line cannot be used: header-line must be the number of a line",
                "''     | x*.xlsx  | header-row: A            | layout.header-row cannot be used: header-row must be the number of a row",
                "''     | x*.xlsx  | delimiter: ;             | layout.delimiter is not known here; layout has header-row, sheet",
                "json   | x        | records: /D              | layout.records cannot be used: a way like a/b is expected",
                "ndjson | x        | records: D               | layout.records is not known here",
                "''     | x.ndjson | records: D               | layout.records is not known here",
                "xml    | x        | doctype: open            | layout.doctype cannot be used: doctype can only be ignore",
                "xml    | x        | record: a//b             | layout.record cannot be used: a way like a/b is expected",
            })
    void refusesALayoutThatCannotBe(String format, String glob, String option, String sentence) {
        String kind = format.equals("''") ? "" : "format: " + format + "\n";
        String block = option.startsWith("{") ? option : "{" + option + "}";
        String yaml = FRAME.replace("feed*.csv", glob) + kind + "layout: " + block + "\n";
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(yaml))
                .withMessageStartingWith("feed.yaml, line " + (kind.isEmpty() ? 5 : 6) + ": ")
                .withMessageContaining(sentence);
    }

    @Test
    void takesTheLayoutOfEveryKindThatTheFilesMayBe() {
        String yaml = FRAME.replace("[\"feed*.csv\"]", "[\"a*.csv\", \"b*.xml\", \"c*.blm\"]");
        assertThat(read(yaml + "layout: {record: p, encoding: ISO-8859-1}\n").layout().options())
                .containsOnlyKeys("record", "encoding");
        assertThat(read(FRAME + "format: blm\nlayout: {encoding: windows-1252}\n").layout())
                .satisfies(l -> assertThat(l.option("encoding")).contains("windows-1252"));
    }

    @Test
    void refusesBadGlobsAndTwoProperties() {
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(FRAME.replace("feed*.csv", "feed[.csv")))
                .withMessageContaining("which is no glob");
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(FRAME.replace("feed*.csv", "madrid/feed.csv")))
                .withMessageContaining("without folders");
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(
                        () ->
                                read(
                                        FRAME.replace(
                                                "{column: REF}",
                                                "{column: REF, property: a, default-property: b}")))
                .withMessageContaining("keep one of them");
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> read(FRAME + "  a: [\n"))
                .withMessageContaining("this is not YAML");
    }

    @Test
    void tellsTheFormatItsLayoutAndFields() {
        Mapping mapping =
                read(
                        """
                        files: ["x*.xml"]
                        format: xml
                        layout: {record: [residential, land], encoding: ISO-8859-1}
                        id: {columns: [agentID, uniqueID], join: "-"}
                        properties:
                          hs_price: {columns: [price, rent], expression: .price}
                          hs_lot_size: {column: area, number: plain, unit: {column: area/@unit, to: ft2}}
                        """);
        assertThat(mapping.layout().format()).isEqualTo("xml");
        assertThat(mapping.layout().option("record")).contains("residential land");
        assertThat(mapping.layout().option("encoding")).contains("ISO-8859-1");
        assertThat(mapping.layout().fields())
                .containsExactly("agentID", "uniqueID", "price", "rent", "area", "area/@unit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "property: a         | b  | a",
                "property: hs_object_id | b | ''",
                "default-property: a | b  | b",
                "default-property: a | '' | a",
                "join: '-'           | b  | b",
                "join: '-'           | '' | ''",
            })
    void knowsTheIdProperty(String key, String setting, String expected) {
        String yaml = FRAME.replace("{column: REF}", "{columns: [REF], " + key + "}");
        assertThat(MappingReader.read("feed.yaml", "", yaml, setting).idProperty())
                .isEqualTo(expected);
    }

    /** The id is sent as its value; what is mapped to it would never be. */
    @ParameterizedTest
    @CsvSource({"'{column: OLD, property: reference}', ''", "{column: OLD}, reference"})
    void refusesToMapTheIdPropertyToo(String id, String setting) {
        String yaml = FRAME.replace("{column: REF}", id).replace("hs_city: CITY", "reference: NEW");
        assertThatExceptionOfType(WrongMapping.class)
                .isThrownBy(() -> MappingReader.read("feed.yaml", "", yaml, setting))
                .withMessage(
                        "feed.yaml, line 4: properties.reference is the property that the listings"
                                + " are found by, so that it always holds the id; leave it out here.");
    }

    @Test
    void theReadyMappingsAreTheOnesInTheFolderAndFitTheSchema() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(FOLDER)) {
            names =
                    files.map(f -> f.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .sorted()
                            .toList();
        }
        assertThat(names).isEqualTo(Mappings.READY);
        for (String name : names) {
            String yaml = Files.readString(FOLDER.resolve(name));
            assertThat(fitsSchema(yaml)).as(name).isTrue();
            Mapping mapping = MappingReader.read(name, "", yaml, "");
            assertThat(mapping.idProperty()).as(name).isEqualTo("reference");
            String start = name.replaceFirst("[-.].*", "");
            assertThat(mapping.files())
                    .as("%s captures nothing by accident", name)
                    .allMatch(glob -> glob.startsWith(start));
        }
    }

    @Test
    void oneOfTheFolderComesBeforeAReadyOne(@TempDir Path folder) throws Exception {
        assertThat(Mappings.load(folder, "").forFile("KYERO-feed.XML").orElseThrow().name())
                .isEqualTo("kyero.yaml");
        Files.writeString(folder.resolve("ours.yaml"), FRAME.replace("feed*.csv", "Kyero*.xml"));
        assertThat(Mappings.load(folder, "").forFile("kyero.xml").orElseThrow().name())
                .isEqualTo("ours.yaml");
        Files.writeString(folder.resolve("kyero.yaml"), FRAME.replace("feed*.csv", "k*.xml"));
        assertThatExceptionOfType(io.filedrop.hubspot.feed.RefusedFile.class)
                .isThrownBy(() -> Mappings.load(folder, "").forFile("kyero.xml"))
                .withMessageContaining("kyero.yaml and ours.yaml");
    }

    @Test
    void takesTheExamplesOfTheGuide() throws IOException {
        String guide = Files.readString(Path.of("docs/mapping.md"));
        List<String> examples =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                        .matcher(guide)
                        .results()
                        .map(found -> found.group(1))
                        .filter(text -> text.contains("files:"))
                        .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        for (String example : examples) {
            assertThat(read(example).properties()).isNotEmpty();
            assertThat(fitsSchema(example)).as(example).isTrue();
        }
    }
}
