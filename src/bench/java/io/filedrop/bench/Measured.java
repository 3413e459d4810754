package io.filedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that was run from its start to its end, with what the kernel has counted for it. Needs
 * Linux: the figures are those of {@code /proc}.
 *
 * @param startedAt milliseconds since 1970
 * @param cpuSeconds user and system time of all its threads
 * @param wallSeconds from start to end
 * @param peakMegabytes resident memory at its highest
 */
record Measured(long startedAt, double cpuSeconds, double wallSeconds, double peakMegabytes) {

    /** Runs that command in that folder; what it prints goes into {@code log} there. */
    static Measured run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        double before = ofEndedChildren();
        long startedAt = System.currentTimeMillis();
        long start = System.nanoTime();
        Process process = builder.start();
        double peak = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process.pid()));
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(30)) {
                process.destroyForcibly().waitFor();
            }
        }
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = ofEndedChildren() - before;
        if (process.exitValue() != 0) {
            throw new IOException(
                    command.get(0) + " ended with " + process.exitValue() + ": " + log(folder));
        }
        return new Measured(startedAt, cpu, wall, peak);
    }

    static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** CPU seconds so far of a process that is still running. */
    static double cpuSeconds(long pid) throws IOException {
        return seconds(Path.of("/proc/" + pid + "/stat"), 13);
    }

    /** The kernel adds a child's time to its parent's account when it has ended. */
    private static double ofEndedChildren() throws IOException {
        return seconds(Path.of("/proc/self/stat"), 15);
    }

    private static double seconds(Path stat, int field) throws IOException {
        String text = Files.readString(stat);
        // The name, in brackets, may hold blanks; behind it comes the third field.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[field - 2]) + Long.parseLong(fields[field - 1])) / 100.0;
    }

    private static double peak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            // It has just ended.
        }
        return 0;
    }
}
