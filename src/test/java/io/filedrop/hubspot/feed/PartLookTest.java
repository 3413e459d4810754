package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLInputFactory;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the bytes of a part are cut, the look at it comes to the same, and sees what the
 * workbook's reader will see.
 */
class PartLookTest {

    private static final Logger LOG = Logger.getLogger(PartLookTest.class);
    private static final Path CORPORA = Path.of("../shared/data/corpora");
    private static final AsyncXMLInputFactory FACTORY = factory();

    /**
     * A text with something of everything that is longer than a byte. But for one thing: of a
     * character of four bytes in an attribute the parser makes another one when it is cut, and no
     * attribute that counts may hold either.
     */
    private static final String MIXED =
            "\uFEFF<?xml version='1.0' encoding=\"UTF-8\" standalone='yes'?>\r\n"
                    + "<!-- é - -> --><?a b ? > ?>\r\n<x:worksheet xmlns:x='urn:x' xmlns='urn:y'>"
                    + "<sheetData x:y='&lt;é&#233;&#xE9;&amp;\r\n€'>\r\n"
                    + "<row r = '1' ><c t='s'\t r=\"A1\"><v>&#49;2<!-- 3 -->4</v></c>"
                    + "<c t='inlineStr'><is><t>a&amp;&lt;&gt;&quot;&apos;é€🏠\r\r\n]] ]>&#x1F3E0;</t>"
                    + "</is></c></row>\r<row><c><f>A1&lt;2</f><v/></c><c><v><![CDATA[1]]]]>"
                    + "<![CDATA[>]]2]]></v></c></row><x:row/></sheetData></x:worksheet>\n<!-- -->";

    private static AsyncXMLInputFactory factory() {
        AsyncXMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        return factory;
    }

    @Test
    void seesTheSameWhereverATextIsCut() throws Exception {
        byte[] bytes = MIXED.getBytes(UTF_8);
        String whole = shown(bytes, bytes.length);
        assertThat(whole).isEqualTo("rows=3/3 text=124 open=true texts=0 fault=null refusal=null");
        byte[] bare = MIXED.substring(1).getBytes(UTF_8);
        Events expected = waiting(bare);
        assertThat(expected.count).isEqualTo(46);
        for (int cut = 1; cut < bytes.length; cut++) {
            PartLook look = look();
            look.write(bytes, 0, cut);
            look.write(bytes, cut, bytes.length - cut);
            look.close();
            assertThat(shown(look)).as("cut at " + cut).isEqualTo(whole);
        }
        for (int size = 1; size <= bare.length; size++) {
            assertThat(fed(bare, size)).as(size + " bytes at a time").isEqualTo(expected);
        }
    }

