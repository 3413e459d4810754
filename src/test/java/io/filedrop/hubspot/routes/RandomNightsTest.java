package io.filedrop.hubspot.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.ops.SandboxStarter;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.junit.jupiter.api.Test;

/**
 * Random files in random nights: whatever goes wrong on the way, HubSpot holds in the end what a
 * plain sequential program would have left there, and the account says so.
 */
@QuarkusTest
@TestProfile(InProcess.class)
class RandomNightsTest {

    /** More of them: {@code -Dseeds=5000 -Dfirst.seed=1000}. */
    private static final int SEEDS = Integer.getInteger("seeds", 200);

    private static final long FIRST_SEED = Long.getLong("first.seed", 1);

    private static final List<String> FAULTS =
            List.of(
                    "500",
                    "502",
                    "503",
                    "504",
                    "locked",
                    "secondly;retryAfter=junk",
                    "reset",
                    "hang;s=0.4",
                    "commit-then-reset",
                    "commit-then-hang;s=0.4",
                    "commit-late;ms=20",
                    "truncate",
                    "garbage",
                    "empty",
                    "no-content",
                    "pending",
                    "processing",
                    "canceled",
                    "drop-result",
                    "foreign-result",
                    "expired");

    @Inject SandboxStarter starter;
    @Inject DropSettings settings;
    @Inject CamelRuntime camel;

    private record Night(
            SandboxSettings sandbox,
            String feed,
            Map<String, Map<String, String>> model,
            Set<Integer> bad) {}

    @Test
    void endWithAClosedAccountAndTheLastValues() throws Exception {
        // A test starts the application without its main method, which starts the routes.
        camel.start(new String[0]);
        Sandbox hubspot = starter.sandbox().orElseThrow();
        Drop drop = new Drop(settings);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Night night = night(seed);
            hubspot.behave(night.sandbox());

            JsonNode report = drop.andWait(night.feed());

            String what = "seed " + seed + ", " + night.sandbox().faults() + ", " + report;
            assertThat(hubspot.records()).as(what).isEqualTo(night.model());
            assertThat(report.get("unknown").asInt()).as(what).isZero();
            assertThat(failedLines(drop, report)).as(what).isEqualTo(night.bad());
            assertThat(report.get("failed").asInt()).as(what).isEqualTo(night.bad().size());
        }
        System.out.println("random nights passed: " + SEEDS + " from seed " + FIRST_SEED);
    }

    private static Set<Integer> failedLines(Drop drop, JsonNode report) throws Exception {
        Set<Integer> lines = new HashSet<>();
        for (String line : drop.lines("failed", report, ".reasons.csv")) {
            lines.add(Integer.parseInt(line.substring(0, line.indexOf(','))));
        }
        return lines;
    }

    /**
     * A file of up to 400 rows, of few or many listings. A bad value stands in a property that only
     * its own row has: what a bad row takes from its listing is then nothing but itself.
     */
    private static Night night(long seed) {
        Random random = new Random(seed);
        int rows = random.nextInt(400);
        int listings = 1 + random.nextInt(random.nextBoolean() ? 20 : 500);
        double badRows = random.nextInt(3) == 0 ? random.nextDouble() * 0.1 : 0;
        StringBuilder feed = new StringBuilder("id,hs_price,hs_city,hs_bedrooms\n");
        Map<String, Map<String, String>> model = new HashMap<>();
        Set<Integer> bad = new HashSet<>();
        for (int row = 0; row < rows; row++) {
            String id = Integer.toString(1 + random.nextInt(listings));
            boolean isBad = random.nextDouble() < badRows;
            String price = random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(1000));
            String city = "Town " + row;
            String rooms = isBad ? "x" + (random.nextBoolean() ? row : "") : "";
            feed.append(id + "," + price + "," + city + "," + rooms + "\n");
            if (isBad) {
                bad.add(row + 2);
                continue;
            }
            Map<String, String> record = model.computeIfAbsent(id, k -> new HashMap<>());
            record.put("hs_city", city);
            if (!price.isEmpty()) {
                record.put("hs_price", price);
            }
        }
        return new Night(sandbox(random, seed), feed.toString(), model, bad);
    }

    private static SandboxSettings sandbox(Random random, long seed) {
        List<Fault> faults = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String[] fault = FAULTS.get(random.nextInt(FAULTS.size())).split(";");
            String when = random.nextBoolean() ? "p-0.2" : Integer.toString(1 + random.nextInt(5));
            String parameter = fault.length > 1 ? ";" + fault[1] : "";
            faults.addAll(Fault.parse(fault[0] + "@" + when + parameter));
        }
        return SandboxSettings.defaults()
                .withSeed(seed)
                .withFaults(faults)
                .withPerRecord(random.nextBoolean())
                .withOneHint(random.nextBoolean())
                .withCanRead(random.nextInt(4) > 0)
                // What was read once is kept, so that HubSpot's own refusals need nights before
                // that.
                .withCanReadProperties(seed - FIRST_SEED > SEEDS / 2);
    }
}
