package io.filedrop.hubspot.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks that cost their reader all the memory, or any time. None is packed much. */
final class HostileWorkbooks {

    private static final String SCHEMA = "http://schemas.openxmlformats.org/";
    private static final String LINK = SCHEMA + "officeDocument/2006/relationships";
    private static final String TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String TEXT = "<c t='inlineStr'><is><t>";
    private static final String END = "</t></is></c>";
    private static final String ROW = "<row>" + TEXT + "id" + END + "</row><row>";

    private HostileWorkbooks() {}

    /** Its reader would make room for 321 million cells. */
    static void farCell(OutputStream out) throws IOException {
        try (ZipOutputStream zip = begin(out)) {
            sheet(zip, ROW + "<c r='ZZZZZZ2'/></row>", "", 0);
        }
    }

    /** One text is shared, and a cell names the last that there can be. */
    static void farText(OutputStream out) throws IOException {
        try (ZipOutputStream zip = begin(out)) {
            texts(zip, 1);
            sheet(zip, ROW + "<c t='s'><v>2000000000</v></c></row>", "", 0);
        }
    }

    /** They have not the name that shared texts have. */
    static void manyTexts(OutputStream out) throws IOException {
        try (ZipOutputStream zip = begin(out)) {
            texts(zip, 1 << 22);
            sheet(zip, ROW + "<c t='s'><v>4000000</v></c></row>", "", 0);
        }
    }

    /** A row of so many bytes, in a text that seems to begin others. */
    static void longRow(OutputStream out, long bytes) throws IOException {
        String row = "row>&lt;row ";
        try (ZipOutputStream zip = begin(out)) {
            sheet(zip, ROW + TEXT, row, bytes / row.length());
        }
    }

    /** Its reader walks all of them for each cell. */
    static void manyArrays(OutputStream out) throws IOException {
        String array = "<c><f t='array' ref='A1'>A</f></c>";
        try (ZipOutputStream zip = begin(out)) {
            sheet(zip, ROW, array.repeat(10) + "</row><row>", 25_000);
        }
    }

    /** Its reader puts it together again, piece by piece. */
    static void longFormula(OutputStream out) throws IOException {
        String base = "<c><f t='shared' si='0' ref='A1'>" + "A+".repeat(600_000) + "</f></c>";
        try (ZipOutputStream zip = begin(out)) {
            sheet(zip, ROW + base, "<c><f t='shared' si='0'/></c>", 16_000);
        }
    }

    private static ZipOutputStream begin(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        part(
                zip,
                "[Content_Types].xml",
                "<Types xmlns='"
                        + SCHEMA
                        + "package/2006/content-types'>"
                        + type("workbook.xml", "sheet.main")
                        + type("styles.xml", "styles")
                        + type("t.xml", "sharedStrings")
                        + "</Types>");
        part(
                zip,
                "xl/workbook.xml",
                "<workbook xmlns='"
                        + SCHEMA
                        + "spreadsheetml/2006/main' xmlns:r='"
                        + LINK
                        + "'><sheets><sheet name='S' sheetId='1' r:id='a'/></sheets></workbook>");
        part(
                zip,
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='"
                        + SCHEMA
                        + "package/2006/relationships'><Relationship Id='a' Type='"
                        + LINK
                        + "/worksheet' Target='s.bin'/></Relationships>");
        part(zip, "xl/styles.xml", "<styleSheet/>");
        return zip;
    }

    private static String type(String part, String type) {
        return "<Override PartName='/xl/" + part + "' ContentType='" + TYPE + type + "+xml'/>";
    }

    private static void texts(ZipOutputStream zip, int count) throws IOException {
        zip.putNextEntry(new ZipEntry("xl/t.xml"));
        HostileFilesIT.repeat(zip, "<sst>", "<si><t/></si>", count);
        zip.write("</sst>".getBytes(UTF_8));
    }

    private static void sheet(ZipOutputStream zip, String rows, String again, long times)
            throws IOException {
        zip.putNextEntry(new ZipEntry("xl/s.bin"));
        String begin = "<worksheet><sheetData>" + rows;
        HostileFilesIT.repeat(zip, begin, again, times);
        zip.write((rows.endsWith(TEXT) ? END : "").getBytes(UTF_8));
        zip.write((times > 0 ? "</row>" : "").getBytes(UTF_8));
        zip.write("</sheetData></worksheet>".getBytes(UTF_8));
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(UTF_8));
    }
}
