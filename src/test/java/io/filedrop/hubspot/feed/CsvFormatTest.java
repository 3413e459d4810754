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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the file, what is read of it, and what is given back. */
class CsvFormatTest {

    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Format CSV = new CsvFormat(Limits.DEFAULT);

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
                    id,a⏎1,x⏎␌⏎2,y⏎ ␌                 ~ 2:1|x 4:2|y
                    id,a⏎1,x⏎␌2,y⏎3,z                 ~ 2:1|x 3!CONTROL_CHARACTER 4:3|z
                    id,a⏎"1","x⏎y"⏎2,z                ~ 2:1|x⏎y 4:2|z
                    id,a⏎1,"x␍⏎y␍z"⏎2,z               ~ 2:1|x␍⏎y␍z 5:2|z
                    id,a⏎1,"x␍y⏎z"⏎2,ok⏎3⏎4,w         ~ 2:1|x␍y⏎z 5:2|ok 6!WRONG_FIELD_COUNT 7:4|w
                    id,a⏎1,"x␍y⏎z"⏎2,ok⏎3,"a"b⏎4,w    ~ 2:1|x␍y⏎z 5:2|ok 6!BAD_QUOTE 7:4|w
                    id,a⏎1,"␍""⏎"⏎⏎2,"⏎␍⏎␍␍"⏎3,x      ~ 2:1|␍"⏎ 6:2|⏎␍⏎␍␍ 11:3|x
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

