package io.filedrop.hubspot.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** B62 to B82: archives, and files as such. */
final class BadArchives {

    private static final String CSV = BadTables.HEADER + "1,5\n";
    private static final String GOOD = "2:1{hs_price=5}";

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    private BadArchives() {}

    /** Writes a zip of names and contents. */
    static void zip(Path file, String... namesAndContents) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(zip(UTF_8, namesAndContents));
        }
    }

    private static byte[] zip(Charset names, String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes, names)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndContents[i]));
                out.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static BadInput of(int number, String what, String... namesAndContents) {
        return BadInput.of(number, what, "f.zip", file -> zip(file, namesAndContents));
    }

    /** A zip of one file, with a number in one of its records changed. */
    private static BadInput changed(
            int number, String what, int record, int at, int bytes, long to) {
        return BadInput.of(
                number,
                what,
                "f.zip",
                file ->
                        Files.write(
                                file, patched(zip(UTF_8, "f.csv", CSV), record, at, bytes, to)));
    }

    private static byte[] patched(byte[] zip, int record, int at, int bytes, long to) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int start = 0;
        while (buffer.getInt(start) != record) {
            start++;
        }
        for (int i = 0; i < bytes; i++) {
            buffer.put(start + at + i, (byte) (to >> 8 * i));
        }
        return zip;
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

    private static BadInput bytes(int number, String what, String name, Bytes bytes) {
        return BadInput.of(number, what, name, file -> Files.write(file, bytes.make()));
    }

    private interface Bytes {
        byte[] make() throws IOException;
    }

    private static void bomb(Path file) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("f.csv"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
    }

    private static String[] many(int entries) {
        String[] all = new String[2 * entries + 2];
        Arrays.setAll(all, i -> i % 2 == 0 ? i / 2 + ".jpg" : "");
        all[2 * entries] = "f.csv";
        all[2 * entries + 1] = CSV;
        return all;
    }

    /** Two entries of the directory that have the same bytes. */
    private static byte[] overlapping() throws IOException {
        byte[] zip = zip(UTF_8, "1.csv", CSV, "2.jpg", CSV);
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int second = zip.length - 22 - 46 - "2.jpg".length();
        buffer.putInt(second + 42, 0);
        buffer.put(second + 46, (byte) '1');
        return zip;
    }

    static List<BadInput> cases() {
        String bad = "BAD_ARCHIVE";
        return List.of(
                bytes(62, "cut", "f.zip", () -> Arrays.copyOf(zip(UTF_8, "f.csv", CSV), 60))
                        .refused(bad, "its end is missing"),
                BadInput.proven(
                        62,
                        "cut at each byte",
                        "feed.PackingTest#refusesWhatIsCutOrChangedAnywhere"),
                bytes(63, "junk before", "f.zip", () -> both(new byte[9], zip(UTF_8, "f.csv", CSV)))
                        .refused(bad),
                bytes(63, "junk behind", "f.zip", () -> both(zip(UTF_8, "f.csv", CSV), new byte[9]))
                        .refused(bad, "something stands behind it"),
                changed(64, "another size in the local header", LOCAL, 22, 4, 7)
                        .refused(bad, "contradict each other"),
                changed(64, "another checksum in the directory", CENTRAL, 16, 4, 7).refused(bad),
                changed(64, "another method in the local header", LOCAL, 8, 2, 0).refused(bad),
                changed(64, "another name in the local header", LOCAL, 30, 1, 'g').refused(bad),
                changed(64, "another place in the directory", CENTRAL, 42, 4, 3).refused(bad),
                of(65, "..", "../f.csv", CSV).refused(bad, "leads out of the archive"),
                of(65, "an absolute name", "/f.csv", CSV).refused(bad),
                of(65, "a drive", "C:f.csv", CSV).refused(bad),
                of(65, "a backslash", "a\\f.csv", CSV).refused(bad),
                of(65, "NUL", "a\0f.csv", CSV).refused(bad),
                bytes(
                                66,
                                "a link",
                                "f.zip",
                                () ->
                                        patched(
                                                patched(
                                                        zip(UTF_8, "f.csv", CSV),
                                                        CENTRAL,
                                                        4,
                                                        2,
                                                        3 << 8 | 20),
                                                CENTRAL,
                                                38,
                                                4,
                                                0120777L << 16))
                        .refused(bad, "a link or a device"),
                BadInput.of(67, "a bomb", "f.zip", BadArchives::bomb)
                        .refused("FILE_TOO_LARGE", "more than 200 times as large"),
                BadInput.of(67, "10,001 entries", "f.zip", file -> zip(file, many(10_000)))
                        .refused(bad, "more than 10,000 entries"),
                bytes(67, "entries that overlap", "f.zip", BadArchives::overlapping).refused(bad),
                of(67, "a zip in a zip", "f.zip", "PK").refused(bad, "it holds another archive"),
                changed(68, "encrypted", CENTRAL, 8, 2, 0x809).refused(bad, "is encrypted"),
                changed(68, "AES", CENTRAL, 10, 2, 99).refused(bad, "AES encryption"),
                changed(69, "imploded", CENTRAL, 10, 2, 6).refused(bad, "implode"),
                changed(69, "deflate64", CENTRAL, 10, 2, 9).refused(bad, "deflate64"),
                changed(69, "bzip2", CENTRAL, 10, 2, 12).refused(bad, "bzip2"),
                changed(69, "lzma", CENTRAL, 10, 2, 14).refused(bad, "lzma"),
                changed(69, "zstd", CENTRAL, 10, 2, 93).refused(bad, "zstd"),
                changed(69, "xz", CENTRAL, 10, 2, 95).refused(bad, "xz"),
                changed(69, "of an unknown method", CENTRAL, 10, 2, 77).refused(bad, "method 77"),
                of(70, "a name twice but for case", "f.csv", CSV, "F.CSV", CSV)
                        .refused(bad, "stands in it twice"),
                of(71, "nothing").refused(bad, "it holds no update file"),
                of(71, "only folders", "a/", "").refused(bad, "it holds no update file"),
                of(71, "only what a Mac adds", "__MACOSX/._f.csv", "x", ".DS_Store", "x")
                        .refused(bad, "it holds no update file"),
                changed(72, "one part of several", END, 4, 2, 1)
                        .refused(bad, "one part of several"),
                changed(72, "an entry on another disk", CENTRAL, 34, 2, 1).refused(bad),
                bytes(
                                73,
                                "a name in CP437",
                                "f.zip",
                                () -> zip(Charset.forName("IBM437"), "año/fé.csv", CSV))
                        .gives(GOOD),
                bytes(
                                73,
                                "a name in UTF-8 that does not say so",
                                "f.zip",
                                () -> zip(Charset.forName("ISO-8859-1"), "fÃ©.csv", CSV))
                        .gives(GOOD),
                bytes(74, "several members", "f.csv.gz", () -> both(gzip(CSV), gzip("2,6\n")))
                        .gives(GOOD + " 3:2{hs_price=6}"),
                bytes(74, "cut", "f.csv.gz", () -> Arrays.copyOf(gzip(CSV), 20))
                        .refused(bad, "damaged or cut"),
                bytes(74, "junk behind", "f.csv.gz", () -> both(gzip(CSV), "junk".getBytes(UTF_8)))
                        .refused(bad),
                changed(75, "another size in the directory", CENTRAL, 24, 4, 999).refused(bad),
                changed(75, "another size behind the data", 0x08074b50, 12, 4, 999)
                        .refused(bad, "contradict each other"),
                bytes(76, "a zip by another name", "f.csv", () -> zip(UTF_8, "f.csv", CSV))
                        .refused("UNKNOWN_FORMAT", "a text file", "a zip archive"),
                BadInput.of(76, "a PDF by another name", "f.json", "%PDF-1.4")
                        .refused("UNKNOWN_FORMAT", "PDF"),
                BadInput.of(76, "JSON by another name", "f.csv", "[{\"id\":1}]")
                        .refused("NO_ID_COLUMN"),
                BadInput.of(76, "CSV by another name", "f.json", CSV).refused("BROKEN_STRUCTURE"),
                BadInput.of(76, "a kind that is not known", "f.docx", "x")
                        .refused("UNKNOWN_FORMAT", ".csv", ".xlsx"),
                BadInput.proven(
                        77,
                        "names of files",
                        "run.FileNamesTest#keepsNamesThatAreHarmless",
                        "run.FileNamesTest#takesControlAndDirectionCharactersOut",
                        "run.FileNamesTest#cutsALongNameButNotItsEnding",
                        "run.FileNamesTest#readsANameThatIsNotUtf8"),
                BadInput.proven(
                        78,
                        "what is no regular file",
                        "run.InboxTest#opensNothingThatIsNoRegularFile"),
                BadInput.proven(
                        79,
                        "the same content again, the same name again",
                        "product.MainJobIT#flagsTheSameContentDroppedAgain",
                        "run.InboxTest#takesTheSameNameTwiceAsTwoRuns"),
                BadInput.proven(80, "markers", "run.InboxTest#waitsForTheMarker"),
                BadInput.proven(
                        81,
                        "changed while it is taken",
                        "run.InboxTest#putsAFileBackThatWasChangedAfterTheLastLook",
                        "run.InboxTest#putsAFileBackThatWasReplacedAfterTheLastLook"),
                BadInput.of(82, "a sparse TB", "f.csv", file -> BadTables.sparse(file, 1L << 40))
                        .refused("FILE_TOO_LARGE"),
                BadInput.proven(
                        82,
                        "a large file is claimed unread",
                        "run.InboxTest#claimsALargeFileWithoutReadingIt"));
    }
}
