package io.filedrop.hubspot.hubspot;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Waits that double from the first to the longest, with jitter, so that batches that failed
 * together do not come back together.
 *
 * @param random as {@link Math#random()}
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {

    /** Before the attempt after that many, at least as long as asked for. */
    Duration after(int attempts, Duration atLeast) {
        double grown = first.toNanos() * Math.pow(2, Math.min(attempts, 40));
        double capped = Math.min(grown, longest.toNanos());
        Duration jittered = Duration.ofNanos((long) (capped * (0.5 + random.getAsDouble() / 2)));
        return jittered.compareTo(atLeast) > 0 ? jittered : atLeast;
    }
}
