package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks that would cost their reader more than the limits allow, or that it would misread. */
class XlsxCostTest {

    private static final Limits LIMITS =
            new Limits(1 << 16, 1 << 17, 1L << 32, 100_000, 100, 50, 20, 1 << 16, 50);
    private static final Format XLSX = new XlsxFormat(LIMITS);

    /** For workbooks that are not small, but pack well. */
    private static final Format LARGER =
            new XlsxFormat(
                    new Limits(1 << 20, 1 << 24, 1L << 32, 100_000, 100, 50, 20, 1 << 25, 50));

    private static final String TEXTS = "<si><t>x</t></si><si><r><t>y</t></r></si>";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, S!2:x|",
        "1, S!2:y|",
        "-1, S!1!BROKEN_STRUCTURE",
        "&#49;, S!2:y|",
        "'', ''",
    })
    void readsSharedTexts(String index, String expected) throws Exception {
        Path file = shared(TEXTS, index);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo(expected);
    }

    /** It would make texts up to that one, without an end to it, and take them for empty ones. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "+2", "&#x32;", "<![CDATA[2]]>", "0002", "0<!-- -->2", "99"})
    void refusesASharedTextThatIsNotThere(String index) throws Exception {
        assertThat(refusal(shared(TEXTS, index)))
                .startsWith("BROKEN_STRUCTURE A cell holds the shared text number ");
    }

    @Test
    void refusesTheLastOfThemAtOnce() throws Exception {
        assertThat(refusal(shared(TEXTS, "2000000000")))
                .contains("number 2,000,000,000, but the workbook has 2 of them");
        // Texts within texts are one to the reader.
        assertThat(refusal(shared("<si><si><t>x</t></si></si>", "1"))).contains("has 1 of them");
        assertThat(refusal(shared("<x><sheetData/></x>" + TEXTS, "0"))).contains("has 0 of them");
    }

    @Test
    void refusesSharedTextsThatAreTooLargeWhateverTheirName() throws Exception {
        String texts = ("<si><t>" + "x".repeat(1000) + "</t></si>").repeat(70);
        Path file = WorkbookXml.sharing(folder.resolve("f.xlsx"), "t.xml", texts, "");
        assertThat(refusal(file))
                .startsWith("FILE_TOO_LARGE ")
                .contains("drop.limits.shared-texts");
    }

    /** A row is not over where a text says so, and a sheet is one whatever its name. */
    @ParameterizedTest
    @ValueSource(strings = {"worksheets/sheet1.xml", "s.bin"})
    void refusesARowThatDoesNotEnd(String name) throws Exception {
        String text = WorkbookXml.text("<![CDATA[<row>row]]>row &lt;row>".repeat(10_000));
        assertThat(refusal(named(name, WorkbookXml.row(1, text))))
                .startsWith("FILE_TOO_LARGE ")
                .contains("one of its rows has more than");
        String rows =
                WorkbookXml.row(1, WorkbookXml.text("id"))
                        + rows(WorkbookXml.text("a".repeat(60)), 3000, 2);
        assertThat(Shown.records(XLSX, named(name, rows), Layout.UNSAID)).hasSize(3000);
    }

    @Test
    void refusesATagThatDoesNotEnd() throws Exception {
        Path file = named("s.bin", "<row x='" + "x".repeat(400_000) + "'/>");
        assertThat(refusal(file)).startsWith("TOO_LONG ").contains("a tag or a comment");
    }

    @Test
    void refusesTooManyNamesAndTooManyElementsWithinEachOther() throws Exception {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            names.append(" x").append(i).append("='1'");
        }
        assertThat(refusal(named("s.bin", "<row" + names + "/>")))
                .startsWith("TOO_LONG ")
                .contains("different names");
        assertThat(refusal(named("s.bin", "<x>".repeat(20) + "</x>".repeat(20))))
                .startsWith("TOO_DEEP ");
    }

    /** Each cell without a formula of its own may stand in any array. */
    @Test
    void refusesMoreArraysThanCellsCanBeLookedForIn() throws Exception {
        String array = "<c><f t='array' ref='A1'>A</f></c>";
        assertThat(refusal(named("s.bin", rows(array, 700, 1))))
                .startsWith("TOO_LONG The formulas ")
                .contains("drop.limits.shared-texts");
        String rows = rows(array.repeat(1000), 150, 1) + rows("<c/>".repeat(1000), 100, 151);
        RefusedFile refused =
                catchThrowableOfType(
                        RefusedFile.class, () -> LARGER.open(named("s.bin", rows), Layout.UNSAID));
        assertThat(refused.reason().message()).contains("would take too long to read");
    }

    @Test
    void refusesSharedFormulasThatTakeLongToPutTogether() throws Exception {
        String base = "<c><f t='shared' si='0' ref='A1'>" + "A+".repeat(30_000) + "</f></c>";
        String rows = WorkbookXml.row(1, base) + rows("<c><f t='shared' si='0'/></c>", 400, 2);
        RefusedFile refused =
                catchThrowableOfType(
                        RefusedFile.class, () -> LARGER.open(named("s.bin", rows), Layout.UNSAID));
        assertThat(refused.reason().message()).contains("would take too long to read");
    }

    /** What is quoted is not looked through for cells, and is copied once or twice. */
    @Test
    void readsSharedFormulasWithLongTexts() throws Exception {
        String text = "A+".repeat(30_000);
        String base = "<c><f t='shared' si='0' ref='A1'>A1&amp;\"" + text + "\"</f><v>1</v></c>";
        String rows =
                WorkbookXml.row(2, base) + rows("<c><f t='shared' si='0'/><v>1</v></c>", 400, 3);
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.records(LARGER, file, Layout.UNSAID)).hasSize(401);
    }

    /** The reader takes them for a part of the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<is> <t>x</t></is>",
                "<is>\n<t>x</t> </is>",
                "<is>\n y<t>x</t></is>",
                "<is><t>x</t>\n&#x3c;</is>",
                "<is><r><t>x</t></r>\n<r><t>y</t></r></is>",
                "<is><t>x</t>\n<t/></is>",
            })
    void refusesWhatCannotBeKeptApartFromACellsOwnText(String text) throws Exception {
        Path file = named("s.bin", WorkbookXml.row(1, "<c t='inlineStr'>" + text + "</c>"));
        assertThat(refusal(file))
                .contains(" its text, which cannot be kept apart")
                .containsPattern("has (blanks|letters) (around|between)");
    }

    /** What is given back is not printed prettily. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    <is>⏎ <t>x</t>⏎ </is>                           ; x
                    <is>⏎⇥<t> x y </t></is>                         ; x_y_
                    <is><t>x</t>⏎</is>                              ; x
                    <is>⏎ <r>⏎ <t>x</t>⏎ </r>⏎</is>                 ; x
                    <is><r><t>x </t></r><r><t>y</t></r></is>        ; x_y
                    <is>⏎ <t>_x000A_ x</t>⏎</is>                    ; ⏎_x
                    <is>⏎ <t/>⏎ </is>                               ; ''
                    """)
    void readsATextThatIsPrintedPrettily(String text, String expected) throws Exception {
        String cell = "<c t='inlineStr'>⏎ " + text + "⏎ </c>";
        String rows = WorkbookXml.row(2, Shown.text("⏎ <c><v>1</v></c>⏎ " + cell + "⏎ "));
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1|" + expected);
        Path back = folder.resolve("back.xlsx");
        Files.write(back, Shown.copy(XLSX, file, Layout.UNSAID, 0L));
        assertThat(Shown.read(XLSX, back, Layout.UNSAID)).isEqualTo("S!2:1|" + expected);
    }

    /** Where no cell is printed prettily, a line break at the end of a text is its own. */
    @Test
    void keepsTheLineBreaksOfATextAsItWas() throws Exception {
        String rows = WorkbookXml.row(2, WorkbookXml.text("\n x\n"));
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:⏎_x⏎|");
    }

    /** Its reader opens no sheet but the one that is wanted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c><v>1<v/>1</v></c>",
                "<c r='ZZZZZZ2'/>",
                "<c t='inlineStr'><is>y<t>x</t></is></c>",
            })
    void refusesASheetOnlyWhereItIsRead(String cell) throws Exception {
        Path file = folder.resolve("f.xlsx");
        byte[] other = WorkbookXml.xml(WorkbookXml.row(1, cell)).getBytes(UTF_8);
        String rows = WorkbookXml.row(2, WorkbookXml.text("1"));
        WorkbookXml.beside(file, "xl/" + WorkbookXml.OTHER, other, rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1|");
        assertThat(Shown.read(XLSX, file, Shown.layout(Map.of("sheet", "S")))).isEqualTo("S!2:1|");
        assertThatThrownBy(() -> XLSX.open(file, Shown.layout(Map.of("sheet", "T"))))
                .isInstanceOf(RefusedFile.class)
                .hasMessageContaining("xl/other.xml");
    }

    @Test
    void readsAnEntityThatNobodyDeclaredAsABrokenRest() throws Exception {
        String rows =
                WorkbookXml.row(2, WorkbookXml.text("1"))
                        + WorkbookXml.row(3, WorkbookXml.text("a&b;c"))
                        + WorkbookXml.row(4, WorkbookXml.text("3"));
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1| S!2!BROKEN_STRUCTURE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 & 2", "1]]>2", "\u0001", "</t></c>"})
    void readsUpToTheRowThatIsBroken(String text) throws Exception {
        String rows =
                WorkbookXml.row(2, WorkbookXml.text("1"))
                        + WorkbookXml.row(3, WorkbookXml.text(text))
                        + WorkbookXml.row(4, WorkbookXml.text("3"));
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1| S!2!BROKEN_STRUCTURE");
    }

    /** What Excel keeps beside the sheets may be in UTF-16, or no XML at all. */
    @Test
    void readsBesideWhatItDoesNotRead() throws Exception {
        Path file = folder.resolve("f.xlsx");
        for (String other :
                new String[] {"\uFEFF<?xml version='1.0' encoding='utf-16'?><a/>", "<a><b>"}) {
            WorkbookXml.beside(
                    file,
                    "customXml/item1.xml",
                    other.getBytes(other.startsWith("<") ? UTF_8 : UTF_16LE),
                    WorkbookXml.row(2, WorkbookXml.text("1")));
            assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1|");
        }
    }

    private Path shared(String texts, String index) throws Exception {
        String rows = WorkbookXml.row(2, "<c t='s'><v>" + index + "</v></c>");
        return WorkbookXml.sharing(folder.resolve("f.xlsx"), "t.xml", texts, rows);
    }

    private Path named(String name, String rows) throws Exception {
        byte[] sheet = WorkbookXml.xml(rows).getBytes(UTF_8);
        return WorkbookXml.write(folder.resolve("f.xlsx"), "", name, sheet);
    }

    private static String rows(String cells, int count, int from) {
        StringBuilder rows = new StringBuilder();
        for (int row = from; row < from + count; row++) {
            rows.append(WorkbookXml.row(row, cells));
        }
        return rows.toString();
    }

    private static String refusal(Path file) {
        RefusedFile refused =
                catchThrowableOfType(
                        RefusedFile.class, () -> Shown.read(XLSX, file, Layout.UNSAID));
        assertThat(refused).as("a refusal").isNotNull();
        return refused.reason().code() + " " + refused.reason().message();
    }
}
