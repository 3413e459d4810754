package io.filedrop.hubspot.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {

    private static final String CSV = "id,a\n1,x\n2,y\n3,z\n";

    private static final String STREAMED =
            "504b03042d00080008000000210000000000ffffffffffffffff05001400662e637376010010"
                    + "0000000000000000000000000000000000cb4cd149e432d4a9e00200504b070806209ebd0b00"
                    + "0000000000000900000000000000504b01022d032d00080008000000210006209ebd0b000000"
                    + "09000000050000000000000000000000800100000000662e637376504b050600000000010001"
                    + "00330000005a0000000000";
    private static final String SIZED =
            "504b03042d00000008000000210006209ebdffffffffffffffff05001400662e637376010010"
                    + "0009000000000000000b00000000000000cb4cd149e432d4a9e00200504b01022d032d000000"
                    + "08000000210006209ebd0b00000009000000050000000000000000000000800100000000662e"
                    + "637376504b0506000000000100010033000000420000000000";

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
        Limits small = new Limits(1024, 1024, 10, 200, 1, 5, 5, 1024, 5);
        Path plain = write("f.csv", CSV.getBytes(UTF_8));
        assertThat(
                        catchThrowableOfType(
                                        RefusedFile.class,
                                        () -> Formats.all(small).open(plain, Layout.UNSAID))
                                .reason()
                                .code())
                .isEqualTo("FILE_TOO_LARGE");
    }

    /** As programs write them that do not know how large a file will be: with 64 bits for sizes. */
    @ParameterizedTest
    @ValueSource(strings = {STREAMED, SIZED})
    void readsZip64(String hex) throws Exception {
        byte[] zip = HexFormat.of().parseHex(hex);
        assertThat(rows(write("f.zip", zip))).containsExactly("1|x");
        assertThat(rows(write("f.zip", withEnd64(zip, 0)))).containsExactly("1|x");
        for (int at = 0; at < zip.length; at++) {
            byte[] changed = zip.clone();
            changed[at] ^= 1;
            try (Feed feed = formats.open(write("c.zip", changed), Layout.UNSAID)) {
                assertThat(read(feed)).as("changed at " + at).containsExactly("1|x");
            } catch (RefusedFile e) {
                assertThat(e.reason().code()).isIn("BAD_ARCHIVE");
            }
        }
        for (int lie = 1; lie <= 3; lie++) {
            assertThat(refusal(write("f.zip", withEnd64(zip, lie)))).isEqualTo("BAD_ARCHIVE");
        }
    }

    /** The archive with an end of 64 bits before its own, which points there by all ones. */
    private static byte[] withEnd64(byte[] zip, int lie) {
        ByteBuffer old = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - 22;
        ByteBuffer all = ByteBuffer.allocate(zip.length + 76).order(ByteOrder.LITTLE_ENDIAN);
        all.put(zip, 0, end);
        all.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
        all.putInt(0).putInt(0).putLong(1).putLong(lie == 1 ? 2 : 1);
        all.putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16) + (lie == 2 ? 1 : 0));
        all.putInt(0x07064b50).putInt(0).putLong(lie == 3 ? end - 1 : end).putInt(1);
        all.put(zip, end, 8).putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1);
        return all.putShort((short) 0).array();
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
