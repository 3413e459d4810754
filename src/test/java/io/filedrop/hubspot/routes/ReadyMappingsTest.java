package io.filedrop.hubspot.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filedrop.hubspot.ops.SandboxStarter;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ready mappings on files as people drop them: what HubSpot holds afterwards, and an account
 * that closes. The real files lie beside the project; without them, those tests are skipped.
 */
@QuarkusTest
@TestProfile(InProcess.class)
class ReadyMappingsTest {

    private static final Logger LOG = Logger.getLogger(ReadyMappingsTest.class);
    private static final Path FEEDS = Path.of("../shared/data/feeds");

    @Inject SandboxStarter starter;
    @Inject DropSettings settings;
    @Inject CamelRuntime camel;

    private Sandbox hubspot;
    private Drop drop;

    @BeforeEach
    void start() {
        // A test starts the application without its main method, which starts the routes.
        camel.start(new String[0]);
        hubspot = starter.sandbox().orElseThrow();
        hubspot.behave(SandboxSettings.defaults());
        drop = new Drop(settings);
    }

    private static byte[] real(String path) throws IOException {
        Path file = FEEDS.resolve(path);
        if (!Files.exists(file)) {
            LOG.warnf("SKIPPED: %s is not there, so its mapping is not tried on it.", file);
        }
        assumeTrue(Files.exists(file), () -> file + " is not there");
        return Files.readAllBytes(file);
    }

    private JsonNode drop(String name, String path, String mapping, int confirmed, int failed)
            throws IOException {
        return drop(name, real(path), mapping, confirmed, failed);
    }

    private JsonNode drop(String name, byte[] content, String mapping, int confirmed, int failed)
            throws IOException {
        JsonNode report = drop.andWait(name, content);
        assertThat(report.get("status").asText()).as("%s", report).isEqualTo("completed");
        assertThat(report.get("mapping").asText()).isEqualTo(mapping);
        assertThat(report.get("confirmed").asInt()).as("%s", report).isEqualTo(confirmed);
        assertThat(report.get("failed").asInt()).as("%s", report).isEqualTo(failed);
        return report;
    }

    private Map<String, String> listing(String key) {
        assertThat(hubspot.records()).containsKey(key);
        return hubspot.records().get(key);
    }

    @Test
    void kyero() throws IOException {
        drop("KYERO-1.XML", "kyero/openestate_kyero_v3_example.xml", "kyero.yaml", 1, 0);
        assertThat(listing("12367"))
                .containsEntry("hs_name", "villa, almunecar, V3TEST")
                .containsEntry("hs_price", "250000")
                .containsEntry("hs_city", "almunecar")
                .containsEntry("hs_state_province", "granada")
                .containsEntry("hs_bedrooms", "3")
                .containsEntry("hs_square_footage", "1614.59")
                .containsEntry("hs_lot_size", "5381.96")
                .containsEntry("hs_listing_type", "house");
    }

