package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxFormatTest {

    private static final Format XLSX = new XlsxFormat(Limits.DEFAULT);

    @TempDir Path folder;

    /** What a workbook holds in its first sheets. */
    private interface Content {
        void write(Workbook workbook);
    }

    @Test
    void readsTheFirstVisibleSheet() throws Exception {
        Path file =
                write(
                        workbook -> {
                            Worksheet hidden = workbook.newWorksheet("Notes");
                            hidden.value(0, 0, "x");
                            hidden.setVisibilityState(VisibilityState.HIDDEN);
                            Worksheet sheet = workbook.newWorksheet("Listings");
                            row(sheet, 1, "id", "price", "sold", "flag");
                            row(sheet, 2, "0012", new BigDecimal("1234.50"), null, true);
                            sheet.value(4, 0, 7);
                            sheet.value(4, 1, 2.3);
                            sheet.value(4, 2, LocalDate.of(2026, 3, 1));
                            sheet.style(4, 2).format("yyyy-mm-dd").set();
                            sheet.value(5, 2, LocalDateTime.of(2026, 3, 1, 10, 30));
                            sheet.style(5, 2).format("dd/mm/yyyy hh:mm").set();
                        });
        assertThat(Shown.read(XLSX, file, Layout.UNSAID))
                .isEqualTo(
                        "Listings!3:0012|1234.5||true Listings!5:7|2.3|2026-03-01|"
                                + " Listings!6:||2026-03-01T10:30:00|");
        assertThat(Shown.read(XLSX, file, Shown.layout(Map.of("sheet", "Notes")))).isEmpty();
        RefusedFile missing =
                catchThrowableOfType(
                        RefusedFile.class,
                        () -> XLSX.open(file, Shown.layout(Map.of("sheet", "Other"))));
        assertThat(missing).hasMessageContaining("Its sheets: Notes, Listings");
        assertThat(Shown.read(XLSX, file, Shown.layout(Map.of("header-row", "2"))))
                .startsWith("Listings!3:0012");
        assertThat(
                        catchThrowableOfType(
                                RefusedFile.class,
                                () -> XLSX.open(file, Shown.layout(Map.of("header-row", "3")))))
                .hasMessageContaining("Listings!3: the header cannot be used");
    }

    /** It counted as no column: a value below it had no name, or went missing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesAHeaderWithAFormulaThatIsNotComputed(int column) throws Exception {
        Path file =
                write(
                        workbook -> {
                            Worksheet sheet = workbook.newWorksheet("S");
                            row(sheet, 0, "id", "a");
                            sheet.formula(0, column, "UPPER(\"b\")");
                            row(sheet, 1, "1", "x", "y");
                        });
        RefusedFile refused =
                catchThrowableOfType(RefusedFile.class, () -> XLSX.open(file, Layout.UNSAID));
        assertThat(refused.reason().code()).isEqualTo("BAD_HEADER");
        assertThat(refused)
                .hasMessageContaining(
                        "the cell "
                                + (column == 1 ? "B1" : "C1")
                                + " holds a formula, but not its value");
    }

    @Test
    void refusesCellsWithoutAnExactValueAndGivesThemBackAsTheyWere() throws Exception {
        Path file =
                write(
                        workbook -> {
                            Worksheet sheet = workbook.newWorksheet("S");
                            row(sheet, 0, "id", "a");
                            row(sheet, 1, "1", new BigDecimal("1234567890123456"));
                            sheet.value(2, 0, "2");
                            sheet.formula(2, 1, "A1+1");
                            row(sheet, 3, "3", "ok");
                            row(sheet, 4, "4", "x", "more");
                            row(sheet, 5, "5", "a_x0007_b");
                        });
        String all =
                "S!2!BAD_CELL S!3!BAD_CELL S!4:3|ok S!5!WRONG_FIELD_COUNT S!6!CONTROL_CHARACTER";
        assertThat(Shown.read(XLSX, file, Layout.UNSAID)).isEqualTo(all);
        assertThat(Shown.messages(XLSX, file, Layout.UNSAID).get(0))
                .startsWith("S!B2 (a): the cell ");
        Path back = folder.resolve("g.xlsx");
        Files.write(back, Shown.copy(XLSX, file, Layout.UNSAID, 0L, 1L, 3L, 4L));
        assertThat(Shown.read(XLSX, back, Layout.UNSAID))
                .isEqualTo("S!2!BAD_CELL S!3!BAD_CELL S!4!WRONG_FIELD_COUNT S!5!CONTROL_CHARACTER");
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        Path file =
                write(
                        workbook -> {
                            row(workbook.newWorksheet("T"), 0, "other");
                            Worksheet sheet = workbook.newWorksheet("S");
                            row(sheet, 0, "id", "row");
                            for (int row = 1; row < 100; row++) {
                                row(sheet, row, row, "a row of the row");
                            }
                        });
        long size = Files.size(file);
        try (Feed feed = XLSX.open(file, Shown.layout(Map.of("sheet", "S")))) {
            for (int row = 1; row < 100; row++) {
                feed.next();
                assertThat(feed.bytesRead()).isEqualTo((long) ((double) size / 100 * row));
            }
            assertThat(feed.next()).isNull();
            assertThat(feed.bytesRead()).isEqualTo(size);
        }
    }

    @Test
    void refusesWhatIsNoWorkbook() throws Exception {
        Path text = Files.writeString(folder.resolve("f.xlsx"), "id,a\n1,x\n");
        assertThat(refusal(text)).isEqualTo("UNKNOWN_FORMAT");
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
        assertThat(refusal(Files.write(folder.resolve("g.xlsx"), old))).isEqualTo("UNKNOWN_FORMAT");
        Path file = write(workbook -> row(workbook.newWorksheet("S"), 0, "id"));
        assertThat(refusal(Files.move(file, folder.resolve("f.xlsm")))).isEqualTo("UNKNOWN_FORMAT");
        Path empty = write(workbook -> workbook.newWorksheet("S"));
        assertThat(refusal(empty)).isEqualTo("EMPTY_FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"})
    void refusesADoctypeInAnyPart(String part) throws Exception {
        Path file = write(workbook -> row(workbook.newWorksheet("S"), 0, "id"));
        Path changed = folder.resolve("changed.xlsx");
        try (ZipFile parts = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry one : Collections.list(parts.entries())) {
                String xml = new String(parts.getInputStream(one).readAllBytes(), UTF_8);
                if (one.getName().equals(part)) {
                    xml =
                            xml.replaceFirst(
                                    "\\?>",
                                    "?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>");
                }
                out.putNextEntry(new ZipEntry(one.getName()));
                out.write(xml.getBytes(UTF_8));
            }
        }
        assertThat(refusal(changed)).isEqualTo("DOCTYPE");
    }

    /**
     * Any table is read as it was written, and any of its rows are given back; a part is refused.
     */
    @Test
    void readsWhatWasWritten() throws Exception {
        for (long seed = 1; seed <= 25; seed++) {
            Random random = new Random(seed);
            List<List<String>> expected = new ArrayList<>();
            Path file =
                    write(
                            workbook -> {
                                Worksheet sheet = workbook.newWorksheet("Größe 1");
                                row(sheet, 0, "id", "a", "b");
                                int at = 0;
                                for (int row = random.nextInt(30); row > 0; row--) {
                                    at += 1 + random.nextInt(3) / 2;
                                    List<String> texts = new ArrayList<>(List.of("i" + row));
                                    sheet.value(at, 0, "i" + row);
                                    for (int column = 1; column < 3; column++) {
                                        texts.add(cell(sheet, at, column, random));
                                    }
                                    expected.add(texts);
                                }
                            });
            assertThat(rows(file)).as("seed " + seed).isEqualTo(expected);
            List<Long> wanted = new ArrayList<>();
            List<List<String>> some = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                if (random.nextBoolean()) {
                    wanted.add((long) i);
                    some.add(expected.get(i));
                }
            }
            byte[] copy = Shown.copy(XLSX, file, Layout.UNSAID, wanted.toArray(Long[]::new));
            Path back = Files.write(folder.resolve("g.xlsx"), copy);
            assertThat(rows(back)).as("seed " + seed).isEqualTo(some);
            byte[] bytes = Files.readAllBytes(file);
            Path part =
                    Files.write(
                            folder.resolve("c.xlsx"),
                            Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            assertThat(refusal(part)).isIn("BAD_ARCHIVE", "EMPTY_FILE", "UNKNOWN_FORMAT");
        }
    }

    private static String cell(Worksheet sheet, int row, int column, Random random) {
        switch (random.nextInt(5)) {
            case 0:
                int cents = random.nextInt(1_000_000);
                sheet.value(row, column, new BigDecimal(cents).movePointLeft(2));
                return new BigDecimal(cents).movePointLeft(2).stripTrailingZeros().toPlainString();
            case 1:
                LocalDate day = LocalDate.of(1901, 1, 1).plusDays(random.nextInt(70_000));
                sheet.value(row, column, day);
                sheet.style(row, column).format("dd.mm.yyyy").set();
                return day.toString();
            case 2:
                boolean flag = random.nextBoolean();
                sheet.value(row, column, flag);
                return Boolean.toString(flag);
            case 3:
                String text = "é <&> \n\"🏠" + random.nextInt(9);
                sheet.value(row, column, text);
                return text;
            default:
                return "";
        }
    }

    private static void row(Worksheet sheet, int row, Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String text) {
                sheet.value(row, i, text);
            } else if (values[i] instanceof Number number) {
                sheet.value(row, i, number);
            } else if (values[i] instanceof Boolean flag) {
                sheet.value(row, i, flag);
            }
        }
    }

    private static List<List<String>> rows(Path path) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (Record record : Shown.records(XLSX, path, Layout.UNSAID)) {
            rows.add(List.of(((Record.Row) record).values()));
        }
        return rows;
    }

    private static String refusal(Path path) {
        Formats formats = Formats.all(Limits.DEFAULT);
        return catchThrowableOfType(RefusedFile.class, () -> formats.open(path, Layout.UNSAID))
                .reason()
                .code();
    }

    private Path write(Content content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Workbook workbook = new Workbook(bytes, "test", "1.0");
        content.write(workbook);
        workbook.finish();
        Path file = folder.resolve("f.xlsx");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes.toByteArray());
        }
        return file;
    }
}
