package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {

    private static final Format JSON = new JsonFormat(Limits.DEFAULT);
    private static final Format NDJSON = new NdjsonFormat(Limits.DEFAULT);
    private static final Layout SPARK =
            Shown.layout(Map.of("records", "D/Results"), "Id", "F/Price", "F/Tags", "Photos/0/Uri");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    [{"id":1,"a":"x"},{"id":2,"b":null}]     ~ 1:1|x|∅ 1:2|∅|_
                    [⏎{"id":"1"},⏎⏎{"id":"2"}⏎]              ~ 2:1 4:2
                    [{"id":9007199254740993,"a":1.10,"b":true}] ~ 1:9007199254740993|1.10|true
                    [{"id":1,"a":[1,"x",null]},{"id":2,"a":[]}] ~ 1:1|1+x 1:2|_
                    [{"a":["Madrid",""]},{"a":["","Madrid"]},{"a":["",null," "]}] ~ 1:Madrid 1:Madrid 1:
                    [{"a":["","pool"]},{"a":[" ","a"," ","b",""]},{"a":" "}] ~ 1:pool 1:a+b 1:_
                    [{"id":1,"a":{"b":1}},{"id":2}]          ~ 1!WRONG_SHAPE 1:2|∅
                    [{"id":1,"id":2},{"id":3}]               ~ 1!DUPLICATE_KEY 1:3
                    [{"id":1},7,"x",[{}],null,{"id":2}]      ~ 1:1 1!WRONG_SHAPE 1!WRONG_SHAPE 1!WRONG_SHAPE 1!WRONG_SHAPE 1:2
                    [{"id":"\\u0000"},{"id":"a\\u001fb"},{"id":"\\ud800"},{"id":2}] ~ 1!CONTROL_CHARACTER 1!CONTROL_CHARACTER 1!WRONG_ENCODING 1:2
                    [{"id":1},⏎{"id":2},⏎{"id":]⏎            ~ 1:1 2:2 3!BROKEN_STRUCTURE
                    [{"id":1}]⏎x                             ~ 1:1 1!BROKEN_STRUCTURE
                    [{"id":1}]{"id":2}                       ~ 1:1 1!BROKEN_STRUCTURE
                    [{"id":1}][]                             ~ 1:1 1!BROKEN_STRUCTURE
                    [{"id":1}⏎{"id":2}]                      ~ 1:1 1!BROKEN_STRUCTURE
                    [{"id":1},⏎{"id":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}] ~ 1:1 2:1
                    []                                       ~ nothing
                    """)
    void readsWhatIsThere(String file, String expected) throws Exception {
        String shown = expected.equals("nothing") ? "" : expected.replace("|_", "|");
        assertThat(Shown.read(JSON, write(Shown.text(file)), Layout.UNSAID)).isEqualTo(shown);
    }

    /** Its time grows with its length, and not with the square of it. */
    @Test
    @Timeout(20)
    void readsALongListWhole() throws Exception {
        String members = "\"x\"" + ",\"x\"".repeat(500_000 - 1);
        Path file = write("[{\"id\":1,\"a\":[" + members + "]}]");
        Record.Row row = (Record.Row) Shown.records(JSON, file, Layout.UNSAID).get(0);
        assertThat(row.value("a").split(String.valueOf(RowValues.BETWEEN))).hasSize(500_000);
    }

    @Test
    void findsTheArrayAndTheFieldsByTheirWays() throws Exception {
        Path file =
                write(
                        """
                        {"v": [1], "D": {"ok": {"Results": 1}, "Results": [
                          {"Id": "7", "F": {"Price": 1e5, "Tags": ["a", "b"]}, "x": {"Price": 3},
                           "Photos": [{"Uri": "u1"}, {"Uri": "u2"}]},
                          {"F": {"Price": {}}},
                          {"F": "none"}
                        ], "n": 3}, "z": []}
                        """);
        assertThat(Shown.read(JSON, file, SPARK))
                .isEqualTo("2:7|1e5|a+b|u1 4!WRONG_SHAPE 5!WRONG_SHAPE");
        assertThat(Shown.messages(JSON, file, SPARK).get(0))
                .isEqualTo(
                        "Line 4, column 19 (/D/Results/F/Price): a value, or a list of values, is"
                                + " expected here, but there is an object.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    ''                    ~ EMPTY_FILE       ~ empty
                    ' '                   ~ EMPTY_FILE       ~ empty
                    {"D":{}}              ~ WRONG_SHAPE      ~ Line 1, column 1: a list of records is expected here, but there is an object
                    {"D":                 ~ WRONG_SHAPE      ~ a mapping says where the list is
                    nul                   ~ BROKEN_STRUCTURE ~ Line 1, column
                    [{"":1}]              ~ BAD_HEADER       ~ invisible
                    [{"a":1},⏎{"a":2,⏎"b ":1},⏎{"b ":1}] ~ BAD_HEADER ~ "b ", first in the record of line 2.
                    """)
    void refusesWhatHoldsNoList(String file, String code, String sentence) throws Exception {
        Path path = write(Shown.text(file));
        RefusedFile refusal =
                catchThrowableOfType(RefusedFile.class, () -> JSON.open(path, Layout.UNSAID));
        assertThat(refusal.reason().code()).isEqualTo(code);
        assertThat(refusal.reason().message()).contains(sentence).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    {"b":[{"id":1}],"m":{"a":3,"b":{"b":1}},"l":[{"b":1},"b"]} ~ b   ~ 1:1
                    {"b":[],"b":[]}                                  ~ b   ~ 1!BROKEN_STRUCTURE
                    {"b":[{"id":1}]}{"b":[]}                         ~ b   ~ 1:1 1!BROKEN_STRUCTURE
                    {"a":{"b":[{"id":1}],"a":{"b":1}},"b":[]}        ~ a/b ~ 1:1
                    {"a":{"b":[{"id":1}],"b":1}}                     ~ a/b ~ 1:1 1!BROKEN_STRUCTURE
                    {"a":{"b":[{"id":1}]},"a":{}}                    ~ a/b ~ 1:1 1!BROKEN_STRUCTURE
                    """)
    void aKeyOnTheWayMayStandElsewhereButNotTwice(String file, String records, String expected)
            throws Exception {
        Layout layout = Shown.layout(Map.of("records", records), "id");
        assertThat(Shown.read(JSON, write(file), layout)).isEqualTo(expected);
    }

    @Test
    void refusesAListThatDoesNotBegin() throws Exception {
        Format small = new JsonFormat(Shown.limits(1024, 1024));
        Path path = write("{\"a\":[" + "1,".repeat(8192) + "1],\"D\":{\"Results\":[]}}");
        RefusedFile refusal =
                catchThrowableOfType(RefusedFile.class, () -> small.open(path, SPARK));
        assertThat(refusal.reason().code()).isEqualTo("TOO_LONG");
        assertThat(refusal)
                .hasMessage(
                        "The list of records does not begin within the first 4,096 bytes of the"
                                + " file.");
    }

    @Test
    void aWayThatIsNotThereIsRefused() throws Exception {
        Path path = write("{\"D\":{\"Result\":[]}}");
        RefusedFile refusal = catchThrowableOfType(RefusedFile.class, () -> JSON.open(path, SPARK));
        assertThat(refusal.reason().message()).contains("(/D): there is no key Results");
    }

    /** Digits behind an element that is passed over must not be taken for the end of a number. */
    @ParameterizedTest
    @ValueSource(strings = {".5]", "e1]", "5]", "\"x\"]", "", "x"})
    @Timeout(20)
    void looksForACommaBehindARecordThatWasPassedOver(String behind) throws Exception {
        Path path =
                Files.write(
                        folder.resolve("f.json"),
                        ("[{\"id\":\"\u00e9\"}" + behind).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Shown.read(JSON, path, Shown.layout(Map.of(), "id")))
                .isEqualTo("1!WRONG_ENCODING 1!BROKEN_STRUCTURE");
        assertThat(Shown.read(JSON, path, Layout.UNSAID)).contains("1!BROKEN_STRUCTURE");
    }

    @Test
    void passesOverOneRecordThatIsTooLongOrNoText() throws Exception {
        String huge = "\"" + "x\\n".repeat(Limits.DEFAULT.field()) + "\"";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("{\"D\":{\"Results\":[\n{\"Id\":1},\n{\"Id\":".getBytes(UTF_8));
        file.writeBytes(huge.getBytes(UTF_8));
        file.writeBytes("},{\"Id\":\"caf".getBytes(UTF_8));
        file.writeBytes("é\"},{\"Id\":".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes("1".repeat(70_000).getBytes(UTF_8));
        file.writeBytes("},\n{\"Id\":\"\u00e9\"},{\"Id\":\"".getBytes(UTF_8));
        // A slash in a longer form than needed.
        file.write(0xC0);
        file.write(0xAF);
        file.writeBytes("\"},\n{\"Id\":5}\n]}}".getBytes(UTF_8));
        Path path = Files.write(folder.resolve("f.json"), file.toByteArray());
        assertThat(Shown.read(JSON, path, Shown.layout(Map.of("records", "D/Results"), "Id")))
                .isEqualTo("2:1 3!TOO_LONG 3!WRONG_ENCODING 3!TOO_LONG 4:é 4!WRONG_ENCODING 5:5");
    }

    @Test
    void refusesUtf16() throws Exception {
        Path path = Files.write(folder.resolve("f.json"), "[]".getBytes(StandardCharsets.UTF_16));
        assertThat(
                        catchThrowableOfType(
                                        RefusedFile.class, () -> JSON.open(path, Layout.UNSAID))
                                .reason()
                                .code())
                .isEqualTo("WRONG_ENCODING");
    }

    @Test
    void givesTheWantedRecordsBackInTheirArray() throws Exception {
        Path path =
                write(
                        "{\"a\":1,\"D\":{\"Results\":[\n {\"Id\":1} ,\n {\"Id\":2},\n 3]},\"b\":2}\n");
        assertThat(Shown.copied(JSON, path, SPARK, 1L, 2L))
                .isEqualTo("{\"a\":1,\"D\":{\"Results\":[\n {\"Id\":2},\n 3]},\"b\":2}\n");
        assertThat(Shown.copied(JSON, path, SPARK, 0L))
                .isEqualTo("{\"a\":1,\"D\":{\"Results\":[\n {\"Id\":1}]},\"b\":2}\n");
        Path cut = write("[{\"id\":1},{\"id\":2},{\"id\":");
        assertThat(Shown.copied(JSON, cut, Layout.UNSAID, 2L)).isEqualTo("[{\"id\":");
        assertThat(Shown.copied(JSON, cut, Layout.UNSAID, 1L, 2L))
                .isEqualTo("[{\"id\":2},{\"id\":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    {"id":1}⏎{"id":2,"a":"x"}                   ~ 1:1|∅ 2:2|x
                    // exported⏎# x⏎⏎{"id":1}␍⏎                  ~ 4:1
                    {"id":1}⏎{"id":⏎{"id":3}                    ~ 1:1 2!BROKEN_STRUCTURE 3:3
                    {"id":1}⏎{"id":2} {"id":3}⏎{"id":4}         ~ 1:1 2!BROKEN_STRUCTURE 3:4
                    {"id":1}⏎[{"id":2}]⏎7                       ~ 1:1 2!WRONG_SHAPE 3!WRONG_SHAPE
                    {"id":1}⏎{"id":2,"id":3}                    ~ 1:1 2!DUPLICATE_KEY
                    """)
    void readsLines(String file, String expected) throws Exception {
        assertThat(Shown.read(NDJSON, write(Shown.text(file)), Layout.UNSAID)).isEqualTo(expected);
    }

    @Test
    void givesLinesBack() throws Exception {
        Path path = write("// x\n{\"id\":1}\r\n{\"id\":\n{\"id\":3}");
        assertThat(Shown.copied(NDJSON, path, Layout.UNSAID, 1L, 2L))
                .isEqualTo("{\"id\":\n{\"id\":3}");
        Path list = write("[{\"id\":1}]");
        assertThat(catchThrowableOfType(RefusedFile.class, () -> NDJSON.open(list, Layout.UNSAID)))
                .hasMessageContaining("call it .json");
    }

    /** Any records in any layout are read as they are; cut anywhere, those before stand. */
    @Test
    void readsWhatWasWritten() throws Exception {
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            List<List<String>> rows = new ArrayList<>();
            StringBuilder file = new StringBuilder("{\"o\":[{}],\"list\":[");
            List<Integer> ends = new ArrayList<>();
            for (int row = random.nextInt(12); row > 0; row--) {
                file.append(rows.isEmpty() ? "" : ",").append(space(random)).append("{");
                List<String> values = new ArrayList<>();
                for (String name : List.of("id", "a", "b")) {
                    String value = text(random);
                    values.add(value);
                    file.append(name.equals("id") ? "" : ",")
                            .append(space(random))
                            .append('"')
                            .append(name)
                            .append("\":")
                            .append(space(random))
                            .append(quoted(value, random));
                }
                rows.add(values);
                file.append("}");
                ends.add(file.toString().getBytes(UTF_8).length);
            }
            file.append(space(random)).append("],\"n\":{}}");
            byte[] bytes = file.toString().getBytes(UTF_8);
            Path path = Files.write(folder.resolve("f.json"), bytes);
            Layout layout = Shown.layout(Map.of("records", "list"), "id", "a", "b");
            assertThat(rows(path, layout)).as("seed " + seed).isEqualTo(rows);
            int cut = random.nextInt(bytes.length);
            if (cut > "{\"o\":[{}],\"list\":[".length()) {
                Path part = Files.write(folder.resolve("c.json"), Arrays.copyOf(bytes, cut));
                int whole = (int) ends.stream().filter(end -> end <= cut).count();
                List<Record> records = Shown.records(JSON, part, layout);
                assertThat(records).as("seed " + seed + " cut " + cut).hasSize(whole + 1);
                assertThat(rows(part, layout)).isEqualTo(rows.subList(0, whole));
                byte[] rest = Shown.copy(JSON, part, layout, (long) whole);
                Path again = Files.write(folder.resolve("d.json"), rest);
                assertThat(Shown.records(JSON, again, layout))
                        .as("seed " + seed)
                        .singleElement()
                        .isInstanceOf(Record.Unreadable.class);
            }
            if (!rows.isEmpty()) {
                long one = random.nextInt(rows.size());
                Path again =
                        Files.write(folder.resolve("d.json"), Shown.copy(JSON, path, layout, one));
                assertThat(rows(again, layout)).isEqualTo(List.of(rows.get((int) one)));
            }
        }
    }

    private static List<List<String>> rows(Path path, Layout layout) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (Record record : Shown.records(JSON, path, layout)) {
            if (record instanceof Record.Row row) {
                rows.add(List.of(row.values()));
            }
        }
        return rows;
    }

    private static String space(Random random) {
        return List.of("", " ", "\n", "\r\n\t").get(random.nextInt(4));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    List.of("a", " ", "\"", "\\", "\n", "é", "🏠", "/", "{", "]")
                            .get(random.nextInt(10)));
        }
        return text.toString();
    }

    private static String quoted(String text, Random random) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (random.nextInt(3) == 0) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                boolean half = Character.isSurrogate(c);
                quoted.append(half ? "\\u%04X".formatted((int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }

    private Path write(String text) throws Exception {
        return Files.write(folder.resolve("f.json"), text.getBytes(UTF_8));
    }
}
