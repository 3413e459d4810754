package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the file, what is read of it, and what is given back. */
class CsvFormatTest {

    private static final Charset UTF_8 = StandardCharsets.UTF_8;

    @TempDir Path folder;

    /** In the table, ⏎ is LF, ␍ is CR, ⇥ is a tab; a record is line:field|field or line!CODE. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    id,a⏎1,x⏎2,y                      ~ 2:1|x 3:2|y
                    id;a␍⏎1;x␍⏎2;y␍⏎                  ~ 2:1|x 3:2|y
                    id⇥a␍1⇥x␍2⇥y                      ~ 2:1|x 3:2|y
                    id|a⏎1|x                          ~ 2:1|x
                    sep=;⏎id;a⏎1;x                    ~ 3:1|x
                    id,a⏎⏎  ⏎1,x⏎⏎                    ~ 4:1|x
                    id,a⏎,⏎1,x                        ~ 2:| 3:1|x
                    id,a⏎"1","x⏎y"⏎2,z                ~ 2:1|x⏎y 4:2|z
                    id,a⏎1,"x␍⏎y␍z"⏎2,z               ~ 2:1|x␍⏎y␍z 5:2|z
                    id,a⏎1,"say ""x""\"⏎2,z            ~ 2:1|say_"x" 3:2|z
                    id,a⏎1⏎2,y                        ~ 2!WRONG_FIELD_COUNT 3:2|y
                    id,a⏎1,x,z⏎2,y                    ~ 2!WRONG_FIELD_COUNT 3:2|y
                    id,a⏎1,"x"z⏎2,y                   ~ 2!BAD_QUOTE 3:2|y
                    id,a⏎1,"x"z"⏎2,y"⏎3,z             ~ 2!BAD_QUOTE 4:3|z
                    id,a⏎1,x"z"⏎2,y                   ~ 2:1|x"z" 3:2|y
                    id,a⏎1,x⏎2,"y⏎3,z⏎                ~ 2:1|x 3!BAD_QUOTE
                    id,a⏎1,x⏎id,a⏎2,y                 ~ 2:1|x 3!HEADER_REPEATED 4:2|y
                    id,a,⏎1,x,⏎2,y⏎3,z,w              ~ 2:1|x 3:2|y 4!WRONG_FIELD_COUNT
                    id,"a,b"⏎1,x                      ~ 2:1|x
                    ⏎⏎id,a⏎1,x                        ~ 4:1|x
                    id⏎7                              ~ 2:7
                    id,a                              ~ nothing
                    """)
    void readsWhatIsThere(String file, String expected) throws Exception {
        Path path = write("f.csv", shown(file).getBytes(UTF_8));
        assertThat(read(path)).isEqualTo(expected.equals("nothing") ? "" : expected);
    }

    @Test
    void readsBehindAByteOrderMark() throws Exception {
        Path path = write("f.csv", "\uFEFFid,a\n1,é\n".getBytes(UTF_8));
        assertThat(read(path)).isEqualTo("2:1|é");
    }

    @Test
    void refusesTheRecordWhoseBytesAreNoText() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("id,a\n1,café\n2,".getBytes(UTF_8));
        bytes.writeBytes("café\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes("3,\0\n4,fin\n".getBytes(UTF_8));
        Path path = write("f.csv", bytes.toByteArray());

        assertThat(read(path)).isEqualTo("2:1|café 3!WRONG_ENCODING 4!CONTROL_CHARACTER 5:4|fin");
        try (Feed feed = new CsvFormat().open(path, Layout.UNSAID)) {
            feed.next();
            Record.Unreadable wrong = (Record.Unreadable) feed.next();
            assertThat(wrong.reason().message())
                    .startsWith("Line 3, column 2 (a), in the record from byte 13: ");
        }
    }

    @Test
    void refusesAFieldThatIsTooLongAndGoesOnBehindIt() throws Exception {
        String huge = "x".repeat(3 * Format.FIELD_LIMIT);
        Path bare = write("f.csv", ("id,a\n1," + huge + "\n2,y\n").getBytes(UTF_8));
        assertThat(read(bare)).isEqualTo("2!TOO_LONG 3:2|y");
        Path quoted = write("f.csv", ("id,a\n1,\"\n" + huge + "\"\n2,y\n").getBytes(UTF_8));
        assertThat(read(quoted)).isEqualTo("2!TOO_LONG 4:2|y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    ''                 ~ EMPTY_FILE          ~ The file is empty
                    ⏎⏎                 ~ EMPTY_FILE          ~ The file is empty
                    id,a;b⏎1,2         ~ AMBIGUOUS_DELIMITER ~ Line 1:
                    id,a,a⏎1,2,3       ~ BAD_HEADER          ~ stands twice, in columns 2 and 3
                    id,,a⏎1,2,3        ~ BAD_HEADER          ~ column 2 has no name
                    id,a\u200B⏎1,2     ~ BAD_HEADER          ~ <U+200B>
                    "id,a⏎1,2          ~ BAD_HEADER          ~ quotes
                    %PDF-1.4           ~ UNKNOWN_FORMAT      ~ PDF
                    """)
    void refusesWhatIsNoTable(String file, String code, String sentence) throws Exception {
        Path path = write("f.csv", shown(file).replace("\\u200B", "\u200B").getBytes(UTF_8));
        RefusedFile refusal =
                catchThrowableOfType(
                        RefusedFile.class, () -> new CsvFormat().open(path, Layout.UNSAID));
        assertThat(refusal.reason().code()).isEqualTo(code);
        assertThat(refusal.reason().message()).contains(sentence).endsWith(".");
    }

    @Test
    void givesTheWantedRecordsBackByteForByte() throws Exception {
        String file = "\uFEFFsep=;\r\nid;a\r\n1;x\r\n\r\n2;\"y\nz\"\r\n3;\"a\"b\r\n4;é\n5;last";
        Path path = write("f.csv", file.getBytes(UTF_8));
        assertThat(copy(path, List.of(1L, 2L, 4L)))
                .isEqualTo("\uFEFFsep=;\r\nid;a\r\n2;\"y\nz\"\r\n3;\"a\"b\r\n5;last");
        assertThat(copy(path, List.of())).isEqualTo("\uFEFFsep=;\r\nid;a\r\n");
    }

    /** Any table, written in any dialect, is read as it was; any part of it is given back. */
    @Test
    void readsWhatWasWritten() throws Exception {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            String delimiter = List.of(",", ";", "\t", "|").get(random.nextInt(4));
            String lineBreak = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            List<List<String>> rows = new ArrayList<>();
            StringBuilder file = new StringBuilder("id" + delimiter + "a" + delimiter + "b");
            List<String> written = new ArrayList<>();
            for (int row = random.nextInt(40); row > 0; row--) {
                List<String> fields = List.of("" + row, field(random), field(random));
                rows.add(fields);
                written.add(
                        fields.stream()
                                .map(f -> quoted(f, delimiter, random))
                                .collect(Collectors.joining(delimiter)));
            }
            written.forEach(row -> file.append(lineBreak).append(row));
            Path path = write("f.csv", file.toString().getBytes(UTF_8));
            List<List<String>> read = new ArrayList<>();
            try (Feed feed = new CsvFormat().open(path, Layout.UNSAID)) {
                Record record;
                while ((record = feed.next()) != null) {
                    read.add(List.of(((Record.Row) record).values()));
                }
            }
            assertThat(read).as("seed " + seed).isEqualTo(rows);
            if (rows.size() > 1) {
                long one = random.nextInt(rows.size() - 1);
                assertThat(copy(path, List.of(one)))
                        .as("seed " + seed)
                        .isEqualTo(
                                "id"
                                        + delimiter
                                        + "a"
                                        + delimiter
                                        + "b"
                                        + lineBreak
                                        + written.get((int) one)
                                        + lineBreak);
            }
        }
    }

    private static String field(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    List.of("a", " ", "\"", ",", ";", "\n", "\r\n", "é", "🏠", "|")
                            .get(random.nextInt(10)));
        }
        return text.toString();
    }

    private static String quoted(String field, String delimiter, Random random) {
        boolean must = field.matches("(?s).*[\",\n\r].*") || field.contains(delimiter);
        return must || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private static String read(Path path) throws IOException, RefusedFile {
        List<String> records = new ArrayList<>();
        try (Feed feed = new CsvFormat().open(path, Layout.UNSAID)) {
            Record record;
            while ((record = feed.next()) != null) {
                String place = record.position().place();
                assertThat(record.position().ordinal()).isEqualTo(records.size());
                records.add(
                        record instanceof Record.Row row
                                ? place + ":" + hidden(String.join("|", row.values()))
                                : place + "!" + ((Record.Unreadable) record).reason().code());
            }
        }
        return String.join(" ", records);
    }

    private static String copy(Path path, List<Long> wanted) throws IOException, RefusedFile {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvFormat().copy(path, Layout.UNSAID, wanted::contains, out);
        return out.toString(UTF_8);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String shown(String text) {
        return text.replace('⏎', '\n').replace('␍', '\r').replace('⇥', '\t');
    }

    private static String hidden(String text) {
        return text.replace('\n', '⏎').replace('\r', '␍').replace(' ', '_');
    }
}
