package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed, at random moments and at every call that makes something durable,
 * and started again until it is done: the account closes, HubSpot holds what a plain sequential
 * program would have left there, and only what was under way is repeated.
 *
 * <p>The full walk: {@code -Dcrash.kills=200 -Dcrash.every=1 -Dcrash.rows=2000}.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 5);
    private static final int EVERY = Integer.getInteger("crash.every", 12);
    private static final int ROWS = Integer.getInteger("crash.rows", 300);
    private static final int FROM = Integer.getInteger("crash.from", 1);
    private static final long SEED = Long.getLong("crash.seed", 1);

    private static final int BATCH = 20;
    private static final int IN_FLIGHT = 4;
    private static final Duration LATENCY = Duration.ofMillis(20);

    /** What makes something durable, or takes it away. */
    private static final String DURABLE =
            "fdatasync,fsync,rename,renameat,renameat2,link,unlink,rmdir,mkdir,ftruncate";

    private static final Pattern CALL = Pattern.compile("(\\d+) +([a-z0-9]+)\\(");

    /** So long each of them is held up, so that it can be killed before. */
    private static final Duration BEFORE_CALL = Duration.ofMillis(20);

    @TempDir Path folder;

    /** A fresh folder, a HubSpot that knows nothing, and the file that lies in the inbox. */
    private final class Night implements AutoCloseable {

        private final Sandbox hubspot;
        private final Product product;
        private final String feed;
        private final int late;
        private int kills;

        /** How many durable calls it made before it was killed, by their names. */
        private final Map<String, Integer> made = new TreeMap<>();

        /** So many of the first updates are answered at once, and written that much later. */
        Night(Path where, int late, int lateMillis, String settleTime) throws Exception {
            this.late = late;
            List<Fault> faults =
                    late == 0
                            ? List.of()
                            : Fault.parse("commit-late@1-" + late + ";ms=" + lateMillis);
            hubspot =
                    new Sandbox(SandboxSettings.defaults().withLatency(LATENCY).withFaults(faults))
                            .start();
            Files.createDirectories(where);
            product =
                    new Product(where, hubspot.port())
                            .fromCache()
                            .with("DROP_BATCH_SIZE", "" + BATCH)
                            .with("HUBSPOT_MAX_IN_FLIGHT", "" + IN_FLIGHT)
                            .with("HUBSPOT_SETTLE_TIME", settleTime)
                            .with("JAVA_TOOL_OPTIONS", "-XX:-UsePerfData");
            feed = feed();
            product.drop("listings.csv", feed);
        }

        void kill() throws Exception {
            product.kill();
            kills++;
        }

        /** Starts it under strace; true when that killed it, false when it ended by itself. */
        boolean runsInto(String what) throws Exception {
            product.under(
                    List.of(
                            "strace",
                            "-f",
                            "-qq",
                            "-o",
                            "/dev/null",
                            "-e",
                            "trace=" + what.substring(0, what.indexOf(':')),
                            "-e",
                            "inject=" + what));
            int code = product.run();
            product.under(List.of());
            kills++;
            return code == 128 + 9;
        }

        /**
         * Starts it under strace and kills it where it is about to make the n-th durable call.
         *
         * @return the name of the call; empty when it ended by itself before
         */
        Optional<String> killedAtCall(int n) throws Exception {
            Path calls = product.folder().resolve("calls");
            assertThat(new ProcessBuilder("mkfifo", calls.toString()).start().waitFor()).isZero();
            String inject = "inject=" + DURABLE + ":delay_enter=" + BEFORE_CALL.toMillis() * 1000;
            product.under(
                    List.of(
                            "strace",
                            "-f",
                            "--seccomp-bpf",
                            "-qq",
                            "-o",
                            calls.toString(),
                            "-e",
                            "signal=none",
                            "-e",
                            "trace=" + DURABLE,
                            "-e",
                            inject));
            Process process = product.start();
            Optional<String> killed;
            try (InputStream in = Files.newInputStream(calls)) {
                killed = killAt(n, in);
                in.transferTo(OutputStream.nullOutputStream());
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(product.log()).isTrue();
            assertThat(process.exitValue())
                    .as(product.log())
                    .isEqualTo(killed.isPresent() ? 137 : 2);
            Files.delete(calls);
            product.under(List.of());
            kills++;
            return killed;
        }

        /** Each call is told when it begins: its thread's number, its name and a parenthesis. */
        private Optional<String> killAt(int n, InputStream calls) throws Exception {
            StringBuilder line = new StringBuilder();
            for (int c = calls.read(); c >= 0; c = calls.read()) {
                Matcher call = CALL.matcher(line.append((char) c));
                if (call.matches()) {
                    made.merge(call.group(2), 1, Integer::sum);
                    if (sum(made) == n) {
                        long thread = Long.parseLong(call.group(1));
                        ProcessHandle.of(thread).orElseThrow().destroyForcibly();
                        return Optional.of(call.group(2));
                    }
                }
                if (c == '\n') {
                    line.setLength(0);
                }
            }
            return Optional.empty();
        }

        void endsWell() throws Exception {
            // What was handed out and put away completely is nothing that a start could tell of.
            boolean isOver =
                    product.files("inbox").isEmpty() && product.files("in-progress").isEmpty();
            assertThat(product.run()).as(product.log()).isEqualTo(isOver ? 0 : 2);
            check();
        }

        void check() throws Exception {
            String log = "after " + kills + " kills; " + product.log();
            JsonNode report = product.report();
            Set<String> bad = new HashSet<>();
            Map<String, Map<String, String>> model = new HashMap<>();
            for (int row = 0; row < ROWS; row++) {
                if (isBad(row)) {
                    bad.add("" + (row + 2));
                } else {
                    model.computeIfAbsent(id(row), k -> new HashMap<>())
                            .putAll(Map.of("hs_price", "" + row, "hs_city", "Town " + row));
                }
            }
            assertThat(report.get("status").asText()).as(log).isEqualTo("completed");
            assertThat(report.get("rows").asInt()).as(log).isEqualTo(ROWS);
            assertThat(report.get("confirmed").asInt()).as(log).isEqualTo(ROWS - bad.size());
            assertThat(report.get("failed").asInt()).as(log).isEqualTo(bad.size());
            assertThat(hubspot.records()).as(log).isEqualTo(model);
            checkWrites(model.keySet(), log);

            String run = report.get("run").asText();
            List<String> lines = new ArrayList<>();
            lines.addAll(places(product.text("succeeded", run + "/listings.csv.succeeded.csv")));
            assertThat(lines).as(log).hasSize(ROWS - bad.size()).doesNotContainAnyElementsOf(bad);
            List<String> reasons =
                    places(product.text("failed", run + "/listings.csv.reasons.csv"));
            assertThat(reasons).as(log).containsExactlyInAnyOrderElementsOf(bad);
            lines.addAll(reasons);
            assertThat(lines).as(log).doesNotHaveDuplicates();
            assertThat(product.text("failed", run + "/listings.csv").lines())
                    .hasSize(bad.size() + 1);
            assertThat(product.text("archive", run + "/listings.csv")).isEqualTo(feed);
            for (String where : List.of("inbox", "in-progress")) {
                assertThat(product.files(where)).as(where + ", " + log).isEmpty();
            }
            try (var all = Files.walk(product.folder().resolve("drop"))) {
                assertThat(all.filter(f -> f.toString().endsWith(".tmp"))).as(log).isEmpty();
            }
        }

        /** No older value after a newer one, and no more repeats than were under way. */
        private void checkWrites(Set<String> ids, String log) {
            int repeats = 0;
            for (String id : ids) {
                int last = -1;
                for (Map<String, String> write : hubspot.writes(id)) {
                    int row = Integer.parseInt(write.get("hs_price"));
                    assertThat(row).as("listing %s; %s", id, log).isGreaterThanOrEqualTo(last);
                    repeats += row == last ? 1 : 0;
                    last = row;
                }
            }
            assertThat(repeats).as(log).isLessThanOrEqualTo((kills * IN_FLIGHT + late) * BATCH);
        }

        @Override
        public void close() {
            product.close();
            hubspot.close();
        }
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).sum();
    }

    private static List<String> places(String csv) {
        return csv.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
    }

    private static boolean isBad(int row) {
        return row % 61 == 17;
    }

    private static String id(int row) {
        return "" + (1 + row % (ROWS / 4));
    }

    private static String feed() {
        StringBuilder feed = new StringBuilder("id,hs_price,hs_city,hs_bedrooms\n");
        for (int row = 0; row < ROWS; row++) {
            feed.append(id(row) + "," + row + ",Town " + row + "," + (isBad(row) ? "x" + row : ""));
            feed.append('\n');
        }
        return feed.toString();
    }

    @Test
    void killedAtRandomMoments() throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        for (int night = 0; kills < KILLS; night++) {
            try (Night file = new Night(folder.resolve("night" + night), 0, 0, "PT0.2S")) {
                boolean ended = false;
                while (!ended && kills < KILLS) {
                    Process process = file.product.start();
                    // Half of them while updates are under way, half of them whenever.
                    long calls = file.hubspot.calls().size() + 1 + random.nextInt(6);
                    boolean underWay = random.nextBoolean();
                    long millis = random.nextInt(underWay ? 40 : 4000);
                    if (underWay) {
                        Awaitility.await()
                                .atMost(Duration.ofSeconds(60))
                                .pollInterval(Duration.ofMillis(2))
                                .until(
                                        () ->
                                                file.hubspot.calls().size() >= calls
                                                        || !process.isAlive());
                    }
                    ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
                    if (!ended) {
                        file.kill();
                        kills++;
                    }
                }
                if (ended) {
                    file.check();
                } else {
                    file.endsWell();
                }
            }
        }
        System.out.println("crash test: killed at " + kills + " random moments, seed " + SEED);
    }

    /** An update of before the crash that arrives late must not come behind a newer one. */
    @Test
    void waitsForWhatWasUnderWayAtTheCrash() throws Exception {
        try (Night file = new Night(folder, IN_FLIGHT, 5000, "PT6S")) {
            file.product.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> file.hubspot.calls("update").size() >= IN_FLIGHT);
            file.kill();

            file.endsWell();

            assertThat(file.product.log()).contains("first call waits 6");
        }
    }

    /** Of all its threads' calls, in the order in which they are made: the first, the second, … */
    @Test
    void killedAtEveryCallThatMakesSomethingDurable() throws Exception {
        assumeStrace();
        Map<String, Integer> points = new TreeMap<>();
        boolean killed = true;
        for (int n = FROM; killed; n += EVERY) {
            try (Night file = new Night(folder.resolve("call" + n), 0, 0, "PT0.2S")) {
                Optional<String> call = file.killedAtCall(n);
                killed = call.isPresent();
                if (killed) {
                    points.merge(call.get(), 1, Integer::sum);
                    file.endsWell();
                } else {
                    System.out.println("crash test: a run that nobody kills makes " + file.made);
                    file.check();
                }
            }
        }
        System.out.printf(
                "crash test: killed at %d durable calls, each %d of a run of %d rows: %s%n",
                sum(points), EVERY, ROWS, points);
        assertThat(points).isNotEmpty();
    }

    @Test
    void endsWhenTheDiskCannotSync() throws Exception {
        assumeStrace();
        try (Night file = new Night(folder, 0, 0, "PT0.2S")) {
            // strace counts for each thread alone, so that only one may deliver.
            file.product.with("HUBSPOT_MAX_IN_FLIGHT", "1");
            assertThat(file.runsInto("fdatasync:error=EIO:when=3")).isFalse();
            assertThat(file.product.log())
                    .contains("could not be synced")
                    .contains("does not keep");
            assertThat(file.product.files("in-progress")).isNotEmpty();
            file.endsWell();
        }
    }

    private static void assumeStrace() {
        boolean isThere;
        try {
            isThere = new ProcessBuilder("strace", "-V").start().waitFor() == 0;
        } catch (Exception e) {
            isThere = false;
        }
        if (!isThere) {
            System.err.println(
                    "SKIPPED: strace is not there, so no enumerated crash point was walked.");
        }
        assumeThat(isThere).as("strace is there").isTrue();
    }
}