    /** What is behind the rows, or in no part that is read, is looked at by nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<worksheet><sheetData/></worksheet",
                "<worksheet><sheetData></sheetData><c><c>",
                "<chart><v>" + "12345678901234567890" + "</v><c><c/></c></chart>",
                "<a><b></a>",
                "\u0089PNG",
                "",
            })
    void passesOver(String part) {
        byte[] bytes = part.getBytes(UTF_8);
        assertThat(shown(bytes, 1)).startsWith("rows=0/0 text=-1 open=false texts=0 ");
        assertThat(shown(bytes, 1)).isEqualTo(shown(bytes, 64));
    }

    /** A fault, or the end, is where the rows may be read to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s><sheetData><row/><row/>",
                "<s><sheetData><row/><row/><row",
                "<s><sheetData><row/><row/><row><c><v>1 & 2</v></c></row></sheetData></s>",
                "<s><sheetData><row/><row/><row>&x;</row></sheetData></s>",
                "<s><sheetData><row/><row/></s>",
                "<s><sheetData><row/><row/><row>\u0001",
            })
    void tellsHowManyRowsAreWhole(String part) {
        byte[] bytes = part.getBytes(UTF_8);
        assertThat(shown(bytes, 1)).matches("rows=[23]/2 .* fault=[^n].* refusal=null");
        assertThat(shown(bytes, 1)).isEqualTo(shown(bytes, bytes.length));
    }

    @TestFactory
    Stream<DynamicTest> workbooksOfOthers() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String corpus : new String[] {"calamine-xlsx", "fastexcel-xlsx"}) {
            Path folder = CORPORA.resolve(corpus);
            if (!Files.isDirectory(folder)) {
                LOG.warnf("SKIPPED: the corpus %s is not there", folder);
                continue;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> file.toString().endsWith(".xlsx")).sorted().forEach(files::add);
            }
        }
        return files.stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> agree(file)));
    }

    private static void agree(Path file) throws Exception {
        try (ZipDirectory directory = new ZipDirectory(file, Limits.DEFAULT)) {
            for (ZipDirectory.Entry entry : directory.entries()) {
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                directory.unpack(entry, part);
                byte[] bytes = part.toByteArray();
                String whole = shown(bytes, bytes.length);
                assertThat(shown(bytes, 1 << 16)).as(entry.name()).isEqualTo(whole);
                assertThat(shown(bytes, 1)).as(entry.name()).isEqualTo(whole);
                if (bytes.length > 3 && bytes[0] == '<' && bytes[1] != 0) {
                    Events expected = waiting(bytes);
                    assertThat(fed(bytes, 1 << 16)).as(entry.name()).isEqualTo(expected);
                    assertThat(fed(bytes, 1)).as(entry.name()).isEqualTo(expected);
                }
            }
        } catch (RefusedFile e) {
            LOG.infof("%s is no archive: %s", file, e.getMessage());
        }
    }

    private static PartLook look() {
        return new PartLook("xl/x.xml", new WorkbookFacts(Limits.DEFAULT), Limits.DEFAULT);
    }

    private static String shown(byte[] bytes, int size) {
        PartLook look = look();
        for (int at = 0; at < bytes.length; at += size) {
            look.write(bytes, at, Math.min(size, bytes.length - at));
        }
        look.close();
        return shown(look);
    }

    private static String shown(PartLook look) {
        String fault = String.valueOf(look.fault());
        return "rows=%d/%d text=%d open=%s texts=%d fault=%s refusal=%s"
                .formatted(
                        look.sheet().rows(),
                        look.sheet().complete(),
                        look.sheet().highestText(),
                        look.sheet().hasOpenFormula(),
                        look.texts(),
                        // Where it is counts from the last piece on some lines.
                        fault.lines().findFirst().orElse(""),
                        look.refusal() == null ? null : look.refusal().message());
    }

    /** What a parser told, in one number; texts may come in pieces. */
    private static final class Events {

        private long count;
        private long hash;
        private boolean isText;

        private void add(XMLStreamReader xml, int type) {
            switch (type) {
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE -> {
                    count += isText ? 0 : 1;
                    isText = true;
                    xml.getText().chars().forEach(c -> hash = hash * 31 + c);
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    tell("<" + xml.getName());
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        tell(xml.getAttributeName(i) + "=" + xml.getAttributeValue(i));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> tell("/" + xml.getName());
                default -> tell("?" + type);
            }
        }

        private void tell(String what) {
            isText = false;
            count++;
            hash = hash * 31 + what.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Events events && count == events.count && hash == events.hash;
        }

        @Override
        public int hashCode() {
            return (int) hash;
        }

        @Override
        public String toString() {
            return count + " events, " + hash;
        }
    }

    private static Events waiting(byte[] bytes) {
        Events events = new Events();
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (xml.hasNext()) {
                int type = xml.next();
                if (type != XMLStreamConstants.END_DOCUMENT) {
                    events.add(xml, type);
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            events.tell("!");
        }
        return events;
    }

    private static Events fed(byte[] bytes, int size) {
        Events events = new Events();
        AsyncXMLStreamReader<AsyncByteArrayFeeder> xml = FACTORY.createAsyncForByteArray();
        try {
            for (int at = 0; at < bytes.length; at += size) {
                byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
                xml.getInputFeeder().feedInput(piece, 0, piece.length);
                int type;
                while ((type = xml.next()) != AsyncXMLStreamReader.EVENT_INCOMPLETE) {
                    if (type != XMLStreamConstants.START_DOCUMENT) {
                        events.add(xml, type);
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            events.tell("!");
        }
        return events;
    }
}