    /** What a mapping says of the layout: option=value, with commas between them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    delimiter=#                      ~ id#a,b⏎1#x          ~ 2:1|x
                    delimiter=tab                    ~ id⇥a⏎1⇥x            ~ 2:1|x
                    delimiter=;                      ~ id;a,b⏎1;x          ~ 2:1|x
                    quote='                          ~ id,a⏎1,'x,''y'''     ~ 2:1|x,'y'
                    quote=none                       ~ id,a⏎1,"x⏎2,y"      ~ 2:1|"x 3:2|y"
                    header-line=3                    ~ Export 1,2⏎"⏎id,a⏎1,x ~ 4:1|x
                    header-line=none                 ~ 1,x⏎2,y⏎3           ~ 1:1|x 2:2|y 3!WRONG_FIELD_COUNT
                    """)
    void readsAsTheMappingSays(String options, String file, String expected) throws Exception {
        Path path = write("f.csv", shown(file).getBytes(UTF_8));
        String[] option = options.split("=");
        Layout layout = Shown.layout(Map.of(option[0], option[1]));
        assertThat(Shown.read(CSV, path, layout)).isEqualTo(expected);
        assertThat(Shown.copied(CSV, path, layout, 0L, 1L, 2L)).isEqualTo(shown(file));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, true", "UTF-16BE, true", "UTF-16LE, false", "windows-1252, false"})
    void readsOtherEncodings(String name, boolean marked) throws Exception {
        Charset charset = Charset.forName(name);
        String text = "id,a\r\n1,\"é\n,\"\r\n2,€\r\n3,last";
        Path path = write("f.csv", ((marked ? "\uFEFF" : "") + text).getBytes(charset));
        Layout layout = marked ? Layout.UNSAID : Shown.layout(Map.of("encoding", name));
        assertThat(Shown.read(CSV, path, layout)).isEqualTo("2:1|é⏎, 4:2|€ 5:3|last");
        assertThat(new String(Shown.copy(CSV, path, layout, 2L, 1L), charset))
                .isEqualTo((marked ? "\uFEFF" : "") + "id,a\r\n2,€\r\n3,last");
    }

    @Test
    void refusesOnlyTheRecordsThatAreNoTextInTheDeclaredEncoding() throws Exception {
        byte[] bytes = "id,a\n1,x\n2,é\n3,y\n".getBytes(StandardCharsets.ISO_8859_1);
        bytes[11] = (byte) 0x81;
        Path path = write("f.csv", bytes);
        Layout layout = Shown.layout(Map.of("encoding", "windows-1252"));
        assertThat(Shown.read(CSV, path, layout)).isEqualTo("2:1|x 3!WRONG_ENCODING 4:3|y");
        byte[] wide = "id,a\n1,x\n2,\uD800\n3,y\nz".getBytes(StandardCharsets.UTF_16LE);
        wide[22] = 0;
        wide[23] = (byte) 0xD8;
        Path odd = write("g.csv", Arrays.copyOf(wide, wide.length - 1));
        assertThat(Shown.read(CSV, odd, Shown.layout(Map.of("encoding", "UTF-16LE"))))
                .isEqualTo("2:1|x 3!WRONG_ENCODING 4:3|y 5!WRONG_ENCODING");
    }

    @Test
    void refusesWhatContradictsItself() throws Exception {
        Path marked = write("f.csv", "\uFEFFid\n1".getBytes(StandardCharsets.UTF_16LE));
        assertThat(refusal(marked, Shown.layout(Map.of("encoding", "windows-1252"))))
                .isEqualTo("WRONG_ENCODING");
        Path unmarked = write("f.csv", "id,a\n1,x".getBytes(StandardCharsets.UTF_16LE));
        assertThat(refusal(unmarked, Layout.UNSAID)).isEqualTo("WRONG_ENCODING");
        Path plain = write("f.csv", "id\n1".getBytes(UTF_8));
        for (String option : List.of("delimiter=::", "quote=é", "header-line=0", "encoding=x?")) {
            String[] said = option.split("=");
            assertThat(refusal(plain, Shown.layout(Map.of(said[0], said[1]))))
                    .isEqualTo("WRONG_LAYOUT");
        }
        Path wide = write("f.csv", ("id" + ",x".repeat(6000)).getBytes(UTF_8));
        assertThat(refusal(wide, Layout.UNSAID)).isEqualTo("BAD_HEADER");
    }

    private static String refusal(Path path, Layout layout) {
        Formats formats = Formats.all(Limits.DEFAULT);
        return catchThrowableOfType(RefusedFile.class, () -> formats.open(path, layout))
                .reason()
                .code();
    }

    @Test
    void refusesARecordOfManyFieldsThatIsTooLong() throws Exception {
        String many = "x,".repeat(Limits.DEFAULT.record());
        Path path = write("f.csv", ("id,a\n1," + many + "\n2,y\n").getBytes(UTF_8));
        assertThat(read(path)).isEqualTo("2!TOO_LONG 3:2|y");
    }

    /** A field may be allowed to be longer than its record: nothing of the row is kept then. */
    @Test
    void refusesARecordWhoseFirstFieldIsTooLong() throws Exception {
        Path path = write("f.csv", ("id,a\n" + "x".repeat(2000) + ",y\n2,z\n").getBytes(UTF_8));
        assertThat(Shown.read(new CsvFormat(Shown.limits(1 << 16, 1024)), path, Layout.UNSAID))
                .isEqualTo("2!TOO_LONG 3:2|z");
    }

    /** Cut anywhere, the records before stand, and what is cut is one record at most. */
    @Test
    void readsWhatStandsBeforeACut() throws Exception {
        String text = "id,a\n1,\"x\ny\"\n2,z\n3,\"\"\"\"\n";
        List<Integer> ends = List.of(14, 18, 25);
        for (int cut = 5; cut < text.length(); cut++) {
            Path path = write("f.csv", text.substring(0, cut).getBytes(UTF_8));
            int at = cut;
            int whole = (int) ends.stream().filter(end -> end <= at).count();
            List<Record> records = Shown.records(CSV, path, Layout.UNSAID);
            assertThat(records.size()).as("cut at " + cut).isBetween(whole, whole + 1);
            assertThat(records.subList(0, whole)).allMatch(Record.Row.class::isInstance);
        }
    }

