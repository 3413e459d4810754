package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Call;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program does its main job: what is dropped, what HubSpot gets, what lies there then.
 */
class MainJobIT {

    @TempDir Path folder;

    private Sandbox hubspot;
    private Product product;

    @BeforeEach
    void start() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product = new Product(folder, hubspot.port()).fromCache();
    }

    @AfterEach
    void stop() {
        product.close();
        hubspot.close();
    }

    @Test
    void confirmsEveryRowOfACleanFile() throws Exception {
        product.drop("listings.csv", feed(250));

        assertThat(product.run()).as(product.log()).isZero();

        JsonNode report = product.report();
        assertThat(report.get("status").asText()).isEqualTo("completed");
        assertThat(report.get("rows").asInt()).isEqualTo(250);
        assertThat(report.get("confirmed").asInt()).isEqualTo(250);
        assertThat(report.get("calls").asInt()).isEqualTo(3);
        String run = report.get("run").asText();
        assertThat(run).matches("\\d{8}T[A-Za-z0-9-]+");
        assertThat(product.text("succeeded", run + "/listings.csv.succeeded.csv").lines())
                .hasSize(251)
                .startsWith("line,id,hubspot_id,updated_at");
        assertThat(product.text("archive", run + "/listings.csv")).isEqualTo(feed(250));
        assertThat(product.files("failed")).isEmpty();
        assertThat(product.files("in-progress")).isEmpty();
        assertThat(product.files("inbox")).isEmpty();
        assertThat(hubspot.records()).hasSize(250);
        assertThat(hubspot.records().get("250"))
                .isEqualTo(Map.of("hs_price", "1250", "hs_city", "Town 0"));
        assertThat(product.log())
                .contains("listings.csv: taken as run " + run)
                .contains("listings.csv: 250 rows")
                .contains("250 confirmed");
    }

    @Test
    void sendsNothingButWhatBelongsIntoTheRequest() throws Exception {
        product.drop("listings.csv", feed(3));
        product.run();

        Call call = hubspot.calls("update").get(0);
        assertThat(call.path()).isEqualTo("/crm/v3/objects/0-420/batch/update");
        assertThat(call.headers().keySet())
                .containsExactlyInAnyOrder(
                        "authorization",
                        "content-type",
                        "content-length",
                        "host",
                        "connection",
                        "user-agent");
        assertThat(call.headers().get("content-type")).isEqualTo("application/json");
    }

    @Test
    void givesFailedRowsBackAsTheyWereDroppedAndTakesThemAgain() throws Exception {
        String header = "id;hs_price;hs_city\r\n";
        String bad = "7;\"on\n request\";\"a;b\"\r\n";
        String worse = "9;x;c\r\n";
        product.drop("a.csv", header + "6;1;a\r\n" + bad + "8;2;b\r\n" + worse + "10;3;d");

        assertThat(product.run()).isEqualTo(2);
        String failed = product.text("failed", "/a.csv");
        assertThat(failed).isEqualTo(header + bad + worse);
        List<String> reasons = product.text("failed", "a.csv.reasons.csv").lines().toList();
        assertThat(reasons.get(0)).isEqualTo("line,id,code,property,value,message,correlation_id");
        assertThat(String.join("\n", reasons))
                .contains("3,7,BAD_NUMBER,hs_price,\"on\n request\"")
                .contains("6,9,BAD_NUMBER,hs_price,x,\"Column 2 (hs_price): found \"\"x\"\";");
        assertThat(hubspot.calls("update")).as("a check costs no call").hasSize(1);
        assertThat(hubspot.records().keySet()).containsExactlyInAnyOrder("6", "8", "10");

        product.drop("again.csv", failed);
        assertThat(product.run()).isEqualTo(2);
        assertThat(product.text("failed", "/again.csv")).isEqualTo(failed);

        product.drop("mended.csv", failed.replace("\"on\n request\"", "4").replace("9;x", "9;5"));
        assertThat(product.run()).isZero();
        assertThat(hubspot.records().get("7").get("hs_price")).isEqualTo("4");
    }

    @Test
    void appliesRowsOfOneListingInOrderAndCountsThemAll() throws Exception {
        StringBuilder feed = new StringBuilder("id,hs_price,hs_city\n");
        for (int row = 0; row < 2000; row++) {
            feed.append(row % 150)
                    .append(',')
                    .append(row % 3 == 0 ? "" : row)
                    .append(",T")
                    .append(row);
            feed.append('\n');
        }
        product.drop("many.csv", feed.toString());

        assertThat(product.run()).isZero();

        assertThat(product.report().get("confirmed").asInt()).isEqualTo(2000);
        assertThat(hubspot.records()).isEqualTo(model(feed.toString(), "id"));
    }

    @Test
    void refusesWhatCannotBeReadAndGoesOnWithTheNextFile() throws Exception {
        product.drop("a-empty.csv", "");
        product.drop("b-no-id.csv", "price,city\n1,a\n");
        product.drop("c-unknown.csv", "id,hs_prise\n1,2\n");
        product.drop("d-utf16.csv", "id,hs_price\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
        product.drop("e-format.pdf", "%PDF-1.4");
        product.drop("f-header.csv", "id,hs_price\n");
        product.drop("g-good.csv", "id,hs_price\n1,2\n");

        assertThat(product.run()).isEqualTo(2);

        Map<String, JsonNode> reports =
                product.reports().stream()
                        .collect(Collectors.toMap(r -> r.get("file").asText(), r -> r));
        assertThat(reports).hasSize(7);
        for (String refused :
                List.of(
                        "a-empty.csv",
                        "b-no-id.csv",
                        "c-unknown.csv",
                        "d-utf16.csv",
                        "e-format.pdf")) {
            JsonNode report = reports.get(refused);
            assertThat(report.get("status").asText()).as(refused).isEqualTo("refused");
            assertThat(report.get("rows").asInt()).isZero();
            assertThat(report.get("reason").asText()).as(refused).endsWith(".");
            String run = report.get("run").asText();
            assertThat(product.text("failed", run + "/" + refused + ".reasons.csv").lines())
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(
                            product.files("failed").stream()
                                    .anyMatch(f -> f.endsWith(run + "/" + refused)))
                    .isTrue();
        }
        assertThat(reports.get("c-unknown.csv").get("reason").asText())
                .contains("Line 1, column 2")
                .contains("hs_prise");
        assertThat(reports.get("f-header.csv").get("status").asText()).isEqualTo("completed");
        assertThat(reports.get("f-header.csv").get("rows").asInt()).isZero();
        assertThat(reports.get("g-good.csv").get("confirmed").asInt()).isEqualTo(1);
    }

    @Test
    void leavesAloneWhatIsNoUpdateFile() throws Exception {
        List<String> never =
                List.of(
                        "a.csv.part",
                        "b.tmp",
                        "c.filepart",
                        "~$d.csv",
                        "Thumbs.db",
                        "desktop.ini",
                        ".e.csv");
        for (String name : never) {
            product.drop(name, "id,hs_price\n1,2\n");
        }
        product.drop("madrid/f.csv", "id,hs_price\n2,3\n");
        Files.createDirectories(product.inbox().resolve("madrid/below"));
        Files.writeString(product.inbox().resolve("madrid/below/g.csv"), "id,hs_price\n1,2\n");
        Files.writeString(folder.resolve("outside.csv"), "id,hs_price\n1,2\n");
        Files.createSymbolicLink(
                product.inbox().resolve("link.csv"), folder.resolve("outside.csv"));

        assertThat(product.run()).as(product.log()).isZero();

        assertThat(product.report().get("source").asText()).isEqualTo("madrid");
        assertThat(hubspot.records().keySet()).containsExactly("2");
        for (String name : never) {
            assertThat(product.inbox().resolve(name)).exists();
        }
        assertThat(product.log()).containsOnlyOnce("link.csv stays in the inbox: it is a link");
    }

    @Test
    void flagsTheSameContentDroppedAgain() throws Exception {
        product.drop("one.csv", feed(2));
        product.run();
        product.drop("two.csv", feed(2));
        product.run();

        List<JsonNode> reports = product.reports();
        assertThat(reports.get(0).get("repeatOf").asText()).isEmpty();
        assertThat(reports.get(1).get("repeatOf")).isEqualTo(reports.get(0).get("run"));
        assertThat(reports.get(1).get("confirmed").asInt()).isEqualTo(2);
    }

    @Test
    void leavesEmptyCellsAloneOrClearsThemAsAsked() throws Exception {
        product.drop("a.csv", "id,hs_price,hs_city\n1,2,Valencia\n");
        product.run();
        product.drop("b.csv", "id,hs_price,hs_city\n1,,Sagunto\n2,,\n");
        assertThat(product.run()).isZero();
        assertThat(hubspot.records().get("1"))
                .isEqualTo(Map.of("hs_price", "2", "hs_city", "Sagunto"));
        assertThat(product.reports().get(1).get("unchanged").asInt()).isEqualTo(1);

        product.with("DROP_EMPTY_VALUES", "clear")
                .drop("c.csv", "id,hs_price,hs_city\n1,,Sagunto\n");
        product.run();
        assertThat(hubspot.records().get("1"))
                .isEqualTo(Map.of("hs_price", "", "hs_city", "Sagunto"));
    }

    @Test
    void ignoresUnknownColumnsWhenAsked() throws Exception {
        product.with("DROP_UNKNOWN_COLUMNS", "ignore").drop("a.csv", "id,hs_price,note\n1,2,x\n");
        assertThat(product.run()).isZero();
        assertThat(hubspot.records().get("1")).isEqualTo(Map.of("hs_price", "2"));
    }

    @Test
    void updatesARealFeedByItsOwnReference() throws Exception {
        Path feed = Path.of("../shared/data/feeds/csv/idealista18_valencia_33622.csv");
        if (!Files.exists(feed)) {
            System.err.println("SKIPPED: " + feed + " is not there, so no real feed was tried.");
        }
        assumeThat(feed).exists();
        product.write(
                "config/mappings/idealista.yaml",
                """
                files: ["idealista*.csv"]
                id: {column: ASSETID, property: reference}
                properties:
                  hs_price: PRICE
                  hs_square_footage: CONSTRUCTEDAREA
                  hs_bedrooms: ROOMNUMBER
                  hs_bathrooms: BATHNUMBER
                  hs_year_built: CADCONSTRUCTIONYEAR
                """);
        product.drop("idealista18.csv", Files.readAllBytes(feed));

        assertThat(product.run()).isZero();

        JsonNode report = product.report();
        assertThat(report.get("rows").asInt()).isEqualTo(33_622);
        assertThat(report.get("confirmed").asInt()).isEqualTo(33_622);
        assertThat(report.get("mapping").asText()).isEqualTo("idealista.yaml");
        assertThat(hubspot.calls("update")).hasSizeLessThanOrEqualTo(347);
        Map<String, Map<String, String>> expected = new HashMap<>();
        Map<String, String> names =
                Map.of(
                        "PRICE", "hs_price",
                        "CONSTRUCTEDAREA", "hs_square_footage",
                        "ROOMNUMBER", "hs_bedrooms",
                        "BATHNUMBER", "hs_bathrooms",
                        "CADCONSTRUCTIONYEAR", "hs_year_built");
        model(Files.readString(feed), "ASSETID")
                .forEach(
                        (id, values) -> {
                            Map<String, String> mapped = new HashMap<>(Map.of("reference", id));
                            names.forEach(
                                    (from, to) -> {
                                        if (values.containsKey(from)) {
                                            mapped.put(to, values.get(from));
                                        }
                                    });
                            expected.put(id, mapped);
                        });
        assertThat(hubspot.records()).hasSize(27_391).isEqualTo(expected);
    }

    /** Unquoted CSV applied row by row, one after the other: what HubSpot must hold in the end. */
    private static Map<String, Map<String, String>> model(String csv, String key) {
        List<String> lines = csv.lines().toList();
        List<String> header = Arrays.asList(lines.get(0).split(",", -1));
        Map<String, Map<String, String>> model = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> record =
                    model.computeIfAbsent(cells[header.indexOf(key)], id -> new HashMap<>());
            for (int i = 0; i < cells.length; i++) {
                if (!header.get(i).equals(key) && !cells[i].isEmpty()) {
                    record.put(header.get(i), cells[i]);
                }
            }
        }
        return model;
    }

    private static String feed(int rows) {
        return "id,hs_price,hs_city\n"
                + IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> i + "," + (1000 + i) + ",Town " + i % 50 + "\n")
                        .collect(Collectors.joining());
    }
}