    @Test
    void kyeroLeavesAloneWhatIsNotKnown() throws IOException {
        String feed =
                """
                <root><kyero><feed_version>3</feed_version></kyero>
                <property><id>K1</id><price>x</price><town>Jávea</town><beds>3</beds>
                <surface_area><built>0</built><plot>1</plot></surface_area></property>
                <property><id>K2</id><price>1</price><town></town></property>
                <property><id>K3</id><price>250.000</price><type>Castle</type></property>
                </root>
                """;
        JsonNode report =
                drop("kyero-2.xml", feed.getBytes(StandardCharsets.UTF_8), "kyero.yaml", 1, 1);
        assertThat(report.get("unchanged").asInt()).isEqualTo(1);
        assertThat(listing("K1"))
                .containsEntry("hs_city", "Jávea")
                .doesNotContainKeys("hs_price", "hs_square_footage", "hs_lot_size");
        assertThat(drop.lines("failed", report, ".reasons.csv"))
                .hasSize(2)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("K3,BAD_NUMBER,hs_price,250.000")
                                        .contains("a number as 1234, digits only"))
                .anySatisfy(line -> assertThat(line).contains("K3,UNMAPPED_VALUE,hs_listing_type"));
    }

    @Test
    void reaxml() throws IOException {
        drop("reaxml-1.xml", "reaxml/thinkery_residential_full.xml", "reaxml.yaml", 3, 0);
        assertThat(listing("XNWXNW-ABCD1234"))
                .containsEntry("hs_name", "SHOW STOPPER!!!")
                .containsEntry("hs_price", "500000")
                .containsEntry("hs_address_1", "39 Main Road")
                .containsEntry("hs_zip", "3121")
                .containsEntry("hs_bedrooms", "4")
                .containsEntry("hs_square_footage", "4000")
                .containsEntry("hs_listing_type", "house")
                .containsEntry("listing_status", "for_sale");
        // A status update has nothing but its status.
        assertThat(listing("XNWXNW-ABCD12345"))
                .containsEntry("listing_status", "sold")
                .doesNotContainKeys("hs_price", "hs_name", "hs_city");
        assertThat(listing("XNWXNW-ABCD123456")).containsEntry("listing_status", "withdrawn");
    }

    @Test
    void reaxmlOfOneListing() throws IOException {
        drop("reaxml-2.xml", "reaxml/thinkery_rental.xml", "reaxml.yaml", 1, 0);
        assertThat(hubspot.writes("XNWXNW-ABCD1234"))
                .anySatisfy(
                        write ->
                                assertThat(write)
                                        .containsEntry("hs_price", "350")
                                        .containsEntry("hs_square_footage", "2500"));
        drop("reaxml-3.xml", "reaxml/thinkery_withdrawn.xml", "reaxml.yaml", 1, 0);
        assertThat(listing("CR_BOURKE_TEST-CR_BOURKE_TEST-515"))
                .containsEntry("listing_status", "withdrawn");
    }

    @Test
    void openimmo() throws IOException {
        byte[] example = real("openimmo/openestate_openimmo_example.xml");
        String text = new String(example, StandardCharsets.UTF_8);
        // The example leaves the object number empty.
        JsonNode report = drop("openimmo-1.xml", example, "openimmo.yaml", 0, 1);
        assertThat(drop.lines("failed", report, ".reasons.csv").get(0)).contains("MISSING_ID");
        String numbered =
                text.replace("<objektnr_extern/>", "<objektnr_extern>A-7</objektnr_extern>");
        assertThat(numbered).isNotEqualTo(text);
        drop("openimmo-2.xml", numbered.getBytes(StandardCharsets.UTF_8), "openimmo.yaml", 1, 0);
        assertThat(listing("A-7"))
                .containsEntry("hs_neighborhood", "Blumenviertel")
                .containsEntry("hs_price", "1");
    }

    @Test
    void blm() throws IOException {
        drop("blm-branch.blm", "blm/rightmove_example_data_utf8.blm", "blm.yaml", 37, 0);
        assertThat(listing("2559_347614"))
                .containsEntry("hs_price", "159950")
                .containsEntry("hs_address_1", "The Poplars, Breakspear Road North")
                .containsEntry("hs_address_2", "Harefield")
                .containsEntry("hs_zip", "UB9 6NR")
                .containsEntry("hs_bedrooms", "2")
                .containsEntry("listing_status", "for_sale")
                .containsEntry("hs_name", "Breakspear Road North, Harefield, Middlesex");
    }

    @Test
    void idealista() throws IOException {
        JsonNode report =
                drop(
                        "idealista-1.json",
                        "idealista/openestate_idealista_properties.json",
                        "idealista.yaml",
                        5,
                        4);
        assertThat(report.get("codes").get("UNMAPPED_VALUE").asInt()).isEqualTo(4);
        assertThat(listing("001"))
                .containsEntry("hs_price", "60000")
                .containsEntry("hs_address_1", "Plaza de las Cortes 2")
                .containsEntry("hs_zip", "28000")
                .containsEntry("hs_bedrooms", "6")
                .containsEntry("hs_square_footage", "2152.78")
                .containsEntry("hs_listing_type", "apartments");
    }

    @Test
    void spark() throws IOException {
        drop("spark-1.json", "reso/spark_listings_multiple.json", "spark.yaml", 2, 0);
        assertThat(listing("20060725224713296297000000"))
                .containsEntry("hs_price", "50000.0")
                .containsEntry("hs_address_1", "7298 BIRCH")
                .containsEntry("hs_zip", "83805")
                .containsEntry("hs_bathrooms", "1.0")
                .containsEntry("hs_year_built", "1977");
    }

    @Test
    void resoAsJson() throws IOException {
        String feed =
                """
                {"@odata.context": "x", "value": [
                  {"ListingKey": "J1", "ListPrice": 450000, "StandardStatus": "Active",
                   "StreetNumber": "1", "StreetName": "Main", "City": "Reno", "LivingArea": 100,
                   "LivingAreaUnits": "Square Meters", "PropertySubType": "Single Family Residence",
                   "BathroomsTotalInteger": 2, "UnitNumber": null, "LotSizeArea": 1,
                   "LotSizeUnits": "Acres"},
                  {"ListingKey": "J2", "StandardStatus": "Closed"}]}
                """;
        drop("reso-1.json", feed.getBytes(StandardCharsets.UTF_8), "reso-json.yaml", 2, 0);
        assertThat(listing("J1"))
                .containsEntry("hs_price", "450000")
                .containsEntry("hs_address_1", "1 Main")
                .containsEntry("hs_square_footage", "1076.39")
                .containsEntry("hs_lot_size", "43560")
                .containsEntry("hs_listing_type", "house")
                .doesNotContainKey("hs_address_2");
        assertThat(listing("J2"))
                .containsEntry("listing_status", "sold")
                .doesNotContainKey("hs_price");
    }

    @Test
    void resoAsCsv() throws IOException {
        String feed =
                "ListingKey,ListPrice,LivingArea,LivingAreaUnits,LotSizeArea,LotSizeUnits,"
                        + "StandardStatus\n"
                        + "C1,450000,1800,,1,Acres,Pending\nC2,0,1,Square Feet,0,Acres,Active\n";
        drop("reso-2.csv", feed.getBytes(StandardCharsets.UTF_8), "reso-csv.yaml", 2, 0);
        assertThat(listing("C1"))
                .containsEntry("hs_price", "450000")
                .containsEntry("hs_square_footage", "1800")
                .containsEntry("hs_lot_size", "43560")
                .containsEntry("listing_status", "under_offer");
        assertThat(listing("C2"))
                .containsEntry("listing_status", "for_sale")
                .doesNotContainKeys("hs_price", "hs_square_footage", "hs_lot_size");
    }

    @Test
    void plain() throws IOException {
        String feed =
                "reference,title,price,available\nP1,House,\"450,000\",24/11/2026\nP2,Flat,,\n";
        drop("plain-1.csv", feed.getBytes(StandardCharsets.UTF_8), "plain.yaml", 2, 0);
        assertThat(listing("P1"))
                .containsEntry("hs_price", "450000")
                .containsEntry("available_from", "2026-11-24");
        assertThat(listing("P2")).containsEntry("hs_name", "Flat").doesNotContainKey("hs_price");
    }

    /** The same real records under the names of the Data Dictionary, which they mostly have. */
    @Test
    void resoWithRealRecords() throws IOException {
        JsonNode results =
                new ObjectMapper()
                        .readTree(real("reso/spark_listings_multiple.json"))
                        .at("/D/Results");
        StringBuilder json = new StringBuilder("{\"value\": [");
        StringBuilder csv =
                new StringBuilder("ListingKey,StreetNumber,StreetName,City,PostalCode,ListPrice\n");
        String between = "";
        for (JsonNode result : results) {
            JsonNode fields = result.get("StandardFields");
            json.append(between).append(fields);
            between = ",\n";
            csv.append(
                    Stream.of(
                                    "ListingKey",
                                    "StreetNumber",
                                    "StreetName",
                                    "City",
                                    "PostalCode",
                                    "ListPrice")
                            .map(name -> fields.get(name).asText())
                            .collect(Collectors.joining(",", "", "\n")));
        }
        json.append("]}");
        byte[] asJson = json.toString().getBytes(StandardCharsets.UTF_8);
        drop("reso-3.json", asJson, "reso-json.yaml", 2, 0);
        assertThat(listing("20060725224713296972000000"))
                .containsEntry("hs_price", "50000.0")
                .containsEntry("hs_address_1", "7294 BIRCH")
                .containsEntry("hs_year_built", "1977");
        hubspot.behave(SandboxSettings.defaults());
        byte[] asCsv = csv.toString().getBytes(StandardCharsets.UTF_8);
        drop("reso-4.csv", asCsv, "reso-csv.yaml", 2, 0);
        assertThat(listing("20060725224713296297000000"))
                .containsEntry("hs_price", "50000.0")
                .containsEntry("hs_city", "Bonners Ferry")
                .containsEntry("hs_zip", "83805");
    }

    /**
     * Real offers with the column names of the mapping, which whoever copies it changes instead.
     */
    @Test
    void plainWithRealRows() throws IOException {
        String sales =
                new String(real("csv/idealista18_valencia_33622.csv"), StandardCharsets.UTF_8);
        String feed =
                sales.lines()
                        .skip(1)
                        .limit(1000)
                        .map(row -> row.split(",", 8))
                        .map(
                                row ->
                                        String.join(
                                                ",",
                                                row[0],
                                                "Flat " + row[0],
                                                row[2],
                                                row[5],
                                                row[6]))
                        .collect(
                                Collectors.joining(
                                        "\n", "reference,title,price,bedrooms,bathrooms\n", "\n"));
        drop("plain-2.csv", feed.getBytes(StandardCharsets.UTF_8), "plain.yaml", 1000, 0);
        String[] first = sales.lines().skip(1).findFirst().orElseThrow().split(",", 8);
        assertThat(listing(first[0])).containsEntry("hs_name", "Flat " + first[0]);
    }
}
