package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sheets as programs write them, tag by tag, and as nobody should. */
class XlsxCellsTest {

    private static final Format XLSX = new XlsxFormat(Limits.DEFAULT);
    private static final String FAR = "<c r='ZZZZZZ2'/>";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='2'><c r='XFE2' t='inlineStr'><is><t>x</t></is></c></row>",
                "<row r='2'><c r='AAAA2'><v>1</v></c></row>",
                "<row r='2'>" + FAR + "</row>",
                "<row r='2'><c s=\">\" r = \"zzzzzz2\" /></row>",
                "<row r='2'><c r='$ZZZZZZ$2'/></row>",
                "<row r='2'><c r='&#90;ZZZZZ2'/></row>",
                "<row r='2'><c r='A1048577'/></row>",
                "<row r='1048577'/>",
                "<x:row xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:c r='ZZZZZZ2'/></x:row>",
                "<row r='2'><!-- \" -->" + FAR + "<!-- \" --></row>",
                "<row r='2'><!--><x a=\"-->" + FAR + "</row>",
                "<row r='2'><?x \" ?>" + FAR + "</row>",
                "<row r='2'><?x < \" > ?>" + FAR + "</row>",
                "<row r='2'><c t='inlineStr'><is><t><![CDATA[<x a=\"]]]></t></is></c>"
                        + FAR
                        + "</row>",
            })
    void refusesWhatStandsOutsideOfASheet(String rows) throws Exception {
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(refusal(file, Layout.UNSAID))
                .startsWith(
                        "BROKEN_STRUCTURE A cell or a row in xl/worksheets/sheet1.xml stands at ");
    }

    @Test
    void refusesMoreCellsThanARowHas() throws Exception {
        String cells = "<c/>".repeat(16_384);
        Path file = folder.resolve("f.xlsx");
        WorkbookXml.sheet(file, WorkbookXml.row(2, cells) + WorkbookXml.row(3, "<c/>"));
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEmpty();
        WorkbookXml.sheet(file, WorkbookXml.row(2, cells + "<c><v>1</v></c>"));
        assertThat(refusal(file, Layout.UNSAID)).contains(" stands at column 16,385, ");
    }

    @Test
    void readsUpToTheLastColumn() throws Exception {
        String rows = "<row r='2'><c r='XFD2'><v>1</v></c></row>";
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        String all = "S!2!WRONG_FIELD_COUNT";
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo(all);
        assertThat(Shown.read(XLSX, back(file, 0L), Layout.UNSAID)).isEqualTo(all);
    }

    /** A workbook calls a sheet what it likes, and a parser reads more than UTF-8. */
    @Test
    void looksIntoAnyPart() throws Exception {
        Path file = folder.resolve("f.xlsx");
        String far = WorkbookXml.xml("<row r='2'>" + FAR + "</row>");
        WorkbookXml.write(file, "", "media/image1.png", far.getBytes(UTF_8));
        assertThat(refusal(file, Layout.UNSAID))
                .contains("in xl/media/image1.png stands at ZZZZZZ2, ");
        WorkbookXml.write(file, "", "worksheets/sheet1.xml", far.getBytes(UTF_16));
        assertThat(refusal(file, Layout.UNSAID)).contains("is not written in UTF-8");
        byte[] declared = ("<?xml version='1.0' encoding='IBM037'?>" + far).getBytes(UTF_8);
        WorkbookXml.write(file, "", "worksheets/sheet1.xml", declared);
        assertThat(refusal(file, Layout.UNSAID)).contains("is not written in UTF-8");
        byte[] doctype = ("<!DOCTYPE x [<!ENTITY a '<'>]>" + far).getBytes(UTF_8);
        WorkbookXml.write(file, "", "media/image1.svg", doctype);
        assertThat(refusal(file, Layout.UNSAID)).contains("declares a document type");
    }

    /** The reader and a look at the tags would not agree on where a cell ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c><v>1<v/>1</v></c>",
                "<c><v>1<c t='s'/>1</v></c>",
                "<c t='inlineStr'><v><c/><c><v>1</v></c></v></c>",
                "<c><row r='3'/></c>",
            })
    void refusesCellsWithinCells(String cell) throws Exception {
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), WorkbookXml.row(2, cell));
        assertThat(refusal(file, Layout.UNSAID)).contains("has cells within cells");
    }

    @Test
    void refusesNumbersThatTakeLongToRead() throws Exception {
        Path file = folder.resolve("f.xlsx");
        String digits = "1".repeat(1_001);
        WorkbookXml.sheet(file, "<row r='2'><c t='str'><v>" + digits + "</v></c></row>");
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:" + digits + "|");
        for (String number : new String[] {digits, "1<!-- x -->" + digits, "<![CDATA[" + digits}) {
            String end = number.startsWith("<") ? "]]>" : "";
            WorkbookXml.sheet(file, "<row r='2'><c><v>" + number + end + "</v></c></row>");
            assertThat(refusal(file, Layout.UNSAID)).startsWith("TOO_LONG A number in ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c><v>1E400</v></c>",
                "<c><v>-1E400000000</v></c>",
                "<c s='1'><v>1E400000000</v></c>",
                "<c s='1'><v>1E-400000000</v></c>",
                "<c s='1'><v>2958465.9999999999</v></c>",
            })
    @Timeout(60)
    void refusesNumbersOfNoUse(String cell) throws Exception {
        String rows = WorkbookXml.row(2, cell) + WorkbookXml.row(3, "<c><v>3</v></c>");
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2!BAD_CELL S!3:3|");
        assertThat(Shown.read(XLSX, back(file, 0L), Layout.UNSAID)).isEqualTo("S!2!BAD_CELL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='500'><c><v>1</v></c></row><row r='3'><c><v>2</v></c></row>",
                "<row r='0'><c><v>1</v></c></row>",
                "<row r='-1'/>",
                "<row r='+1048577'><c><v>1</v></c></row>",
            })
    void refusesRowsAboveTheHeaderThatAreNotInOrder(String rows) throws Exception {
        Path file = folder.resolve("f.xlsx");
        byte[] sheet =
                WorkbookXml.xml(rows + WorkbookXml.row(600, WorkbookXml.text("id")))
                        .getBytes(UTF_8);
        WorkbookXml.write(file, "", "worksheets/sheet1.xml", sheet);
        assertThat(refusal(file, Shown.layout(Map.of("header-row", "600"))))
                .startsWith("BROKEN_STRUCTURE The sheet S cannot be read: ");
    }

    /** One that is an error only to its reader, and one that Excel wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"<c t='b'><v>x</v></c>", "<c t='e'><v>x</v></c>"})
    void refusesAHeaderWithAnError(String cell) throws Exception {
        Path file = folder.resolve("f.xlsx");
        String rows = WorkbookXml.row(1, WorkbookXml.text("id") + cell);
        WorkbookXml.write(file, "", "s.xml", WorkbookXml.xml(rows).getBytes(UTF_8));
        assertThat(refusal(file, Layout.UNSAID))
                .startsWith("BAD_HEADER ")
                .contains("holds the error x");
    }

    /** Nothing that was sent comes back, and nothing that was not is forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='1'><c><v>3</v></c></row>",
                "<row r='4'><c t='d'><v>2026-03-01</v></c></row>",
                "<row r='4'><c><f t='shared' si='0'/><v>3</v></c></row>",
            })
    void tellsOfARestThatCannotBeRead(String broken) throws Exception {
        String rows =
                WorkbookXml.row(2, "<c><v>1</v></c>")
                        + WorkbookXml.row(3, "<c t='e'><v>#N/A</v></c>")
                        + broken
                        + WorkbookXml.row(5, "<c><v>4</v></c>");
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID))
                .isEqualTo("S!2:1| S!3!BAD_CELL S!3!BROKEN_STRUCTURE");
        assertThat(back(file, 0L, 1L, 2L)).hasSameBinaryContentAs(file);
        Path back = back(file, 1L, 2L);
        assertThat(Shown.read(XLSX, back, Layout.UNSAID))
                .isEqualTo("S!2!BAD_CELL S!3!WRONG_FIELD_COUNT");
        try (ReadableWorkbook workbook = new ReadableWorkbook(back.toFile())) {
            assertThat(workbook.getFirstSheet().read().get(2).getCellText(2))
                    .startsWith("What stood behind S!3 could not be read");
        }
    }

    /** Excel writes 1, LibreOffice true; a day is the same in what is given back. */
    @ParameterizedTest
    @CsvSource({
        "<workbookPr date1904=\"1\" defaultThemeVersion=\"124226\"/>, 2026-03-02",
        "<workbookPr date1904='true'/>, 2026-03-02",
        "<workbookPr date1904='0'/>, 2022-03-01",
        "<workbookPr date1904='false'/>, 2022-03-01",
        "'', 2022-03-01",
        "<x date1904='1'/>, 2022-03-01",
    })
    void countsDaysFromWhereTheWorkbookSays(String properties, String day) throws Exception {
        String rows = WorkbookXml.row(2, "<c><v>1</v></c><c s='1'><v>44621</v></c>");
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), properties, rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2:1|" + day);
        assertThat(Shown.read(XLSX, back(file, 0L), Layout.UNSAID)).isEqualTo("S!2:1|" + day);
    }

    @Test
    void givesFormulasBackAsTheyWere() throws Exception {
        String formula = "IF(AND(A1&amp;\"é\"&lt;&gt;\"'\",1&lt;2),1,2)";
        String rows = WorkbookXml.row(2, "<c><v>1</v></c><c><f>" + formula + "</f></c>");
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        Path back = back(file, 0L);
        assertThat(Shown.read(XLSX, back, Layout.UNSAID)).isEqualTo("S!2!BAD_CELL");
        try (ReadableWorkbook workbook = new ReadableWorkbook(back.toFile())) {
            assertThat(workbook.getFirstSheet().read().get(1).getCell(1).getFormula())
                    .isEqualTo("IF(AND(A1&\"é\"<>\"'\",1<2),1,2)");
        }
    }

    /** Excel writes the type of a text; who does not compute a formula writes an empty value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    <c t='str'><f>T(A1)</f><v/></c>           ; S!2:1|
                    <c t='str'><f>T(A1)</f><v></v></c>        ; S!2:1|
                    <c t='str'><v></v></c>                    ; S!2:1|
                    <c t='str'/>                              ; S!2:1|
                    <c t='str'><f>T(A1)</f></c>               ; S!2!BAD_CELL
                    <c><f>A1+1</f></c>                        ; S!2!BAD_CELL
                    <c><f>A1+1</f><v></v></c>                 ; S!2!BAD_CELL
                    <c><f>A1+1</f><v/></c>                    ; S!2!BAD_CELL
                    <c t='n'><f>A1+1</f><v>x</v></c>          ; S!2!BAD_CELL
                    <c t='n'><v/></c>                         ; S!2:1|
                    """)
    void takesAnEmptyTextForWhatAFormulaCameTo(String cell, String expected) throws Exception {
        String rows = WorkbookXml.row(2, "<c><v>1</v></c>" + cell);
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo(expected);
        assertThat(Shown.read(XLSX, back(file, 0L), Layout.UNSAID)).isEqualTo(expected);
    }

    /** Where one formula is not computed, an empty value says nothing of the others. */
    @Test
    void takesNoEmptyValueWhereAFormulaIsNotComputed() throws Exception {
        String rows =
                WorkbookXml.row(2, "<c><v>1</v></c><c t='str'><f>A1</f><v/></c>")
                        + WorkbookXml.row(3, "<c><v>2</v></c><c><f>A1</f><v/></c>");
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!2!BAD_CELL S!3!BAD_CELL");
    }

    /** Formulas are filled in below the rows, as far as somebody thought. */
    @Test
    void passesOverRowsWhoseFormulasCameToNothing() throws Exception {
        String empty = "<c t='str'><f>T(A1)</f><v/></c>";
        String rows =
                WorkbookXml.row(2, empty + empty)
                        + WorkbookXml.row(3, "<c><v>1</v></c>" + empty)
                        + WorkbookXml.row(4, empty);
        Path file = WorkbookXml.sheet(folder.resolve("f.xlsx"), rows);
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo("S!3:1|");
    }

    private Path back(Path file, Long... wanted) throws Exception {
        return Files.write(
                folder.resolve("back.xlsx"), Shown.copy(XLSX, file, Layout.UNSAID, wanted));
    }

    private static String refusal(Path file, Layout layout) {
        RefusedFile refused =
                catchThrowableOfType(RefusedFile.class, () -> XLSX.open(file, layout));
        return refused.reason().code() + " " + refused.reason().message();
    }
}
