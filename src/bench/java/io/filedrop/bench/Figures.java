package io.filedrop.bench;

import java.util.Locale;

/**
 * One program's way through one amount of work.
 *
 * @param standInCpuSeconds what the stand-in took for it
 */
record Figures(long rows, Measured process, HubSpot.Counts counts, double standInCpuSeconds) {

    double cpuPerMillion() {
        return process.cpuSeconds() * 1e6 / rows;
    }

    /** From the start of the process to its end. */
    double recordsPerSecond() {
        return rows / process.wallSeconds();
    }

    /** From the first call to the last one. */
    double recordsPerSecondSending() {
        return rows / counts.seconds();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d rows: %.2f CPU s per million, %,.0f records/s (%,.0f while sending), peak %.0f"
                        + " MB, %,d calls; stand-in %.2f CPU s",
                rows,
                cpuPerMillion(),
                recordsPerSecond(),
                recordsPerSecondSending(),
                process.peakMegabytes(),
                counts.calls(),
                standInCpuSeconds);
    }
}
