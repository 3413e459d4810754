package io.filedrop.hubspot.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.ops.SandboxStarter;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.junit.jupiter.api.Test;

/**
 * How many calls it takes to part wrong records from right ones: when HubSpot refuses whole batches
 * and nothing was checked before sending, and then when it was.
 */
@QuarkusTest
@TestProfile(CallBudgetTest.NothingChecked.class)
class CallBudgetTest {

    /** The property definitions cannot be read. */
    public static class NothingChecked extends InProcess {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("sandbox.can-read-properties", "false");
            settings.put("hubspot.request-timeout", "PT30S");
            return settings;
        }
    }

    @Inject SandboxStarter starter;
    @Inject DropSettings settings;
    @Inject CamelRuntime camel;

    @Test
    void keepsToItsBudgetOfCalls() throws Exception {
        // A test starts the application without its main method, which starts the routes.
        camel.start(new String[0]);
        Set<Integer> bad = new HashSet<>();
        Random random = new Random(7);
        while (bad.size() < 250) {
            bad.add(random.nextInt(50_000));
        }
        budget("50,000 clean rows", 50_000, Set.of(), "", false, 500);
        budget("50,000 rows, 250 of them wrong", 50_000, bad, "x%d", false, 750);
        budget("the same, one told at a time", 50_000, bad, "x%d", true, 1500);
        Set<Integer> twenty = IntStream.range(20, 40).boxed().collect(Collectors.toSet());
        budget("20 of 100 rows with one wrong value", 100, twenty, "x", false, 4);
        budget("the same, one told at a time", 100, twenty, "x", true, 4);
        // From here on the definitions are known.
        budget("50,000 rows, 250 of them wrong, checked before", 50_000, bad, "x%d", true, 500);
    }

    private void budget(
            String what, int rows, Set<Integer> bad, String wrong, boolean oneHint, int most)
            throws Exception {
        Sandbox hubspot = starter.sandbox().orElseThrow();
        hubspot.behave(
                SandboxSettings.defaults()
                        .withCanReadProperties(what.endsWith("checked before"))
                        .withOneHint(oneHint));
        Drop drop = new Drop(settings);
        JsonNode report = drop.andWait(feed(rows, bad, wrong));
        int calls = hubspot.calls("update").size();
        System.out.println(what + ": " + calls + " calls, at most " + most);
        assertThat(report.get("failed").asInt()).isEqualTo(bad.size());
        assertThat(report.get("confirmed").asInt()).isEqualTo(rows - bad.size());
        assertThat(calls).as(what).isLessThanOrEqualTo(most);
        assertThat(drop.lines("failed", report, ".reasons.csv"))
                .allSatisfy(
                        line -> {
                            String[] cells = line.split(",");
                            int row = Integer.parseInt(cells[0]) - 2;
                            assertThat(bad).contains(row);
                            assertThat(cells[3]).isEqualTo("hs_price");
                            assertThat(cells[4]).isEqualTo(wrong.formatted(row));
                        });
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
}
