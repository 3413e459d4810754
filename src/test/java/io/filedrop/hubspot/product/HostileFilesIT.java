package io.filedrop.hubspot.product;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are made to break a program, each with a good one behind it, on the packaged program
 * with 256 MB of memory. Files of one line have {@code -Dhostile.line=} bytes, 200 MB where nothing
 * is said.
 */
class HostileFilesIT {

    private static final long LINE = Long.getLong("hostile.line", 200_000_000);
    private static final String GOOD = "id,hs_price\n1,5\n2,6\n";

    private static final String CUT =
            "#HEADER#\nEOF : '^'\nEOR : '~'\n#DEFINITION#\nid^hs_price^~\n#DATA#\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer elsewhere;
    private Sandbox hubspot;
    private Product product;
    private Process process;
    private int count;

    /** Writes what is in a file. */
    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        elsewhere =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.close();
                });
        elsewhere.start();
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product =
                new Product(folder, hubspot.port())
                        .fromCache()
                        .with("JAVA_TOOL_OPTIONS", "-Xmx256m")
                        .with("DROP_ONCE", "false");
        process = product.start();
    }

    @AfterEach
    void stop() {
        product.close();
        hubspot.close();
        elsewhere.stop(0);
    }

    @Test
    void doesNotStopForThem() throws Exception {
        String url = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/x";
        product.drop("first.csv", GOOD);
        await("first.csv");
        refused("bomb.csv.gz", "FILE_TOO_LARGE", HostileFilesIT::gzipBomb);
        refused("bomb.zip", "FILE_TOO_LARGE", out -> zipBomb(out, "bomb.csv"));
        refused("bomb.xlsx", "FILE_TOO_LARGE", out -> zipBomb(out, "xl/worksheets/sheet1.xml"));
        refused("kyero-laughs.xml", "DOCTYPE", out -> out.write(laughs().getBytes(UTF_8)));
        refused("kyero-file.xml", "DOCTYPE", out -> entity(out, "file:///etc/passwd"));
        refused("kyero-http.xml", "DOCTYPE", out -> entity(out, url));
        refused("entity.xlsx", "DOCTYPE", out -> entityInSheet(out, url));
        failed("reso-deep.json", "TOO_DEEP", out -> repeat(out, "{\"value\":[", "[", 5_000_000));
        failed(
                "kyero-deep.xml",
                "TOO_DEEP",
                out -> repeat(out, "<root><property>", "<a>", 5_000_000));
        failed("line.csv", "TOO_LONG", out -> repeat(out, "id,hs_price\n1,", "x", LINE));
        failed("quote.csv", "TOO_LONG", out -> repeat(out, "id,hs_price\n1,\"", "x\n", LINE / 2));
        failed(
                "reso-line.json",
                "TOO_LONG",
                out -> repeat(out, "{\"value\":[{\"ListingKey\":\"", "x", LINE));
        refused("line.ndjson", "TOO_LONG", out -> repeat(out, "{\"id\":\"", "x", LINE));
        failed("kyero-line.xml", "TOO_LONG", out -> repeat(out, "<root><property><id>", "x", LINE));
        refused("far.xlsx", "BROKEN_STRUCTURE", HostileWorkbooks::farCell);
        refused("far-text.xlsx", "BROKEN_STRUCTURE", HostileWorkbooks::farText);
        refused("texts.xlsx", "FILE_TOO_LARGE", HostileWorkbooks::manyTexts);
        refused("row.xlsx", "FILE_TOO_LARGE", out -> HostileWorkbooks.longRow(out, LINE));
        refused("arrays.xlsx", "TOO_LONG", HostileWorkbooks::manyArrays);
        refused("formula.xlsx", "TOO_LONG", HostileWorkbooks::longFormula);
        failed("cut.blm", "BROKEN_STRUCTURE", out -> out.write(CUT.getBytes(UTF_8)));
        assertThat(requests).as("requests to a server that a file names").hasValue(0);
        assertThat(product.log()).doesNotContain("OutOfMemory");
        assertThat(product.reports()).as("accounts that close").hasSize(2 * count + 1);
    }

    /** Its texts are as they are in Excel, shared, and as other programs write them. */
    @Test
    void readsAWorkbookOfTwoHundredThousandRows() throws Exception {
        drop("large.xlsx", HostileFilesIT::large);
        JsonNode report = await("large.xlsx");
        assertThat(report.get("confirmed").asInt()).isEqualTo(200_000);
        assertThat(hubspot.records().get("200000"))
                .containsEntry("hs_city", "Town 200000")
                .containsEntry("hs_name", "House & garden 9");
    }

    private void refused(String name, String code, Content content) throws Exception {
        assertThat(hostile(name, code, content).get("status").asText()).isEqualTo("refused");
    }

    /** Its beginning can be read, so what cannot be is one record. */
    private void failed(String name, String code, Content content) throws Exception {
        JsonNode report = hostile(name, code, content);
        assertThat(report.get("status").asText()).isEqualTo("completed");
        assertThat(report.get("failed").asInt()).isEqualTo(1);
        assertThat(report.get("rows").asInt()).isEqualTo(1);
    }

    private JsonNode hostile(String name, String code, Content content) throws Exception {
        drop(name, content);
        long began = System.nanoTime();
        String good = "good-" + ++count + ".csv";
        product.drop(good, GOOD);
        JsonNode report = await(name);
        long took = System.nanoTime() - began;
        assertThat(await(good).get("confirmed").asInt()).as("behind " + name).isEqualTo(2);
        System.out.printf("%s: %s after %.1f s%n", name, code, took / 1e9);
        assertThat(process.isAlive()).isTrue();
        String reasons =
                product.text("failed", report.get("run").asText() + "/" + name + ".reasons.csv");
        assertThat(reasons.lines().skip(1).findFirst().orElse("")).contains("," + code + ",");
        assertThat(reasons.strip()).matches("(?s).*[.]\"?,");
        for (String where : new String[] {"archive", "failed"}) {
            for (Path kept : product.files(where)) {
                Files.delete(kept);
            }
        }
        return report;
    }

    private JsonNode await(String name) {
        return Awaitility.await(name)
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> report(name), r -> r.isPresent() && isOver(r.get()))
                .orElseThrow();
    }

    private boolean isOver(JsonNode report) {
        return !Files.exists(
                folder.resolve("drop/in-progress").resolve(report.get("run").asText()));
    }

    /** Looked for while reports are written, so the files beside them are not looked at. */
    private Optional<JsonNode> report(String name) throws IOException {
        Path reports = folder.resolve("drop/reports");
        if (!Files.isDirectory(reports)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(reports, "*.json")) {
            for (Path file : all) {
                JsonNode report = JSON.readTree(file.toFile());
                if (report.path("file").asText().equals(name)) {
                    return Optional.of(report);
                }
            }
        }
        return Optional.empty();
    }

    private void drop(String name, Content content) throws IOException {
        Path written = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(written)) {
            content.to(out);
        }
        Files.move(written, product.inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    static void repeat(OutputStream out, String before, String again, long times)
            throws IOException {
        out.write(before.getBytes(UTF_8));
        byte[] block = again.repeat(65_536).getBytes(UTF_8);
        long left = times * again.length();
        while (left > 0) {
            int length = (int) Math.min(block.length, left);
            out.write(block, 0, length);
            left -= length;
        }
    }

    private static void gzipBomb(OutputStream out) throws IOException {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            repeat(gzip, "", "\0", 1L << 29);
        }
    }

    private static void zipBomb(OutputStream out, String entry) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            repeat(zip, "", "\0", 1L << 29);
        }
    }

    private static String laughs() {
        StringBuilder xml = new StringBuilder("<!DOCTYPE root [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            String before = ("&l" + (i - 1) + ";").repeat(10);
            xml.append("<!ENTITY l").append(i).append(" \"").append(before).append("\">");
        }
        return xml.append("]><root><property><id>&l9;</id></property></root>").toString();
    }

    private static void entity(OutputStream out, String url) throws IOException {
        String xml =
                "<!DOCTYPE root SYSTEM \"%1$s\" [<!ENTITY %% p SYSTEM \"%1$s\"> %%p;"
                        + "<!ENTITY x SYSTEM \"%1$s\">]>"
                        + "<root><property><id>&x;</id></property></root>";
        out.write(xml.formatted(url).getBytes(UTF_8));
    }

    private static void entityInSheet(OutputStream out, String url) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String part :
                    new String[] {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"}) {
                zip.putNextEntry(new ZipEntry(part));
                entity(zip, url);
            }
        }
    }

    private static void large(OutputStream out) throws IOException {
        Workbook workbook = new Workbook(out, "test", "1.0");
        Worksheet sheet = workbook.newWorksheet("Listings");
        String[] header = {"id", "hs_price", "hs_city", "hs_name"};
        for (int column = 0; column < header.length; column++) {
            sheet.value(0, column, header[column]);
        }
        for (int row = 1; row <= 200_000; row++) {
            sheet.value(row, 0, row);
            sheet.value(row, 1, 1000.5 + row);
            sheet.inlineString(row, 2, "Town " + row);
            sheet.value(row, 3, "House & garden " + (row + 9) % 50_000);
            if (row % 1000 == 0) {
                sheet.flush();
            }
        }
        workbook.finish();
    }
}
