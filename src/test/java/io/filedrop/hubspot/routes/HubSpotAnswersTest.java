package io.filedrop.hubspot.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.sandbox.Call;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever HubSpot, or what stands before it, answers: what is dropped, what goes wrong, what lies
 * there afterwards.
 */
@QuarkusTest
@TestProfile(OwnHubSpot.class)
class HubSpotAnswersTest {

    private static final String THREE_ROWS = "id,hs_price,hs_city\n1,10,A\n2,20,B\n1,,C\n";

    private static final Map<String, Map<String, String>> THREE_ROWS_APPLIED =
            Map.of(
                    "1", Map.of("hs_price", "10", "hs_city", "C"),
                    "2", Map.of("hs_price", "20", "hs_city", "B"));

    @ConfigProperty(name = "hubspot.base-url")
    URI baseUrl;

    @ConfigProperty(name = "hubspot.access-token-file")
    Path tokenFile;

    @ConfigProperty(name = "hubspot.max-in-flight")
    int inFlight;

    @Inject DropSettings settings;
    @Inject Availability availability;
    @Inject MovedClock clock;
    @Inject CamelRuntime camel;

    private Drop drop;

    /** One for all tests: a connection that the last one left open must not look like a fault. */
    private static Sandbox hubspot;

    @BeforeEach
    void start() throws Exception {
        // A test starts the application without its main method, which starts the routes.
        camel.start(new String[0]);
        drop = new Drop(settings);
        if (hubspot == null) {
            hubspot = new Sandbox(behaviour()).start();
        }
        hubspot.behave(behaviour());
    }

    @AfterAll
    static void stop() {
        hubspot.close();
        hubspot = null;
    }

    /** Without the check before sending, so that HubSpot itself has to refuse what is wrong. */
    private SandboxSettings behaviour() throws Exception {
        return SandboxSettings.defaults()
                .withPort(baseUrl.getPort())
                .withToken(Files.readString(tokenFile))
                .withCanReadProperties(false);
    }

    /** Rows F41 to F43, F45, F46 and the waits of F49. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "commit-then-hang@1;s=0.4",
                "hang@1;s=0.4",
                "commit-then-reset@1",
                "reset@1",
                "truncate@1",
                "secondly@1",
                "secondly@1;retryAfter=1",
                "secondly@1;retryAfter=0",
                "secondly@1;retryAfter=86400",
                "secondly@1;retryAfter=-1",
                "secondly@1;retryAfter=soon",
                "ten-secondly@1-3",
                "500@1-5",
                "502@1-5",
                "503@1-5",
                "504@1-5",
                "524@1",
                "pending@1",
                "processing@1",
                "canceled@1",
                "drop-result@1",
                "foreign-result@1",
                "empty@1",
                "no-content@1",
                "garbage@1",
                "huge@1",
                "endless@1",
                "locked@1-2",
                "migrating@1;retryAfter=3600",
                "expired@1",
                "conflict@1",
            })
    void losesNothing(String fault) throws Exception {
        hubspot.suffer(Fault.parse(fault));

        JsonNode report = drop.andWait(THREE_ROWS);

        assertThat(report.get("confirmed").asInt()).as("%s", report).isEqualTo(3);
        assertThat(hubspot.records()).isEqualTo(THREE_ROWS_APPLIED);
        assertThat(report.get("calls").asInt())
                .as("one request per attempt")
                .isEqualTo(hubspot.calls("update").size() + hubspot.calls("read").size());
        assertThat(hubspot.calls())
                .extracting(Call::headers)
                .allSatisfy(
                        headers ->
                                assertThat(headers.keySet())
                                        .isSubsetOf(
                                                "authorization",
                                                "content-type",
                                                "content-length",
                                                "host",
                                                "connection",
                                                "user-agent"));
    }

    /** F43 and F45: exactly one request, and no second one before its time. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"secondly@1;retryAfter=0", "503@1", "ten-secondly@1"})
    void repeatsARefusedCallOnce(String fault) throws Exception {
        hubspot.suffer(Fault.parse(fault));
        JsonNode report = drop.andWait(THREE_ROWS);
        assertThat(hubspot.calls("update")).hasSize(2);
        assertThat(report.get("calls").asInt()).isEqualTo(2);
        assertThat(report.get("retries").asInt()).isEqualTo(1);
        assertThat(report.get("rateLimited").asInt()).isEqualTo(fault.startsWith("503") ? 0 : 1);
    }

    /** F39. */
    @Test
    void waitsWhileNobodyListens() throws Exception {
        hubspot.close();
        String file = drop.put(THREE_ROWS);
        awaitTrouble("no connection to 127.0.0.1");
        hubspot = new Sandbox(behaviour()).start();
        JsonNode report = drop.await(file);
        assertThat(report.get("confirmed").asInt()).isEqualTo(3);
        assertThat(hubspot.writes("1")).as("sent once").hasSize(1);
        assertThat(hubspot.records()).isEqualTo(THREE_ROWS_APPLIED);
    }

