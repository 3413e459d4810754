package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Collections of bad and of difficult files that others made. They lie beside the project, and are
 * skipped, with a line that says so, where they do not.
 */
class CorporaTest {

    private static final Logger LOG = Logger.getLogger(CorporaTest.class);
    private static final Path CORPORA = Path.of("../shared/data/corpora");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a broken text is refused with; never a value that does not stand there. */
    private static final Set<String> BROKEN =
            Set.of("BROKEN_STRUCTURE", "WRONG_ENCODING", "EMPTY_FILE", "TOO_DEEP", "TOO_LONG");

    private final Formats formats = Formats.all(Limits.DEFAULT);

    @TempDir Path folder;

    /** What became of a file: its rows, and the codes and messages of what was refused. */
    private record Result(List<List<String>> rows, List<String> codes, List<String> messages) {}

    @TestFactory
    Stream<DynamicTest> jsonTestSuite() throws IOException {
        return files("json-test-suite", ".json")
                .map(file -> dynamicTest(name(file), () -> json(file)));
    }

    private void json(Path file) throws Exception {
        Result result = read(file, Shown.layout(Map.of(), "a"));
        assertThat(result.codes()).doesNotContain("READER_FAILED");
        if (name(file).startsWith("y_")) {
            assertThat(result.codes()).doesNotContainAnyElementsOf(BROKEN);
        } else if (name(file).startsWith("n_")) {
            assertThat(result.codes()).isNotEmpty();
            assertThat(result.messages())
                    .anyMatch(m -> m.matches("(?s).*(Line \\d+, (column|byte) \\d+|is empty).*"));
            String content = Files.readString(file, Charset.forName("ISO-8859-1"));
            if (content.startsWith("[")) {
                assertThat(result.codes()).containsAnyElementsOf(BROKEN);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> csvSpectrum() throws IOException {
        return files("csv-spectrum/files/csvs", ".csv")
                // Its list names another telephone number than the file.
                .filter(file -> !name(file).equals("location_coordinates.csv"))
                .map(file -> dynamicTest(name(file), () -> csvSpectrum(file)));
    }

    private void csvSpectrum(Path file) throws Exception {
        Path wanted =
                CORPORA.resolve("csv-spectrum/files/json/" + name(file).replace(".csv", ".json"));
        List<List<String>> expected = new ArrayList<>();
        JsonNode list = JSON.readTree(wanted.toFile());
        for (JsonNode record : list.isArray() ? list : List.of(list)) {
            expected.add(
                    StreamSupport.stream(record.spliterator(), false)
                            .map(v -> v.asText().replace("\r\n", "\n"))
                            .toList());
        }
        Result result = read(file, Layout.UNSAID);
        assertThat(result.codes()).isEmpty();
        assertThat(result.rows()).isEqualTo(expected);
    }

    /**
     * Where a row is given, it is the expected one; where the rules are broken, it may be refused.
     */
    @TestFactory
    Stream<DynamicTest> javaCsvComparison() throws IOException {
        return files("java-csv-comparison", ".yaml")
                .filter(file -> !name(file).startsWith("comments-"))
                .flatMap(this::comparisons);
    }

    @SuppressWarnings("unchecked")
    private Stream<DynamicTest> comparisons(Path file) {
        Map<String, Object> suite;
        try {
            suite =
                    (Map<String, Object>)
                            new Load(LoadSettings.builder().build())
                                    .loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, Object> settings =
                (Map<String, Object>) suite.getOrDefault("settings", Map.of());
        boolean mayRefuse = Boolean.TRUE.equals(settings.get("exceptionAllowed"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> check : (List<Map<String, Object>>) suite.get("checks")) {
            String input = String.valueOf(check.get("input"));
            Collection<List<Object>> records = (Collection<List<Object>>) check.get("records");
            for (String lineBreak : List.of("\n", "\r", "\r\n")) {
                tests.add(
                        dynamicTest(
                                check.get("id")
                                        + " "
                                        + (int) lineBreak.charAt(0)
                                        + lineBreak.length(),
                                () -> comparison(input, records, lineBreak, mayRefuse)));
            }
        }
        return tests.stream();
    }

    private void comparison(
            String input, Collection<List<Object>> records, String lineBreak, boolean mayRefuse)
            throws Exception {
        Path file = folder.resolve("f.csv");
        Files.writeString(file, filled(input, lineBreak));
        Layout layout = Shown.layout(Map.of("header-line", "none", "delimiter", ","));
        Result result = read(file, layout);
        List<List<String>> expected = new ArrayList<>();
        for (List<Object> record : records == null ? List.<List<Object>>of() : records) {
            List<String> fields =
                    record.stream().map(field -> filled(String.valueOf(field), lineBreak)).toList();
            if (fields.size() > 1 || !fields.get(0).isBlank()) {
                boolean blank = fields.stream().allMatch(String::isBlank);
                expected.add(blank ? fields.stream().map(field -> "").toList() : fields);
            }
        }
        // Empty lines are no records here, and an only column of blanks is one of them.
        result.rows().removeIf(row -> row.size() == 1 && row.get(0).isBlank());
        if (result.codes().isEmpty()) {
            assertThat(result.rows()).isEqualTo(expected);
        } else {
            assertThat(result.codes())
                    .allMatch(
                            code ->
                                    code.equals("HEADER_REPEATED")
                                            || code.equals("EMPTY_FILE") && expected.isEmpty()
                                            || code.equals("WRONG_FIELD_COUNT")
                                            || mayRefuse && code.equals("BAD_QUOTE")
                                            || mayRefuse && code.equals("BAD_HEADER"));
            if (!result.rows().isEmpty()) {
                assertThat(expected).containsSubsequence(result.rows());
            }
        }
    }

    private static String filled(String text, String lineBreak) {
        return text.replace("␍", "\r")
                .replace("␊", "\n")
                .replace("␤", "\r\n")
                .replace("⏎", lineBreak)
                .replace("␠", " ");
    }

    @TestFactory
    Stream<DynamicTest> csvlint() throws IOException {
        return files("csvlint-fixtures", ".csv")
                .map(file -> dynamicTest(name(file), () -> csvlint(file)));
    }

    private void csvlint(Path file) throws Exception {
        Result result = read(file, Layout.UNSAID);
        assertThat(result.codes()).doesNotContain("READER_FAILED");
        if (name(file).equals("invalid-byte-sequence.csv")) {
            assertThat(result.codes()).contains("WRONG_ENCODING");
        } else if (name(file).startsWith("title-row")) {
            assertThat(result.codes()).isNotEmpty();
        } else if (name(file).contains("-line-endings")) {
            assertThat(result.rows()).isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> readr() throws IOException {
        return files("readr-fixtures", "")
                .map(
                        file ->
                                dynamicTest(
                                        name(file),
                                        () -> {
                                            Result result = read(file, Layout.UNSAID);
                                            assertThat(result.codes())
                                                    .doesNotContain("READER_FAILED");
                                            if (name(file).matches("eol-.*(csv|txt|gz|zip)")) {
                                                assertThat(result.rows()).hasSizeGreaterThan(1);
                                            }
                                        }));
    }

    @Test
    void encodings() throws Exception {
        Path files = corpus("encoding-test-files/files");
        Layout layout = Shown.layout(Map.of("delimiter", "tab", "quote", "none"));
        Result utf8 = read(files.resolve("utf8.txt"), layout);
        assertThat(utf8.codes()).isEmpty();
        assertThat(read(files.resolve("utf16.txt"), layout).rows()).isEqualTo(utf8.rows());
        assertThat(read(files.resolve("latin1.txt"), layout).codes()).contains("WRONG_ENCODING");
        Map<String, String> declared =
                Map.of("delimiter", "tab", "quote", "none", "encoding", "ISO-8859-1");
        assertThat(read(files.resolve("latin1.txt"), Shown.layout(declared)).codes()).isEmpty();
    }

    /** As a field of each format: exactly what was written, or refused. */
    @Test
    void naughtyStrings() throws Exception {
        List<String> strings = new ArrayList<>();
        JSON.readTree(corpus("naughty-strings/files").resolve("blns.json").toFile())
                .forEach(node -> strings.add(node.asText()));
        assertThat(strings).hasSizeGreaterThan(400);
        StringBuilder csv = new StringBuilder("id,text");
        StringBuilder json = new StringBuilder("[");
        for (String text : strings) {
            csv.append("\n1,\"").append(text.replace("\"", "\"\"")).append('"');
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"id\":1,\"text\":")
                    .append(JSON.writeValueAsString(text))
                    .append('}');
        }
        byte[] table = csv.toString().getBytes(UTF_8);
        byte[] list = json.append("]").toString().getBytes(UTF_8);
        for (Path file :
                List.of(
                        Files.write(folder.resolve("f.csv"), table),
                        Files.write(folder.resolve("f.json"), list))) {
            Result result = read(file, Layout.UNSAID);
            assertThat(result.codes()).isSubsetOf("CONTROL_CHARACTER", "WRONG_ENCODING");
            List<String> expected =
                    strings.stream()
                            .filter(
                                    text ->
                                            !text.matches(
                                                    "(?s).*[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F].*"))
                            .toList();
            assertThat(result.rows()).extracting(row -> row.get(1)).isEqualTo(expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> yauzl() throws IOException {
        Set<String> refused =
                Set.of(
                        "bogus-compression-method.zip",
                        "traditional-encryption-and-compression.zip",
                        "traditional-encryption-and-compression_deprecated.zip",
                        "traditional-encryption.zip",
                        "traditional-encryption_deprecated.zip",
                        "sloppy-filenames.zip",
                        "unicode-path-extra-field.zip");
        return files("yauzl-zips", ".zip")
                .map(
                        file ->
                                dynamicTest(
                                        name(file),
                                        () -> {
                                            String code = unzip(file);
                                            if (file.toString().contains("failure")
                                                    || refused.contains(name(file))) {
                                                assertThat(code)
                                                        .isIn("BAD_ARCHIVE", "FILE_TOO_LARGE");
                                            } else {
                                                assertThat(code).isEmpty();
                                            }
                                        }));
    }

    private static String unzip(Path file) throws IOException {
        try (ZipDirectory directory = new ZipDirectory(file, Limits.DEFAULT)) {
            for (ZipDirectory.Entry entry : directory.entries()) {
                directory.unpack(entry, OutputStream.nullOutputStream());
            }
            return "";
        } catch (RefusedFile e) {
            return e.reason().code();
        }
    }

    /** Read to the end or refused with a reason; what is given back reads the same. */
    @TestFactory
    Stream<DynamicTest> workbooks() throws IOException {
        return Stream.concat(files("calamine-xlsx", ".xlsx"), files("fastexcel-xlsx", ".xlsx"))
                .map(file -> dynamicTest(name(file), () -> workbook(file)));
    }

    private void workbook(Path file) throws Exception {
        Result result = read(file, Layout.UNSAID);
        assertThat(result.codes()).doesNotContain("READER_FAILED");
        assertThat(result.messages()).allMatch(message -> message.endsWith("."));
        boolean refused = result.rows().isEmpty() && !result.codes().isEmpty();
        if (!refused && !result.codes().contains("BROKEN_STRUCTURE")) {
            Path back = folder.resolve("back.xlsx");
            try (OutputStream out = Files.newOutputStream(back)) {
                formats.copy(file, Layout.UNSAID, ordinal -> true, out);
            }
            Result again = read(back, Layout.UNSAID);
            assertThat(again.messages()).hasSameSizeAs(result.messages());
            assertThat(again.rows()).as(again.messages().toString()).isEqualTo(result.rows());
            assertThat(again.codes()).isEqualTo(result.codes());
        }
    }

    private Result read(Path file, Layout layout) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        // Packed ones are unpacked beside themselves, and the corpora cannot be written to.
        Path copy = Files.copy(file, folder.resolve("copy-" + name(file)));
        try (Feed feed = formats.open(copy, layout)) {
            Record record;
            while ((record = feed.next()) != null) {
                if (record instanceof Record.Row row) {
                    rows.add(java.util.Arrays.asList(row.values()));
                } else {
                    codes.add(((Record.Unreadable) record).reason().code());
                    messages.add(((Record.Unreadable) record).reason().message());
                }
            }
        } catch (RefusedFile e) {
            codes.add(e.reason().code());
            messages.add(e.reason().message());
        } finally {
            Files.delete(copy);
        }
        return new Result(rows, codes, messages);
    }

    private static Stream<Path> files(String corpus, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(corpus(corpus))) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> name(file).endsWith(ending))
                    .sorted()
                    .collect(Collectors.toList())
                    .stream();
        }
    }

    private static Path corpus(String name) {
        Path corpus = CORPORA.resolve(name);
        if (!Files.isDirectory(corpus)) {
            LOG.warnf("SKIPPED: the files of %s are not here.", name);
        }
        Assumptions.assumeTrue(Files.isDirectory(corpus), name + " is not here");
        return corpus;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
