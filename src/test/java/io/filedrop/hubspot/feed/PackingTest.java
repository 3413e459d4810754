package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingTest {

    private static final String CSV = "id,a\n1,x\n2,y\n3,z\n";

    private final Formats formats = Formats.all(Limits.DEFAULT);

    @TempDir Path folder;

    @Test
    void readsAndGivesBackWhatIsInAZip() throws Exception {
        Path file = zip("f.zip", "a/feed.csv", CSV, "a/1.jpg", "JPG", "__MACOSX/._x", "x");
        assertThat(rows(file)).containsExactly("1|x", "2|y", "3|z");
        Path back = folder.resolve("g.zip");
        try (OutputStream out = Files.newOutputStream(back)) {
            formats.copy(file, Layout.UNSAID, ordinal -> ordinal == 1, out);
        }
        assertThat(rows(back)).containsExactly("2|y");
        try (ZipDirectory directory = new ZipDirectory(back, Limits.DEFAULT)) {
            assertThat(directory.entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.name()).isEqualTo("a/feed.csv"));
        }
        assertThat(Files.list(folder)).hasSize(2);
    }

    @Test
    void readsEveryMemberOfAGzip() throws Exception {
        Path file = write("f.csv.gz", both(gzip("id,a\n1,x\n"), gzip("2,y\n")));
        assertThat(rows(file)).containsExactly("1|x", "2|y");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        formats.copy(file, Layout.UNSAID, ordinal -> ordinal == 1, out);
        assertThat(rows(write("g.csv.gz", out.toByteArray()))).containsExactly("2|y");
        assertThat(refusal(write("h.csv.gz", both(gzip(CSV), "garbage".getBytes(UTF_8)))))
                .isEqualTo("BAD_ARCHIVE");
        assertThat(refusal(write("i.csv.gz", CSV.getBytes(UTF_8)))).isEqualTo("BAD_ARCHIVE");
        assertThat(refusal(write("j.csv", gzip(CSV)))).isEqualTo("UNKNOWN_FORMAT");
    }

    /** A part of an archive is never taken for the whole; no byte but the date may be changed. */
    @Test
    void refusesWhatIsCutOrChangedAnywhere() throws Exception {
        byte[] gzip = gzip(CSV);
        byte[] zip = Files.readAllBytes(zip("f.zip", "1.png", "png", "f.csv", CSV, "2.png", "png"));
        for (int cut = 0; cut < gzip.length; cut++) {
            String code = refusal(write("c.csv.gz", Arrays.copyOf(gzip, cut)));
            assertThat(code).as("cut at " + cut).isEqualTo("BAD_ARCHIVE");
        }
        for (int cut = 0; cut < zip.length; cut++) {
            String code = refusal(write("c.zip", Arrays.copyOf(zip, cut)));
            assertThat(code).as("cut at " + cut).isEqualTo("BAD_ARCHIVE");
        }
        for (int at = 0; at < zip.length; at++) {
            byte[] changed = zip.clone();
            changed[at] ^= 1;
            Path path = write("c.zip", changed);
            try (Feed feed = formats.open(path, Layout.UNSAID)) {
                assertThat(read(feed)).as("changed at " + at).containsExactly("1|x", "2|y", "3|z");
            } catch (RefusedFile e) {
                assertThat(e.reason().code()).isIn("BAD_ARCHIVE");
            }
        }
        assertThat(refusal(write("d.zip", both(zip, new byte[1])))).isEqualTo("BAD_ARCHIVE");
        assertThat(refusal(write("d.zip", both(new byte[1], zip)))).isEqualTo("BAD_ARCHIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "../f.csv",
        "/f.csv",
        "C:f.csv",
        "a\\f.csv",
        "f.zip",
        "f.exe",
        "f.jpg",
    })
    void refusesZipsWithOtherThings(String name) throws Exception {
        assertThat(refusal(zip("f.zip", name, CSV))).isEqualTo("BAD_ARCHIVE");
    }

    @Test
    void refusesSeveralUpdateFilesAndTakesAReadmeForNone() throws Exception {
        assertThat(refusal(zip("f.zip", "a.csv", CSV, "b.json", "[]"))).isEqualTo("BAD_ARCHIVE");
        assertThat(refusal(zip("f.zip", "a.csv", CSV, "A.CSV", CSV))).isEqualTo("BAD_ARCHIVE");
        assertThat(rows(zip("f.zip", "a.csv", CSV, "readme.txt", "x"))).hasSize(3);
        assertThat(refusal(zip("f.zip"))).isEqualTo("BAD_ARCHIVE");
    }

    @Test
    void countsWhileItUnpacks() throws Exception {
        byte[] zeros = new byte[1 << 20];
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        }
        assertThat(refusal(write("f.csv.gz", bomb.toByteArray()))).isEqualTo("FILE_TOO_LARGE");
        bomb.reset();
        try (ZipOutputStream out = new ZipOutputStream(bomb)) {
            out.putNextEntry(new ZipEntry("f.csv"));
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        }
        assertThat(refusal(write("f.zip", bomb.toByteArray()))).isEqualTo("FILE_TOO_LARGE");
        assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
                .containsExactlyInAnyOrder("f.csv.gz", "f.zip");
        Limits small = new Limits(1024, 1024, 10, 200, 1, 5, 5, 1024);
        Path plain = write("f.csv", CSV.getBytes(UTF_8));
        assertThat(
                        catchThrowableOfType(
                                        RefusedFile.class,
                                        () -> Formats.all(small).open(plain, Layout.UNSAID))
                                .reason()
                                .code())
                .isEqualTo("FILE_TOO_LARGE");
    }

    @Test
    void readsStoredEntries() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("größe.csv");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(CSV.length());
            CRC32 crc = new CRC32();
            crc.update(CSV.getBytes(UTF_8));
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write(CSV.getBytes(UTF_8));
        }
        assertThat(rows(write("f.zip", bytes.toByteArray()))).hasSize(3);
    }

    private List<String> rows(Path file) throws Exception {
        try (Feed feed = formats.open(file, Layout.UNSAID)) {
            return read(feed);
        }
    }

    private static List<String> read(Feed feed) throws IOException {
        List<String> rows = new ArrayList<>();
        Record record;
        while ((record = feed.next()) != null) {
            rows.add(String.join("|", ((Record.Row) record).values()));
        }
        return rows;
    }

    private String refusal(Path path) {
        return catchThrowableOfType(RefusedFile.class, () -> formats.open(path, Layout.UNSAID))
                .reason()
                .code();
    }

    private Path zip(String name, String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndContents[i]));
                out.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
        return write(name, bytes.toByteArray());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] both(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stream.of(parts).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
