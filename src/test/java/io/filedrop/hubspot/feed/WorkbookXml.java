package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook with one sheet, S, as its XML says. */
final class WorkbookXml {

    static final String SPACE =
            " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    private static final String SCHEMA = "http://schemas.openxmlformats.org/";
    private static final String LINK = SCHEMA + "officeDocument/2006/relationships";
    private static final String TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** The part that is a sheet T of the workbook, behind S, where it is beside the others. */
    static final String OTHER = "other.xml";

    private WorkbookXml() {}

    /** With a header, id and a, in row 1, and those rows; style 1 is a day. */
    static Path sheet(Path file, String rows) throws IOException {
        return sheet(file, "", rows);
    }

    /** With properties of the workbook, too. */
    static Path sheet(Path file, String properties, String rows) throws IOException {
        String head = row(1, text("id") + text("a"));
        return write(file, properties, "worksheets/sheet1.xml", xml(head + rows).getBytes(UTF_8));
    }

    static String xml(String rows) {
        return "<worksheet" + SPACE + "><sheetData>" + rows + "</sheetData></worksheet>";
    }

    static String row(int number, String cells) {
        return "<row r='" + number + "'>" + cells + "</row>";
    }

    static String text(String value) {
        return "<c t='inlineStr'><is><t>" + value + "</t></is></c>";
    }

    /** With a sheet of those bytes under that name. */
    static Path write(Path file, String properties, String name, byte[] sheet) throws IOException {
        return write(file, properties, "", Map.of("xl/" + name, sheet), name);
    }

    /** With a header and those rows, and with shared texts under that name. */
    static Path sharing(Path file, String name, String texts, String rows) throws IOException {
        String sst = "<sst" + SPACE + ">" + texts + "</sst>";
        return beside(file, name, "xl/" + name, sst.getBytes(UTF_8), rows);
    }

    /** With a header and those rows, and with one more part. */
    static Path beside(Path file, String name, byte[] part, String rows) throws IOException {
        return beside(file, "", name, part, rows);
    }

    private static Path beside(Path file, String texts, String name, byte[] part, String rows)
            throws IOException {
        byte[] sheet = xml(row(1, text("id") + text("a")) + rows).getBytes(UTF_8);
        return write(file, "", texts, Map.of(name, part, "xl/s.xml", sheet), "s.xml");
    }

    private static Path write(
            Path file, String properties, String texts, Map<String, byte[]> others, String sheet)
            throws IOException {
        boolean hasOther = others.containsKey("xl/" + OTHER);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns='"
                        + SCHEMA
                        + "package/2006/content-types'><Override PartName='/xl/workbook.xml'"
                        + " ContentType='"
                        + TYPE
                        + "sheet.main+xml'/><Override PartName='/xl/styles.xml' ContentType='"
                        + TYPE
                        + "styles+xml'/><Override PartName='/xl/"
                        + texts
                        + "' ContentType='"
                        + TYPE
                        + (texts.isEmpty() ? "none" : "sharedStrings+xml")
                        + "'/></Types>");
        parts.put(
                "xl/workbook.xml",
                "<workbook"
                        + SPACE
                        + " xmlns:r='"
                        + LINK
                        + "'>"
                        + properties
                        + "<sheets><sheet name='S' sheetId='1' r:id='rId1'/>"
                        + (hasOther ? "<sheet name='T' sheetId='2' r:id='rId2'/>" : "")
                        + "</sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='"
                        + SCHEMA
                        + "package/2006/relationships'><Relationship Id='rId1' Type='"
                        + LINK
                        + "/worksheet' Target='"
                        + sheet
                        + "'/>"
                        + (hasOther
                                ? "<Relationship Id='rId2' Type='"
                                        + LINK
                                        + "/worksheet' Target='"
                                        + OTHER
                                        + "'/>"
                                : "")
                        + "</Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet"
                        + SPACE
                        + "><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue().getBytes(UTF_8));
            }
            for (Map.Entry<String, byte[]> part : others.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue());
            }
        }
        return file;
    }
}
