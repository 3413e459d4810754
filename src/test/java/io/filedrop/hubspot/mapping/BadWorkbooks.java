package io.filedrop.hubspot.mapping;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** B52 to B61: workbooks, written part by part. */
final class BadWorkbooks {

    private static final String SPACE =
            " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String LINKS =
            " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String LINK =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private static final String HEAD = row(1, text("id"), text("hs_city"), text("hs_price"));

    private BadWorkbooks() {}

    private static String text(String value) {
        return "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">" + value + "</t></is></c>";
    }

    private static String number(String value) {
        return "<c><v>" + value + "</v></c>";
    }

    private static String row(int number, String... cells) {
        return "<row r=\"" + number + "\">" + String.join("", cells) + "</row>";
    }

    /** The parts of a workbook with those sheets: name, state, rows. */
    private static Map<String, String> parts(String... sheets) {
        StringBuilder list = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < sheets.length; i += 3) {
            String id = "rId" + (i / 3 + 1);
            String file = "sheet" + (i / 3 + 1) + ".xml";
            list.append(
                    "<sheet name=\"%s\" sheetId=\"%d\" state=\"%s\" r:id=\"%s\"/>"
                            .formatted(sheets[i], i / 3 + 1, sheets[i + 1], id));
            relations.append(
                    "<Relationship Id=\"%s\" Type=\"%sworksheet\" Target=\"worksheets/%s\"/>"
                            .formatted(id, LINK, file));
            parts.put(
                    "xl/worksheets/" + file,
                    "<worksheet"
                            + SPACE
                            + "><sheetData>"
                            + sheets[i + 2]
                            + "</sheetData></worksheet>");
        }
        parts.put(
                "xl/workbook.xml",
                "<workbook" + SPACE + LINKS + "><sheets>" + list + "</sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", relations("styles.xml", relations.toString()));
        parts.put(
                "_rels/.rels",
                relations(
                        "",
                        "<Relationship Id=\"rId1\" Type=\""
                                + LINK
                                + "officeDocument\" Target=\"xl/workbook.xml\"/>"));
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet"
                        + SPACE
                        + "><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
        return parts;
    }

    private static String relations(String styles, String list) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + list
                + (styles.isEmpty()
                        ? ""
                        : "<Relationship Id=\"rId99\" Type=\""
                                + LINK
                                + "styles\" Target=\"styles.xml\"/>")
                + "</Relationships>";
    }

    private static BadInput.Content zip(Map<String, String> parts) {
        return file ->
                BadArchives.zip(
                        file,
                        parts.entrySet().stream()
                                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                                .toArray(String[]::new));
    }

    /** A workbook of one sheet; commas stand between the texts of a row. */
    static BadInput.Content workbook(String... rows) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < rows.length; i++) {
            String[] cells =
                    Arrays.stream(rows[i].split(","))
                            .map(BadWorkbooks::text)
                            .toArray(String[]::new);
            all.append(row(i + 1, cells));
        }
        return zip(parts("S", "visible", all.toString()));
    }

    private static BadInput sheet(int number, String what, String rows) {
        return BadInput.of(number, what, "f.xlsx", zip(parts("S", "visible", rows)));
    }

    private static BadInput changed(int number, String what, String part, String to) {
        Map<String, String> parts = parts("S", "visible", HEAD + row(2, number("1"), text("a")));
        if (to == null) {
            parts.remove(part);
        } else {
            parts.put(part, to);
        }
        return BadInput.of(number, what, "f.xlsx", zip(parts));
    }

    private static BadInput.Content locked() {
        byte[] start = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        byte[] all = Arrays.copyOf(start, start.length + name.length);
        System.arraycopy(name, 0, all, start.length, name.length);
        return (Path file) -> java.nio.file.Files.write(file, all);
    }

    static List<BadInput> cases() {
        String row = row(2, number("1"), text("a"), number("5"));
        String bomb = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
        return List.of(
                BadInput.of(52, "text by another name", "f.xlsx", "id,a\n1,x\n")
                        .refused("UNKNOWN_FORMAT", "its content is not"),
                BadInput.of(
                                52,
                                "an old workbook",
                                "f.xlsx",
                                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0})
                        .refused("UNKNOWN_FORMAT", "an old Excel workbook"),
                BadInput.of(52, "a protected workbook", "f.xlsx", locked())
                        .refused("UNKNOWN_FORMAT", "protected by a password"),
                changed(53, "no list of sheets", "xl/workbook.xml", null)
                        .refused("BROKEN_STRUCTURE"),
                changed(53, "a sheet that is not there", "xl/worksheets/sheet1.xml", null)
                        .refused("BROKEN_STRUCTURE"),
                changed(53, "no relations", "xl/_rels/workbook.xml.rels", null)
                        .refused("BROKEN_STRUCTURE"),
                changed(53, "no package", "[Content_Types].xml", null).refused("BROKEN_STRUCTURE"),
                changed(53, "no type of the list of sheets", "[Content_Types].xml", "<Types/>")
                        .refused("BROKEN_STRUCTURE", "content types name no workbook"),
                BadInput.proven(53, "workbooks of others", "feed.CorporaTest#workbooks"),
                changed(54, "an entity in a sheet", "xl/worksheets/sheet1.xml", bomb + "<x>&a;</x>")
                        .refused("DOCTYPE", "xl/worksheets/sheet1.xml"),
                BadInput.proven(
                        54,
                        "bombs, on the packaged program",
                        "product.HostileFilesIT#doesNotStopForThem"),
                BadInput.of(
                                55,
                                "hidden sheets before the data",
                                "f.xlsx",
                                zip(
                                        parts(
                                                "H",
                                                "hidden",
                                                HEAD + row(2, number("7")),
                                                "V",
                                                "veryHidden",
                                                HEAD + row(2, number("8")),
                                                "S",
                                                "visible",
                                                HEAD + row,
                                                "T",
                                                "visible",
                                                HEAD + row(2, number("9")))))
                        .gives("S!2:1{hs_city=a, hs_price=5}"),
                BadInput.of(
                                55,
                                "another sheet than is there",
                                "f.xlsx",
                                zip(parts("H", "hidden", HEAD)))
                        .refused("WRONG_SHAPE", "no sheet that is visible", "Its sheets: H"),
                sheet(
                                15,
                                "an unknown column in row 3",
                                row(3, text("id"), text("hs_prise"))
                                        + row(4, number("1"), number("5")))
                        .refused("UNKNOWN_PROPERTY", "S!3, column 2"),
                sheet(
                                56,
                                "formulas and errors",
                                HEAD
                                        + row(2, number("1"), "<c><f>A1</f></c>")
                                        + row(3, number("2"), "<c t=\"e\"><v>#N/A</v></c>")
                                        + row(4, number("3"), "<c t=\"str\"><f>A1</f><v>b</v></c>"))
                        .gives(
                                "S!2!BAD_CELL S!3!BAD_CELL S!4:3{hs_city=b}",
                                "S!B2 (hs_city)",
                                "#N/A"),
                sheet(
                                57,
                                "gaps",
                                HEAD
                                        + "<row r=\"5\"><c r=\"A5\"><v>1</v></c>"
                                        + "<c r=\"C5\"><v>5</v></c></row>")
                        .gives("S!5:1{hs_price=5}"),
                sheet(
                                57,
                                "no references",
                                (HEAD + row(2, number("2"), "<c/>", number("6")))
                                        .replaceAll(" r=\"\\d\"", ""))
                        .gives("S!2:2{hs_price=6}"),
                sheet(
                                57,
                                "references here and there",
                                HEAD
                                        + row(5, number("1"), "<c/>", number("5"))
                                        + row(6, number("2"), "<c/>", number("6"))
                                                .replace(" r=\"6\"", ""))
                        .gives("S!5:1{hs_price=5} S!5!BROKEN_STRUCTURE", "not in order"),
                BadInput.of(
                                58,
                                "a day by its number, and as text",
                                "f.xlsx",
                                zip(
                                        parts(
                                                "S",
                                                "visible",
                                                row(1, text("id"), text("available_from"))
                                                        + row(
                                                                2,
                                                                number("1"),
                                                                "<c s=\"1\"><v>46083</v></c>")
                                                        + row(3, number("2"), text("01/03/2026"))
                                                        + row(
                                                                4,
                                                                number("3"),
                                                                "<c s=\"1\"><v>60</v></c>"))))
                        .gives("S!2:1{available_from=2026-03-02} S!3!BAD_DATE S!4!BAD_CELL"),
                BadInput.proven(58, "days from 1904, ISO, formats", "feed.CorporaTest#workbooks"),
                sheet(
                                59,
                                "an id of 16 digits as a number",
                                HEAD + row(2, number("1234567890123456"), text("a")))
                        .gives("S!2!BAD_CELL", "more than 15 digits", "S!A2 (id)"),
                sheet(
                                60,
                                "rich text, escapes",
                                HEAD
                                        + row(
                                                2,
                                                number("1"),
                                                "<c t=\"inlineStr\"><is><r><t>a</t></r>"
                                                        + "<r><t>b_x000D_</t></r></is></c>"))
                        .gives("S!2:1{hs_city=ab␍}"),
                sheet(
                                60,
                                "how a cell's own text is pronounced",
                                HEAD
                                        + row(
                                                2,
                                                number("1"),
                                                "<c t=\"inlineStr\"><is><t>a</t><rPh sb=\"0\" eb=\"1\">"
                                                        + "<t>b</t></rPh></is></c>"))
                        .refused("BROKEN_STRUCTURE", "pronounced"),
                BadInput.proven(60, "in shared texts", "feed.CorporaTest#workbooks"),
                BadInput.of(61, "macros by name", "f.xlsm", zip(parts("S", "visible", HEAD + row)))
                        .refused("UNKNOWN_FORMAT", "macros"),
                changed(61, "macros within", "xl/vbaProject.bin", "x")
                        .refused("UNKNOWN_FORMAT", "macros"));
    }
}
