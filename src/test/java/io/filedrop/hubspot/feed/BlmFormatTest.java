package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlmFormatTest {

    private static final Format BLM = new BlmFormat(Limits.DEFAULT);
    private static final String HEADER =
            "#HEADER#\r\nVersion : 3\r\nEOF : '^'\r\nEOR : '~'\r\n\r\n#DEFINITION#\r\nREF^A^~\r\n#DATA#\r\n";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    1^x^~⏎2^y^~⏎#END#⏎      ; 9:1|x 10:2|y
                    1^x~⏎2^y⏎z^~#END#       ; 9:1|x 10:2|y⏎z
                    1^x^z^~1~2^^~⏎#END#     ; 9!WRONG_FIELD_COUNT 9!WRONG_FIELD_COUNT 9:2|
                    1^x^~⏎2^y               ; 9:1|x 10!BROKEN_STRUCTURE
                    1^x^~⏎                  ; 9:1|x 10!BROKEN_STRUCTURE
                    1^x^~                   ; 9:1|x 9!BROKEN_STRUCTURE
                    1^x^~⏎#END#⏎3^z^~       ; 9:1|x 10!BROKEN_STRUCTURE
                    #END#                   ; nothing
                    """)
    void readsWhatIsThere(String records, String expected) throws Exception {
        Path path = write(HEADER + Shown.text(records));
        String shown = expected.equals("nothing") ? "" : expected;
        assertThat(Shown.read(BLM, path, Layout.UNSAID)).isEqualTo(shown);
        Long[] all = {0L, 1L, 2L};
        assertThat(Shown.copied(BLM, path, Layout.UNSAID, all))
                .isEqualTo(HEADER + Shown.text(records));
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY_FILE",
        "<?xml version='1.0'?>, BAD_HEADER",
        "#HEADER#⏎EOF : '^'⏎#DEFINITION#⏎A^~⏎#DATA#, BAD_HEADER",
        "#HEADER#⏎EOF : '^'⏎EOR : '~'⏎#DEFINITION#⏎A^A^~⏎#DATA#, BAD_HEADER",
        "#HEADER#⏎EOF : '^'⏎EOR : '~'⏎#DEFINITION#⏎A^B, BAD_HEADER",
    })
    void refusesWhatDoesNotBeginAsItShould(String file, String code) throws Exception {
        Path path = write(Shown.text(file).replace("''''", "'"));
        assertThat(
                        catchThrowableOfType(RefusedFile.class, () -> BLM.open(path, Layout.UNSAID))
                                .reason()
                                .code())
                .isEqualTo(code);
    }

    @Test
    void readsOtherEncodingsWhenDeclared() throws Exception {
        Path path =
                Files.write(
                        folder.resolve("f.blm"),
                        (HEADER + "1^é^~\r\n2^y^~\r\n#END#").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Shown.read(BLM, path, Layout.UNSAID)).isEqualTo("9!WRONG_ENCODING 10:2|y");
        assertThat(Shown.read(BLM, path, Shown.layout(Map.of("encoding", "windows-1252"))))
                .isEqualTo("9:1|é 10:2|y");
    }

    /**
     * Any records are read as they are and given back byte for byte; cut anywhere, those before
     * stand.
     */
    @Test
    void readsWhatWasWritten() throws Exception {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<String> rows = new ArrayList<>();
            List<String> written = new ArrayList<>();
            StringBuilder file = new StringBuilder(HEADER);
            List<Integer> ends = new ArrayList<>();
            boolean trailing = random.nextBoolean();
            for (int row = random.nextInt(12); row > 0; row--) {
                String a = row + text(random);
                String b = text(random);
                String record = a + "^" + b + (trailing ? "^" : "") + "~";
                rows.add(a + "|" + b);
                written.add(record);
                file.append(record);
                ends.add(file.toString().getBytes(UTF_8).length);
                file.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            file.append("#END#");
            byte[] bytes = file.toString().getBytes(UTF_8);
            Path path = Files.write(folder.resolve("f.blm"), bytes);
            assertThat(rows(path)).as("seed " + seed).isEqualTo(rows);
            if (!rows.isEmpty()) {
                int one = random.nextInt(rows.size());
                assertThat(Shown.copied(BLM, path, Layout.UNSAID, (long) one))
                        .as("seed " + seed)
                        .contains(written.get(one))
                        .endsWith("#END#");
            }
            int cut = HEADER.length() + random.nextInt(bytes.length - HEADER.length());
            int whole = (int) ends.stream().filter(end -> end <= cut).count();
            Path part = Files.write(folder.resolve("c.blm"), Arrays.copyOf(bytes, cut));
            assertThat(rows(part)).as("seed " + seed).isEqualTo(rows.subList(0, whole));
            assertThat(Shown.records(BLM, part, Layout.UNSAID)).hasSize(whole + 1);
            Long[] all = LongStream.rangeClosed(0, whole).boxed().toArray(Long[]::new);
            assertThat(Shown.copy(BLM, part, Layout.UNSAID, all))
                    .as("seed " + seed)
                    .isEqualTo(Files.readAllBytes(part));
        }
    }

    private static List<String> rows(Path path) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Record record : Shown.records(BLM, path, Layout.UNSAID)) {
            if (record instanceof Record.Row row) {
                rows.add(String.join("|", row.values()));
            }
        }
        return rows;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(List.of("a", " b", "\"", ",", "é", "🏠", "|").get(random.nextInt(7)));
        }
        return text.toString();
    }

    private Path write(String text) throws Exception {
        return Files.write(folder.resolve("f.blm"), text.getBytes(UTF_8));
    }
}
