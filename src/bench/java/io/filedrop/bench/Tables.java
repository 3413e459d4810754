package io.filedrop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What was measured, as tables between marks in {@code docs/benchmarks.md}: what a run did not
 * measure stays as it was, and so does the text around the marks.
 */
final class Tables {

    private final Map<String, String> sections = new LinkedHashMap<>();

    void comparison(Map<String, List<Figures>> figures, long rows, int rounds) {
        List<Figures> plain = figures.get("java-net-http");
        StringBuilder table = new StringBuilder();
        table.append(
                said(
                        "%,d rows, medians of %d rounds, the programs in turn.%n%n"
                                + "| Program | CPU s per million | × java.net.http | records/s, whole process"
                                + " | records/s, first to last call | peak RSS MB | calls | stand-in CPU s |%n"
                                + "|---|---|---|---|---|---|---|---|%n",
                        rows, rounds));
        figures.forEach(
                (name, all) ->
                        table.append(
                                said(
                                        "| %s | %.2f | %s | %,.0f | %,.0f | %.0f | %,d | %.2f |%n",
                                        name,
                                        median(all, Figures::cpuPerMillion),
                                        plain == null ? "" : said("%.2f", ratio(all, plain)),
                                        median(all, Figures::recordsPerSecond),
                                        median(all, Figures::recordsPerSecondSending),
                                        median(all, f -> f.process().peakMegabytes()),
                                        all.get(0).counts().calls(),
                                        median(all, Figures::standInCpuSeconds))));
        put("comparison", table.toString());
    }

    /** The median of the ratios round by round, so that a machine that drifts does less harm. */
    private static double ratio(List<Figures> all, List<Figures> others) {
        double[] ratios = new double[Math.min(all.size(), others.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = all.get(i).cpuPerMillion() / others.get(i).cpuPerMillion();
        }
        return median(ratios);
    }

    void limit(List<Figures> all, int limit) {
        double most = median(all, one -> perTenSeconds(one, limit));
        put(
                "limit",
                said(
                        "Medians of %d rounds.%n%n"
                                + "| calls | answered 429 | seconds | calls per 10 s, from the first call to the first of the last %d | share of the"
                                + " limit | of one core |%n|---|---|---|---|---|---|%n"
                                + "| %,d | %.0f | %.1f | %.1f | %.1f %% | %.1f %% |%n",
                        all.size(),
                        limit,
                        all.get(0).counts().calls(),
                        median(all, one -> one.counts().refused()),
                        median(all, one -> one.counts().seconds()),
                        most,
                        100 * most / limit,
                        median(
                                all,
                                one ->
                                        100
                                                * one.process().cpuSeconds()
                                                / one.process().wallSeconds())));
    }

    /**
     * As many as the limit leave at once; from then on each waits for the one that left so many
     * before.
     */
    private static double perTenSeconds(Figures one, int limit) {
        double seconds = (one.counts().lastWindow() - one.counts().firstCall()) / 1000.0;
        return (one.counts().calls() - limit) / seconds * 10;
    }

    void growth(List<List<Figures>> all) {
        put("growth", rows(all, "`-Xmx256m`, one file"));
    }

    void smallFiles(List<List<Figures>> all, int count) {
        put("small-files", rows(all, said("The same rows in 5 files, and in %,d", count)));
    }

    private static String rows(List<List<Figures>> all, String title) {
        List<Figures> first = all.get(0);
        StringBuilder table =
                new StringBuilder(
                        said(
                                "%s; medians of %d rounds.%n%n| rows | CPU s per million | × the first | records/s | peak"
                                        + " RSS MB | × the first |%n|---|---|---|---|---|---|%n",
                                title, first.size()));
        double cpu = median(first, Figures::cpuPerMillion);
        double memory = median(first, one -> one.process().peakMegabytes());
        for (List<Figures> rounds : all) {
            double itsCpu = median(rounds, Figures::cpuPerMillion);
            double itsMemory = median(rounds, one -> one.process().peakMegabytes());
            table.append(
                    said(
                            "| %,d | %.2f | %.2f | %,.0f | %.0f | %.2f |%n",
                            rounds.get(0).rows(),
                            itsCpu,
                            itsCpu / cpu,
                            median(rounds, Figures::recordsPerSecond),
                            itsMemory,
                            itsMemory / memory));
        }
        return table.toString();
    }

    void start(Map<String, List<Double>> seconds, int rounds) {
        StringBuilder table =
                new StringBuilder(
                        said(
                                "Medians of %d rounds.%n%n| from the start of the process to its first call | seconds | × the first |%n"
                                        + "|---|---|---|%n",
                                rounds));
        double first = 0;
        for (Map.Entry<String, List<Double>> program : seconds.entrySet()) {
            double median = median(program.getValue().stream().mapToDouble(d -> d).toArray());
            first = first == 0 ? median : first;
            table.append(said("| %s | %.2f | %.2f |%n", program.getKey(), median, median / first));
        }
        put("start", table.toString());
    }

    private void put(String name, String table) {
        sections.put(name, table);
        System.out.println("\n" + name + "\n" + table);
    }

    /** Puts the tables between their marks. */
    void write(Path file) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> section : sections.entrySet()) {
            String from = "<!-- " + section.getKey() + " -->\n";
            String to = "<!-- /" + section.getKey() + " -->\n";
            int start = text.indexOf(from);
            int end = text.indexOf(to);
            if (start < 0 || end < start) {
                throw new IOException(file + " has no place for " + section.getKey());
            }
            text =
                    text.substring(0, start + from.length())
                            + "\n"
                            + section.getValue()
                            + "\n"
                            + where()
                            + "\n"
                            + text.substring(end);
        }
        Files.writeString(file, text);
    }

    private static String where() throws IOException {
        String processor = "";
        Path info = Path.of("/proc/cpuinfo");
        if (Files.exists(info)) {
            processor =
                    Files.readAllLines(info).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 2))
                            .findFirst()
                            .orElse("");
        }
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[2];
        return said(
                "%d cores (%s), %s %s, Java %s, %s, commit %s; load of the machine over 15 minutes %s.%n",
                Runtime.getRuntime().availableProcessors(),
                processor,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                commit(),
                load);
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
