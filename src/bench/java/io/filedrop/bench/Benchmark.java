package io.filedrop.bench;

import io.filedrop.bench.Programs.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs what {@code -Dbench.only} names, or everything, and prints it; {@code docs/benchmarks.md}
 * says how to read it.
 */
public final class Benchmark {

    static final String HEAP = "-Xmx256m";

    private final Path folder = Path.of("target/bench").toAbsolutePath();
    private final Programs programs = new Programs(folder);
    private final long rows = Long.getLong("bench.rows", 1_000_000);
    private final int rounds = Integer.getInteger("bench.rounds", 5);
    private final List<String> only = List.of(System.getProperty("bench.only", "").split(","));
    private final Tables tables = new Tables();

    public static void main(String[] args) throws Exception {
        Benchmark benchmark = new Benchmark();
        benchmark.compare();
        benchmark.limit();
        benchmark.growth();
        benchmark.smallFiles();
        benchmark.start();
        benchmark.tables.write(Path.of("docs/benchmarks.md"));
    }

    private boolean isWanted(String name) {
        return only.equals(List.of("")) || only.contains(name);
    }

    /** Every program in turn, several rounds. */
    private void compare() throws Exception {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("file-drop", programs.fileDrop(Map.of(), HEAP));
        all.put("file-drop-jar", programs.fileDropJar(Map.of(), HEAP));
        all.put("java-net-http", programs.ofJava(PlainJavaNet.class, HEAP));
        all.put(
                "java-net-http-lean",
                programs.ofJava(
                        PlainJavaNet.class, HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        all.put("http-client-5", programs.ofJava(PlainHttpClient5.class, HEAP));
        all.put("textbook-camel", programs.ofJava(TextbookCamel.class, HEAP));
        if (isWanted("node")) {
            all.put("node", programs.node());
        }
        all.entrySet().removeIf(e -> e.getValue() == null || !isWanted(e.getKey()));
        if (all.isEmpty()) {
            return;
        }
        Path file = Dataset.file(folder.resolve("data"), rows);
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        try (HubSpot hubspot = new HubSpot(0, 0)) {
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, Program> program : all.entrySet()) {
                    Figures one = figures(program.getValue(), List.of(file), rows, hubspot);
                    System.out.printf("round %d  %-22s %s%n", round, program.getKey(), one);
                    figures.computeIfAbsent(program.getKey(), n -> new ArrayList<>()).add(one);
                }
            }
        }
        tables.comparison(figures, rows, rounds);
    }

    private static Figures figures(Program program, List<Path> files, long rows, HubSpot hubspot)
            throws Exception {
        hubspot.counts();
        double before = hubspot.cpuSeconds();
        Measured measured = program.send(files, rows, hubspot);
        double standIn = hubspot.cpuSeconds() - before;
        HubSpot.Counts counts = hubspot.counts();
        if (counts.records() != rows) {
            throw new IllegalStateException(
                    "HubSpot got " + counts.records() + " records, not " + rows);
        }
        return new Figures(rows, measured, counts, standIn);
    }

    /** Against HubSpot's own limit and a usual latency. */
    private void limit() throws Exception {
        if (!isWanted("limit")) {
            return;
        }
        long some = Long.getLong("bench.limit-rows", 342_000);
        Path file = Dataset.file(folder.resolve("data"), some);
        Program program = programs.fileDrop(Map.of("HUBSPOT_RATE_LIMIT", "190"), HEAP);
        List<Figures> all = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            // A new one each time: the limit looks ten seconds back.
            try (HubSpot hubspot = new HubSpot(200, 190)) {
                all.add(figures(program, List.of(file), some, hubspot));
            }
        }
        tables.limit(all, 190);
    }

    /** Memory and cost must not grow with the file. */
    private void growth() throws Exception {
        if (!isWanted("growth")) {
            return;
        }
        List<Work> works = new ArrayList<>();
        for (long some :
                new long[] {100_000, 1_000_000, Long.getLong("bench.most-rows", 10_000_000)}) {
            works.add(new Work(List.of(Dataset.file(folder.resolve("data"), some)), some));
        }
        tables.growth(inTurn("growth", works));
    }

    /** The same rows in many small files and in a few big ones. */
    private void smallFiles() throws Exception {
        if (!isWanted("small-files")) {
            return;
        }
        int count = Integer.getInteger("bench.small-files", 10_000);
        List<Work> works = new ArrayList<>();
        for (int files : new int[] {5, count}) {
            long each = count * 10L / files;
            List<Path> parts = new ArrayList<>();
            for (int i = 0; i < files; i++) {
                Path part =
                        folder.resolve(
                                "data/" + count + "0-rows/" + files + "-files/" + i + ".csv");
                if (!part.toFile().exists()) {
                    Dataset.write(part, i * each, each);
                }
                parts.add(part);
            }
            works.add(new Work(parts, count * 10L));
        }
        tables.smallFiles(inTurn("small files", works), count);
    }

    /** Files that are sent by one process, and how many rows they have together. */
    private record Work(List<Path> files, long rows) {}

    /** What each costs, round by round. */
    private List<List<Figures>> inTurn(String name, List<Work> works) throws Exception {
        List<List<Figures>> all = new ArrayList<>();
        works.forEach(work -> all.add(new ArrayList<>()));
        Program program = programs.fileDrop(Map.of(), HEAP);
        try (HubSpot hubspot = new HubSpot(0, 0)) {
            for (int round = 1; round <= rounds; round++) {
                for (int i = 0; i < works.size(); i++) {
                    Work work = works.get(i);
                    Figures one = figures(program, work.files(), work.rows(), hubspot);
                    System.out.printf(
                            "round %d  %s, %d files: %s%n", round, name, work.files().size(), one);
                    all.get(i).add(one);
                }
            }
        }
        return all;
    }

    /** From the start of the process to the first call, with and without a start-up cache. */
    private void start() throws Exception {
        if (!isWanted("start")) {
            return;
        }
        Path file = Dataset.file(folder.resolve("data"), 100);
        // What is measured is the start, not how long the first file has to wait for a look.
        Map<String, String> often = Map.of("DROP_POLL_INTERVAL", "100");
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("`java -jar`", programs.fileDropJar(often, HEAP));
        all.put(
                "as the image starts it, without the cache",
                programs.fileDropUncached(often, HEAP));
        all.put("as the image starts it", programs.fileDrop(often, HEAP));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        try (HubSpot hubspot = new HubSpot(0, 0)) {
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, Program> program : all.entrySet()) {
                    seconds.computeIfAbsent(program.getKey(), n -> new ArrayList<>())
                            .add(toFirstCall(program.getValue(), file, hubspot));
                }
            }
        }
        tables.start(seconds, rounds);
    }

    private static double toFirstCall(Program program, Path file, HubSpot hubspot)
            throws Exception {
        hubspot.counts();
        Measured measured = program.send(List.of(file), 100, hubspot);
        return (hubspot.counts().firstCall() - measured.startedAt()) / 1000.0;
    }
}
