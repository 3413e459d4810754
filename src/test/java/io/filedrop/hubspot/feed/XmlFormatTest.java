package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlFormatTest {

    private static final Format XML = new XmlFormat(Limits.DEFAULT);
    private static final Layout KYERO =
            Shown.layout(Map.of("record", "property"), "id", "price/@c", "f/x", "price");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    <r/>                                                   ~ nothing
                    <r><property><id>1</id></property></r>                 ~ 1:1|∅|∅|∅
                    <r><property><id/><price c="E">5</price></property></r> ~ 1:|E|∅|5
                    <r><property><f><x>a</x><x/><x>b</x></f></property></r> ~ 1:∅|∅|a+b|∅
                    <r><property><f><x>a</x><x/></f></property><property><f><x/><x>a</x></f></property></r> ~ 1:∅|∅|a|∅ 2:∅|∅|a|∅
                    <r><property><id>a<b>c</b><![CDATA[<]]>&amp;&#233;<!-- x --></id></property></r> ~ 1:ac<&é|∅|∅|∅
                    <r><property><y><id>1</id></y><id>2</id></property></r> ~ 1:2|∅|∅|∅
                    <r><g><property><id>1</id></property></g><property/></r> ~ 1:1|∅|∅|∅ 2:∅|∅|∅|∅
                    <property><id>1</id></property>                        ~ 1:1|∅|∅|∅
                    <r xmlns="u"><property><id>1</id></property></r>       ~ 1:1|∅|∅|∅
                    <a:r xmlns:a="u"><a:property><a:id>1</a:id></a:property></a:r> ~ 1:1|∅|∅|∅
                    <r xmlns:b="v"><property><b:id>1</b:id></property></r> ~ 1:∅|∅|∅|∅
                    <r xmlns:b="v"><b:property><id>1</id></b:property></r> ~ 1!WRONG_SHAPE
                    <r><property><id>1</id></property><property><id>2</property></r> ~ 1:1|∅|∅|∅ 2!BROKEN_STRUCTURE
                    <r><property><id>&x;</id></property></r>               ~ 1!BROKEN_STRUCTURE
                    <r><property><id>1</id></property></r><r/>             ~ 1:1|∅|∅|∅ 2!BROKEN_STRUCTURE
                    <r><property><id>1</id></property>                     ~ 1:1|∅|∅|∅ 2!BROKEN_STRUCTURE
                    """)
    void readsWhatIsThere(String file, String expected) throws Exception {
        String shown =
                expected.equals("nothing")
                        ? ""
                        : expected.replaceAll("(\\d+)([:!])", "element_$1$2");
        assertThat(
                        Shown.read(XML, write(file), KYERO)
                                .replace(' ', '_')
                                .replace("_element", " element"))
                .isEqualTo(shown);
    }

    @Test
    void findsRecordsByTheirWaysAndKinds() throws Exception {
        Layout layout =
                Shown.layout(
                        Map.of("record", "/l/residential l/rental {w}x"),
                        "name()",
                        "@s",
                        ".",
                        "{w}k");
        assertThat(layout.option("record")).isPresent();
        Layout plain =
                Shown.layout(
                        Map.of("record", "l/residential l/rental {w}x"),
                        "name()",
                        "@s",
                        ".",
                        "{w}k",
                        "@{w}t");
        Path file =
                write(
                        "<l xmlns:w='w'><residential s='1'>a<i>b</i>c</residential><y><rental/></y>"
                                + "<rental><w:k>K</w:k></rental><q><w:x w:t='T'/></q></l>");
        assertThat(Shown.read(XML, file, plain))
                .isEqualTo(
                        "element 1:residential|1|ac|∅|∅ element 2:rental|∅||K|∅ element 3:x|∅||∅|T");
        assertThat(refusal(file, Shown.layout(Map.of("record", "m/rental"), "@s")))
                .isEqualTo("WRONG_SHAPE");
        assertThat(refusal(file, layout)).isEqualTo("WRONG_LAYOUT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    ''                                                   ~ EMPTY_FILE
                    x                                                    ~ BROKEN_STRUCTURE
                    <!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r> ~ DOCTYPE
                    <!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>         ~ DOCTYPE
                    <!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]><r/> ~ DOCTYPE
                    <?xml version="1.0" encoding="UTF-16"?><r/>          ~ WRONG_ENCODING
                    <?xml version="1.0" encoding="nonsense"?><r/>        ~ WRONG_ENCODING
                    """)
    void refusesWhatCannotBeRead(String file, String code) throws Exception {
        assertThat(refusal(write(file), KYERO)).isEqualTo(code);
    }

    @Test
    void passesOverADocumentTypeWhenTheMappingSaysSo() throws Exception {
        Layout layout = Shown.layout(Map.of("record", "p", "doctype", "ignore"), "@i");
        Path plain = write("<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r><p i='1'/></r>");
        assertThat(Shown.read(XML, plain, layout)).isEqualTo("element 1:1");
        Path inner = write("<!DOCTYPE r [<!ENTITY a \"b\">]><r><p i='1'/></r>");
        assertThat(refusal(inner, layout)).isEqualTo("DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE"})
    void readsTheDeclaredEncoding(String name) throws Exception {
        Charset charset = Charset.forName(name);
        String text =
                "<?xml version='1.0' encoding='%s'?>\r\n<größe>\r\n <property><id>é</id></property>\r\n <property/>\r\n</größe>"
                        .formatted(name.replaceFirst("[LB]E$", ""));
        Path path = Files.write(folder.resolve("f.xml"), text.getBytes(charset));
        assertThat(Shown.read(XML, path, KYERO)).isEqualTo("element 1:é|∅|∅|∅ element 2:∅|∅|∅|∅");
        assertThat(new String(Shown.copy(XML, path, KYERO, 1L), charset))
                .isEqualTo(text.replace("\r\n <property><id>é</id></property>", ""));
    }

    @Test
    void onlyTheRecordsWithWrongBytesAreRefused() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("<r><property><id>é</id></property><property><id>".getBytes(UTF_8));
        file.writeBytes("é".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes("</id></property><property><id>è</id></property></r>".getBytes(UTF_8));
        Path path = Files.write(folder.resolve("f.xml"), file.toByteArray());
        assertThat(Shown.read(XML, path, KYERO))
                .isEqualTo("element 1:é|∅|∅|∅ element 2!WRONG_ENCODING element 3:è|∅|∅|∅");
        assertThat(Shown.messages(XML, path, KYERO).get(0)).contains("byte 49");
    }

    @Test
    void wrongBytesOutsideOfTheRecordsCostNone() throws Exception {
        byte[] file =
                ("<r>é<property><id>1</id></property><!-- é --><property><id>2</id></property>"
                                + "é<y>é</y>é<property><id>3</id></property></r>")
                        .getBytes(StandardCharsets.ISO_8859_1);
        Path path = Files.write(folder.resolve("f.xml"), file);
        assertThat(Shown.read(XML, path, KYERO))
                .isEqualTo("element 1:1|∅|∅|∅ element 2:2|∅|∅|∅ element 3:3|∅|∅|∅");
        byte[] copy = Shown.copy(XML, path, KYERO, 1L);
        assertThat(new String(copy, StandardCharsets.ISO_8859_1))
                .isEqualTo("<r>é<!-- é --><property><id>2</id></property>" + "é<y>é</y>é</r>");
        Path again = Files.write(folder.resolve("g.xml"), copy);
        assertThat(Shown.read(XML, again, KYERO)).isEqualTo("element 1:2|∅|∅|∅");
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() throws Exception {
        String huge = "x".repeat(Limits.DEFAULT.field() + 1);
        assertThat(
                        Shown.read(
                                XML,
                                write(
                                        "<r><property><id>"
                                                + huge
                                                + "</id></property><property/></r>"),
                                KYERO))
                .isEqualTo("element 1!TOO_LONG element 2:∅|∅|∅|∅");
        String deep = "<a>".repeat(200);
        assertThat(Shown.read(XML, write("<r><property/><property>" + deep), KYERO))
                .isEqualTo("element 1:∅|∅|∅|∅ element 2!TOO_DEEP");
        String attribute = "<r><property/><property a='" + huge + "'/></r>";
        assertThat(Shown.read(XML, write(attribute), KYERO))
                .isEqualTo("element 1:∅|∅|∅|∅ element 2!TOO_LONG");
        String comment = "<r><property/><!-- " + huge.repeat(17) + " --><property/></r>";
        assertThat(Shown.read(XML, write(comment), KYERO))
                .isEqualTo("element 1:∅|∅|∅|∅ element 2!TOO_LONG");
    }

    /** The parser keeps every name in memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<property/>%s",
                "<property/><property>%s</property>",
                "<property/><property id='x'><y><z/>%s</y></property>"
            })
    void refusesNamesWithoutEnd(String document) throws Exception {
        int most = Limits.DEFAULT.names();
        for (String name : List.of("<a%d/>", "<b a%d='x'/>", "<c xmlns:a%d='u'/>", "<?a%d?>")) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < most; i++) {
                many.append(name.formatted(i % (most - 10)));
            }
            String fits = Shown.read(XML, write("<r>" + document.formatted(many) + "</r>"), KYERO);
            assertThat(fits).as(name).doesNotContain("!");
            for (int i = 0; i < 10; i++) {
                many.append(name.formatted(most + i));
            }
            Path path = write("<r>" + document.formatted(many) + "<property/></r>");
            assertThat(Shown.read(XML, path, KYERO))
                    .as(name)
                    .isEqualTo("element 1:∅|∅|∅|∅ element 2!TOO_LONG");
            assertThat(Shown.messages(XML, path, KYERO).get(0))
                    .contains("more different names than the limit (10000)");
        }
    }

    /**
     * Any document is read as it is, its records are given back byte for byte, also behind a cut.
     */
    @Test
    void readsWhatWasWritten() throws Exception {
        Layout layout = Shown.layout(Map.of("record", "r/p"), "@i", "é/x");
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            List<String> expected = new ArrayList<>();
            List<String> written = new ArrayList<>();
            StringBuilder file = new StringBuilder("<?xml version='1.0'?><r a='1'><!-- <p> -->");
            List<Integer> ends = new ArrayList<>();
            for (int row = random.nextInt(12); row > 0; row--) {
                file.append(List.of("", "\n", "\r\n ", "<q/>", "\t<?x y?>").get(random.nextInt(5)));
                String[] attribute = text(random, true);
                String[] field = text(random, false);
                String record =
                        "<p\n i=\"%s\"><é>%s<x>%s</x></é></p%s>"
                                .formatted(
                                        attribute[0],
                                        random.nextBoolean() ? "\r\n" : "",
                                        field[0],
                                        random.nextBoolean() ? " " : "");
                file.append(record);
                written.add(record);
                expected.add(attribute[1] + "|" + field[1]);
                ends.add(file.toString().getBytes(UTF_8).length);
            }
            file.append("\n</r>\n");
            byte[] bytes = file.toString().getBytes(UTF_8);
            Path path = Files.write(folder.resolve("f.xml"), bytes);
            assertThat(rows(path, layout)).as("seed " + seed).isEqualTo(expected);
            if (!expected.isEmpty()) {
                int one = random.nextInt(expected.size());
                String copy = Shown.copied(XML, path, layout, (long) one);
                assertThat(copy).as("seed " + seed).contains(written.get(one));
                Path again = Files.write(folder.resolve("g.xml"), copy.getBytes(UTF_8));
                assertThat(rows(again, layout)).isEqualTo(List.of(expected.get(one)));
            }
            int cut = 60 + random.nextInt(bytes.length);
            if (cut < bytes.length - 1) {
                int whole = (int) ends.stream().filter(end -> end <= cut).count();
                Path part = Files.write(folder.resolve("c.xml"), Arrays.copyOf(bytes, cut));
                assertThat(rows(part, layout)).isEqualTo(expected.subList(0, whole));
                assertThat(Shown.records(XML, part, layout))
                        .as("seed " + seed + " cut " + cut)
                        .hasSize(
                                bytes[cut - 1] == '>' && cut >= bytes.length - 1
                                        ? whole
                                        : whole + 1);
                byte[] rest = Shown.copy(XML, part, layout, (long) whole);
                assertThat(Shown.records(XML, Files.write(folder.resolve("d.xml"), rest), layout))
                        .singleElement()
                        .isInstanceOf(Record.Unreadable.class);
            }
        }
    }

    private static List<String> rows(Path path, Layout layout) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Record record : Shown.records(XML, path, layout)) {
            if (record instanceof Record.Row row) {
                rows.add(String.join("|", row.values()));
            }
        }
        return rows;
    }

    /** As it is written, and as it is read. */
    private static String[] text(Random random, boolean attribute) {
        StringBuilder written = new StringBuilder();
        StringBuilder read = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            String[] part =
                    new String[][] {
                                {"a", "a"},
                                {"é", "é"},
                                {"🏠", "🏠"},
                                {"&lt;", "<"},
                                {"&#10;", "\n"},
                                {"&#x1F3E0;", "🏠"},
                                {" ", " "},
                                {"\r\n", attribute ? " " : "\n"},
                                {attribute ? "'" : "<![CDATA[</x>]]>", attribute ? "'" : "</x>"},
                                {attribute ? ">" : "<!-- </x> -->", attribute ? ">" : ""}
                            }
                            [random.nextInt(10)];
            written.append(part[0]);
            read.append(part[1]);
        }
        return new String[] {written.toString(), read.toString()};
    }

    private static String refusal(Path path, Layout layout) {
        Formats formats = Formats.all(Limits.DEFAULT);
        return catchThrowableOfType(RefusedFile.class, () -> formats.open(path, layout))
                .reason()
                .code();
    }

    private Path write(String text) throws Exception {
        return Files.write(folder.resolve("f.xml"), text.getBytes(UTF_8));
    }
}