    /** Without a header nothing is given back before the record, but for the mark. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "UTF-16LE ~ 1,x⏎2,y⏎                   ~ 1 ~ 2,y⏎",
                "UTF-8    ~ \"Calle⏎Mayor\",2⏎3,4⏎     ~ 0 ~ \"Calle⏎Mayor\",2⏎",
                "UTF-8    ~ \"Calle⏎Mayor\",2⏎3,4⏎     ~ 1 ~ 3,4⏎",
            })
    void givesAByteOrderMarkBack(String name, String file, long wanted, String expected)
            throws Exception {
        Charset charset = Charset.forName(name);
        Path path = write("f.csv", ("\uFEFF" + shown(file)).getBytes(charset));
        Layout layout = Shown.layout(Map.of("header-line", "none"));
        byte[] copy = Shown.copy(CSV, path, layout, wanted);
        assertThat(new String(copy, charset)).isEqualTo("\uFEFF" + shown(expected));
        List<Record> again = Shown.records(CSV, write("g.csv", copy), layout);
        assertThat(again).hasSize(1);
        assertThat(((Record.Row) again.get(0)).values())
                .isEqualTo(
                        ((Record.Row) Shown.records(CSV, path, layout).get((int) wanted)).values());
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
        try (Feed feed = new CsvFormat(Limits.DEFAULT).open(path, Layout.UNSAID)) {
            feed.next();
            Record.Unreadable wrong = (Record.Unreadable) feed.next();
            assertThat(wrong.reason().message())
                    .startsWith("Line 3, column 2 (a), in the record from byte 13: ");
        }
    }

    @Test
    void refusesAFieldThatIsTooLongAndGoesOnBehindIt() throws Exception {
        String huge = "x".repeat(3 * Limits.DEFAULT.field());
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
                    sep=               ~ EMPTY_FILE          ~ The file is empty
                    sep=;⏎             ~ EMPTY_FILE          ~ The file is empty
                    sep=;⏎⏎            ~ EMPTY_FILE          ~ The file is empty
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
                        RefusedFile.class,
                        () -> new CsvFormat(Limits.DEFAULT).open(path, Layout.UNSAID));
        assertThat(refusal.reason().code()).isEqualTo(code);
        assertThat(refusal.reason().message()).contains(sentence).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"id,a⏎1,\"x␍y⏎z\"⏎2,ok⏎~3,x,bad⏎", "id,a⏎1,\"x␍y⏎z\"⏎2,ok⏎~3,\"a\"b⏎"})
    void givesARecordBackBehindTwoKindsOfLineBreaksInOneField(String before, String wrong)
            throws Exception {
        Path path = write("f.csv", shown(before + wrong).getBytes(UTF_8));
        assertThat(copy(path, List.of(2L))).isEqualTo(shown("id,a⏎" + wrong));
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
            try (Feed feed = new CsvFormat(Limits.DEFAULT).open(path, Layout.UNSAID)) {
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
                    List.of("a", " ", "\"", ",", ";", "\n", "\r\n", "\r", "é", "🏠", "|")
                            .get(random.nextInt(11)));
        }
        return text.toString();
    }

    private static String quoted(String field, String delimiter, Random random) {
        boolean must = field.matches("(?s).*[\",\n\r].*") || field.contains(delimiter);
        return must || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private static String read(Path path) throws IOException, RefusedFile {
        List<String> records = new ArrayList<>();
        try (Feed feed = new CsvFormat(Limits.DEFAULT).open(path, Layout.UNSAID)) {
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
        new CsvFormat(Limits.DEFAULT).copy(path, Layout.UNSAID, wanted::contains, out);
        return out.toString(UTF_8);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String shown(String text) {
        return Shown.text(text);
    }

    private static String hidden(String text) {
        return text.replace('\n', '⏎').replace('\r', '␍').replace(' ', '_');
    }
}