    /** F44. */
    @Test
    void waitsForTheNextDaysQuotaAndGoesOnByItself() throws Exception {
        clock.putForward(untilNoon());
        hubspot.suffer(Fault.parse("daily@1-1000"));
        String file = drop.put(THREE_ROWS);
        JsonNode parked = drop.awaitStatus(file, "parked");
        assertThat(parked.get("notSent").asInt()).isEqualTo(3);
        assertThat(parked.get("reason").asText()).contains("daily limit");
        String later = drop.put("id,hs_city\n1,D\n");
        hubspot.suffer(List.of());
        int calls = hubspot.calls("update").size();
        assertThat(drop.looksTenTimesAndSeesIn(later)).as("nothing newer is sent").isFalse();
        assertThat(hubspot.calls("update")).hasSize(calls);

        clock.putForward(Duration.ofDays(1));

        assertThat(drop.await(file).get("confirmed").asInt()).isEqualTo(3);
        assertThat(drop.await(later).get("confirmed").asInt()).isEqualTo(1);
        assertThat(hubspot.records().get("1")).containsEntry("hs_city", "D");
    }

    /** The quota may not be there again just after midnight: that costs a while, and no day. */
    @Test
    void asksAgainInAWhileWhenTheQuotaIsLate() throws Exception {
        clock.putForward(untilNoon().plusHours(12));
        hubspot.suffer(Fault.parse("daily@1-1000"));
        String file = drop.put(THREE_ROWS);
        drop.awaitStatus(file, "parked");
        hubspot.suffer(List.of());
        assertThat(drop.await(file).get("confirmed").asInt()).isEqualTo(3);
    }

    private Duration untilNoon() {
        LocalTime now = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        Duration noon = Duration.between(now, LocalTime.NOON);
        return noon.isNegative() ? noon.plusDays(1) : noon;
    }

    /** F47: one of a hundred is wrong, and the whole batch is refused, with and without a hint. */
    @Test
    void partsTheWrongFromTheRight() throws Exception {
        JsonNode report = drop.andWait(feed(100, Set.of(42), "x"));
        assertThat(report.get("failed").asInt()).isEqualTo(1);
        assertThat(report.get("confirmed").asInt()).isEqualTo(99);
        assertThat(report.get("calls").asInt()).isEqualTo(2);
        assertThat(drop.lines("failed", report, ".reasons.csv"))
                .singleElement()
                .asString()
                .startsWith("44,43,INVALID_INTEGER,hs_price,x,x was not a valid number,");

        hubspot.suffer(Fault.parse("conflict@3"));
        report = drop.andWait(feed(100, Set.of(), ""));
        assertThat(report.get("confirmed").asInt()).isEqualTo(100);
        assertThat(report.get("calls").asInt()).isEqualTo(3);
    }

