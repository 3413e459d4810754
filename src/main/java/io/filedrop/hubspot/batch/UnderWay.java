package io.filedrop.hubspot.batch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The listings that must get nothing newer for now: their update is under way, or an attempt whose
 * end is unknown could still arrive. Shared by all runs. Safe for use by several threads.
 */
public final class UnderWay {

    private static final long UNTIL_FREED = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private final Map<Listing, Long> busyUntil = new HashMap<>();
    private long changes;

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public UnderWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void take(Listing listing) {
        busyUntil.put(listing, UNTIL_FREED);
    }

    /** Whether something newer for that listing must wait. */
    synchronized boolean isBusy(Listing listing) {
        Long until = busyUntil.get(listing);
        if (until == null) {
            return false;
        }
        if (until != UNTIL_FREED && nanoTime.getAsLong() - until >= 0) {
            busyUntil.remove(listing);
            return false;
        }
        return true;
    }

    /** The updates of these listings are settled and nothing of them can arrive late. */
    synchronized void free(Collection<Listing> listings) {
        listings.forEach(busyUntil::remove);
        changed();
    }

    /** The updates are settled, but an earlier attempt of them could arrive until then. */
    synchronized void holdUntil(Collection<Listing> listings, long nanos) {
        sweep();
        listings.forEach(listing -> busyUntil.put(listing, nanos));
        changed();
    }

    /** How often something changed so far; what {@link #awaitChange} compares with. */
    synchronized long changes() {
        return changes;
    }

    /**
     * Waits until something may have changed: a listing was freed, or the nearest hold has ended.
     *
     * @param seen the number of changes that the caller has taken into account
     * @param mostNanos waits no longer than this
     */
    synchronized void awaitChange(long seen, long mostNanos) throws InterruptedException {
        if (changes != seen) {
            return;
        }
        long now = nanoTime.getAsLong();
        long wait = mostNanos;
        for (long until : busyUntil.values()) {
            if (until != UNTIL_FREED) {
                wait = Math.min(wait, until - now);
            }
        }
        if (wait > 0) {
            long millis = wait / 1_000_000;
            wait(millis, (int) (wait % 1_000_000));
        }
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private void sweep() {
        long now = nanoTime.getAsLong();
        busyUntil.values().removeIf(until -> until != UNTIL_FREED && now - until >= 0);
    }
}
