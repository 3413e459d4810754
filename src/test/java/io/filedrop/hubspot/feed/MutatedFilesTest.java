package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files with a few bytes changed, by seeds: each is read or refused, as in the fuzz tests. */
class MutatedFilesTest {

    private static final int SEEDS = 250;

    @TempDir Path folder;

    @Test
    void csv() throws Exception {
        mutate("f.csv", "id,a\r\n1,\"x\ry\nz\"\n2,\"\"\"\"\n3,é;z\n", Layout.UNSAID);
    }

    @Test
    void json() throws Exception {
        mutate("f.json", "[{\"id\":1,\"a\":[\"é\\u00e9\",2.5e1]},\n{\"id\":null}]", Layout.UNSAID);
        Layout layout = new Layout("", Map.of("records", "D/R"), List.of("a/b"));
        mutate("f.json", "{\"D\":{\"x\":0,\"R\":[{\"a\":{\"b\":1}},{}]},\"y\":[]}", layout);
        mutate("f.ndjson", "{\"id\":1}\n// x\n{\"id\":\"é\"}\n", Layout.UNSAID);
    }

    @Test
    void xml() throws Exception {
        Layout layout = new Layout("", Map.of("record", "p"), List.of("a", "@b", "c/d"));
        mutate(
                "f.xml",
                "<?xml version='1.0'?><r><p b='1'><a>é&amp;</a></p>\n<p><c><d/></c></p><!-- x --></r>",
                layout);
    }

    @Test
    void blm() throws Exception {
        mutate(
                "f.blm",
                "#HEADER#\nEOF : '^'\nEOR : '~'\n#DEFINITION#\nA^B^~\n#DATA#\n1^é^~\n2^y^~\n#END#",
                Layout.UNSAID);
    }

    @Test
    void packed() throws Exception {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write("id,a\n1,x\n".getBytes(UTF_8));
        }
        mutate("f.csv.gz", gzip.toByteArray(), Layout.UNSAID);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("f.csv"));
            out.write("id,a\n1,x\n".getBytes(UTF_8));
        }
        mutate("f.zip", zip.toByteArray(), Layout.UNSAID);
    }

    /** Changed within its parts, so that the archive itself stays whole. */
    @Test
    void workbook() throws Exception {
        for (long seed = 1; seed <= SEEDS / 2; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Workbook workbook = new Workbook(bytes, "test", "1.0");
            Worksheet sheet = workbook.newWorksheet("S");
            sheet.value(0, 0, "id");
            sheet.value(0, 1, "a");
            sheet.value(1, 0, 1);
            sheet.value(1, 1, "é");
            sheet.inlineString(2, 0, "2");
            sheet.value(2, 1, true);
            workbook.finish();
            Path file = Files.write(folder.resolve("f.xlsx"), bytes.toByteArray());
            ReadersFuzzTest.read(repacked(file, random), "f.xlsx", Layout.UNSAID);
        }
    }

    private static byte[] repacked(Path workbook, Random random) throws IOException, RefusedFile {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipDirectory in = new ZipDirectory(workbook, Limits.DEFAULT);
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipDirectory.Entry entry : in.entries()) {
                out.putNextEntry(new ZipEntry(entry.name()));
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                in.unpack(entry, part);
                byte[] whole = part.toByteArray();
                out.write(random.nextInt(4) == 0 ? changed(whole, random) : whole);
            }
        }
        return bytes.toByteArray();
    }

    private static void mutate(String name, String file, Layout layout) throws IOException {
        mutate(name, file.getBytes(UTF_8), layout);
    }

    private static void mutate(String name, byte[] file, Layout layout) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                ReadersFuzzTest.read(changed(file, new Random(seed)), name, layout);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + ", seed " + seed, e);
            }
        }
    }

    private static byte[] changed(byte[] file, Random random) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.writeBytes(file);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            byte[] now = changed.toByteArray();
            changed.reset();
            int at = random.nextInt(now.length);
            int skip = random.nextInt(3) == 0 ? random.nextInt(now.length - at) : 1;
            changed.write(now, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> changed.write(random.nextInt(256));
                case 1 -> changed.write("\"'<>&[]{},;\n\r\0^~#\\".charAt(random.nextInt(18)));
                case 2 -> changed.write(now, at, skip);
                default -> {
                    // Something is missing.
                }
            }
            int from = at + (random.nextBoolean() ? skip : 0);
            changed.write(now, from, now.length - from);
        }
        return changed.toByteArray();
    }
}