    /** Records that HubSpot fails on, without a word about them: all others are taken meanwhile. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"500", "423", "reset", "garbage"})
    void letsARecordThatHubSpotFailsOnHoldBackNoOther(String fault) throws Exception {
        String kind = fault.equals("423") ? "locked" : fault;
        hubspot.suffer(Fault.parse("%1$s@id-43 %1$s@id-91".formatted(kind)));
        String file = drop.put(feed(250, Set.of(), ""));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> hubspot.records().size() == 248);
        hubspot.suffer(List.of());
        JsonNode report = drop.await(file);
        assertThat(report.get("confirmed").asInt()).as("%s", report).isEqualTo(250);
        assertThat(hubspot.writes("42")).as("sent once when it was taken").hasSize(1);
    }

    /** F48. */
    @Test
    void stopsForARefusedTokenAndGoesOnWithTheNextOne() throws Exception {
        EveryLine log = EveryLine.listen("-secret", "Bearer ");
        hubspot.accept("pat-second-secret");
        String file = drop.put(feed(250, Set.of(), ""));
        awaitToMend("check hubspot.access-token-file");
        Path mount = tokenFile.getParent();
        Path second = Files.createDirectory(mount.resolve("..second"));
        Files.writeString(second.resolve("token"), "pat-second-secret");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..second"));
        Files.move(
                mount.resolve("..data_tmp"),
                mount.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        JsonNode report = drop.await(file);
        log.close();
        assertThat(report.get("confirmed").asInt()).isEqualTo(250);
        assertThat(availability.toMend()).isEmpty();

        assertThat(log.lines()).as("all is logged that can be").isPositive();
        assertThat(log.leaks()).isEmpty();
        try (var reports = Files.list(settings.folders().reports())) {
            for (Path written : reports.toList()) {
                assertThat(Files.readString(written)).doesNotContain("-secret");
            }
        }
    }

    /** F49. */
    @Test
    void stopsForAMissingScopeAndNamesIt() throws Exception {
        hubspot.suffer(Fault.parse("no-scope@1-1000000"));
        String file = drop.put(THREE_ROWS);
        awaitToMend("crm.objects.listings.write");
        hubspot.suffer(List.of());
        assertThat(drop.await(file).get("confirmed").asInt()).isEqualTo(3);
        assertThat(availability.toMend()).isEmpty();
    }

    /** Without the scope to read, an unclear answer is not looked at; the update is sent again. */
    @Test
    void sendsAgainWhatItMayNotLookAt() throws Exception {
        hubspot.behave(
                behaviour().withCanRead(false).withFaults(Fault.parse("commit-then-reset@1-2")));
        JsonNode report = drop.andWait(THREE_ROWS);
        assertThat(report.get("confirmed").asInt()).isEqualTo(3);
        assertThat(hubspot.calls("read"))
                .as("refused, and not asked at once again")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(hubspot.records()).isEqualTo(THREE_ROWS_APPLIED);
    }

    /** The next batch is cut by whoever is free, and not by one that waits for its own call. */
    @Test
    void callsForTheOthersWhileMostOfThoseUnderWayWait() throws Exception {
        hubspot.behave(
                behaviour()
                        .withLatency(Duration.ofMillis(20))
                        .withFaults(Fault.parse("commit-then-reset@3-" + inFlight)));
        drop.andWait(feed(30 * 100, Set.of(), ""));
        List<String> calls = hubspot.calls().stream().map(Call::endpoint).toList();
        assertThat(calls.subList(0, calls.indexOf("read")))
                .filteredOn("update"::equals)
                .as("updates before the first look at one that waits: %s", calls)
                .hasSizeGreaterThan(inFlight);
    }

    /** F50: 504 at once, and the update is applied after its retry. */
    @Test
    void letsNoLateAttemptOverwriteANewerValue() throws Exception {
        hubspot.suffer(Fault.parse("commit-late@1;ms=100"));
        String first = feed(100, Set.of(), "").replace("\n1,1000\n", "\n1,5\n");
        JsonNode report = drop.andWait(first + "1,6\n");
        assertThat(report.get("confirmed").asInt()).isEqualTo(101);
        assertThat(hubspot.writes("1"))
                .extracting(write -> write.get("hs_price"))
                .containsExactly("5", "5", "6");
    }

    /** F51. */
    @Test
    void followsNoRedirect() throws Exception {
        hubspot.suffer(Fault.parse("redirect@1-1000000"));
        String file = drop.put(THREE_ROWS);
        awaitToMend("check hubspot.base-url");
        assertThat(hubspot.calls("other")).isEmpty();
        hubspot.suffer(List.of());
        assertThat(drop.await(file).get("confirmed").asInt()).isEqualTo(3);
        assertThat(hubspot.calls("other")).isEmpty();
    }

    @Test
    void callsAMergedRecordUnknown() throws Exception {
        hubspot.behave(behaviour().withMerged(Set.of("2")));
        JsonNode report = drop.andWait(THREE_ROWS);
        assertThat(report.get("confirmed").asInt()).isEqualTo(2);
        assertThat(report.get("unknown").asInt()).isEqualTo(1);
        assertThat(drop.lines("failed", report, ".reasons.csv"))
                .singleElement()
                .asString()
                .startsWith("3,2,NOT_NAMED,");
    }

    /** Rows of ids from 1; {@code wrong} stands in those of the given numbers, counted from 0. */
    private static String feed(int rows, Set<Integer> bad, String wrong) {
        StringBuilder feed = new StringBuilder("id,hs_price\n");
        for (int row = 0; row < rows; row++) {
            feed.append(row + 1)
                    .append(',')
                    .append(bad.contains(row) ? wrong.formatted(row) : "" + (row + 1000))
                    .append('\n');
        }
        return feed.toString();
    }

    private void awaitTrouble(String words) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                availability
                                        .trouble()
                                        .filter(t -> t.toString().contains(words))
                                        .isPresent());
    }

    private void awaitToMend(String words) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                availability
                                        .toMend()
                                        .filter(t -> t.toString().contains(words))
                                        .isPresent());
    }
}
