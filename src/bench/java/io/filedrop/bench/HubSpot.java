package io.filedrop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The stand-in server in a process of its own. */
final class HubSpot implements AutoCloseable {

    private final Process process;
    private final String url;

    /**
     * What arrived.
     *
     * @param records results that were answered
     * @param refused calls that were answered 429
     * @param firstCall milliseconds since 1970
     * @param lastWindow when the first of the last calls arrived, as many as the limit allows at
     *     once
     */
    record Counts(
            long calls,
            long records,
            long refused,
            long firstCall,
            long lastWindow,
            long lastCall) {

        double seconds() {
            return (lastCall - firstCall) / 1000.0;
        }
    }

    HubSpot(long latencyMillis, int limit) throws IOException {
        process =
                new ProcessBuilder(
                                Programs.java(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StandIn.class.getName(),
                                Long.toString(latencyMillis),
                                Integer.toString(limit))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        url = "http://127.0.0.1:" + out.readLine();
    }

    String url() {
        return url;
    }

    double cpuSeconds() throws IOException {
        return Measured.cpuSeconds(process.pid());
    }

    /** What arrived since the last time this was asked. */
    Counts counts() throws IOException {
        try (var in = URI.create(url + "/counts").toURL().openStream()) {
            String[] counts =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
            return new Counts(
                    Long.parseLong(counts[0]),
                    Long.parseLong(counts[1]),
                    Long.parseLong(counts[2]),
                    Long.parseLong(counts[3]),
                    Long.parseLong(counts[4]),
                    Long.parseLong(counts[5]));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
