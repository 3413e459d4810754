package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Whether updates may be under way that this program, or one that ended before it without a word,
 * could not see the end of. They can still reach HubSpot, so nothing newer may be sent before they
 * have settled.
 *
 * <p>A file says so: it is on the disk before the first update leaves, and goes when nothing is
 * under way and nothing can arrive late. One file for all runs, because a late update of a run that
 * has ended can disturb one of the next.
 */
public final class InDoubt {

    private static final Logger LOG = Logger.getLogger(InDoubt.class);

    static final String FILE_NAME = ".in-doubt";

    private static final byte[] TEXT =
            """
            Updates may be under way to HubSpot. When the program starts and this file is there, it
            did not end in an orderly way; it then waits for hubspot.settle-time before it sends.
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final DurableFiles files;
    private final Duration settleTime;
    private final LongSupplier nanoTime;
    private boolean begun;
    private boolean noted;
    private boolean late;
    private long lateUntil;

    /**
     * @param settleTime how long an update can arrive late
     * @param nanoTime as {@link System#nanoTime()}: a clock that nobody can set
     */
    public InDoubt(Path directory, DurableFiles files, Duration settleTime, LongSupplier nanoTime) {
        this.file = directory.resolve(FILE_NAME);
        this.files = files;
        this.settleTime = settleTime;
        this.nanoTime = nanoTime;
    }

    /**
     * This instance begins to work; only the first time that it says so counts.
     *
     * @return until when an update of an earlier one can arrive late, as {@code System.nanoTime()},
     *     if that one did not end in an orderly way
     */
    public synchronized OptionalLong begin() {
        if (begun) {
            return OptionalLong.empty();
        }
        begun = true;
        noted = Files.exists(file);
        if (!noted) {
            return OptionalLong.empty();
        }
        mayArriveUntil(nanoTime.getAsLong() + settleTime.toNanos());
        LOG.warnf(
                "The program ended without a word while updates were under way. They may still"
                        + " arrive at HubSpot, so that the first call waits %s.",
                Words.duration(settleTime));
        return OptionalLong.of(lateUntil);
    }

    /** An update is about to leave. On the disk when this returns. */
    public synchronized void sending() throws IOException {
        if (!noted) {
            files.replace(file, out -> out.write(TEXT));
            noted = true;
        }
    }

    /** An attempt ended that could still be applied until then, as {@code System.nanoTime()}. */
    public synchronized void mayArriveUntil(long nanos) {
        if (!late || nanos - lateUntil > 0) {
            late = true;
            lateUntil = nanos;
        }
    }

    /** Nothing is under way now. */
    synchronized void nothingUnderWay() throws IOException {
        if (noted && !(late && nanoTime.getAsLong() - lateUntil < 0)) {
            Files.deleteIfExists(file);
            noted = false;
        }
    }
}
