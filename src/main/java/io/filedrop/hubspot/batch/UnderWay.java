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

    /** By the property that names the listings, and by their ids. */
    private final Map<String, Map<String, Long>> busyUntil = new HashMap<>();

    private long changes;

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public UnderWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void take(Listing listing) {
        put(listing, UNTIL_FREED);
    }

    /**
     * Whether something newer for that listing must wait. One that is named by another property, or
     * by its record id, may be the same listing.
     */
    synchronized boolean isBusy(Listing listing) {
        long now = nanoTime.getAsLong();
        for (Map.Entry<String, Map<String, Long>> kind : busyUntil.entrySet()) {
            Map<String, Long> ids = kind.getValue();
            if (kind.getKey().equals(listing.idProperty())) {
                Long until = ids.get(listing.id());
                if (until != null && !isOver(until, now)) {
                    return true;
                }
                ids.remove(listing.id());
            } else {
                ids.values().removeIf(until -> isOver(until, now));
                if (!ids.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The updates of these listings are settled and nothing of them can arrive late. */
    synchronized void free(Collection<Listing> listings) {
        for (Listing listing : listings) {
            Map<String, Long> ids = busyUntil.get(listing.idProperty());
            if (ids != null) {
                ids.remove(listing.id());
            }
        }
        changed();
    }

    /** The updates are settled, but an earlier attempt of them could arrive until then. */
    synchronized void holdUntil(Collection<Listing> listings, long nanos) {
        sweep();
        listings.forEach(listing -> put(listing, nanos));
        changed();
    }

    private void put(Listing listing, long until) {
        busyUntil
                .computeIfAbsent(listing.idProperty(), kind -> new HashMap<>())
                .put(listing.id(), until);
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
        if (changes != seen || sweep()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long wait = mostNanos;
        for (Map<String, Long> ids : busyUntil.values()) {
            for (long until : ids.values()) {
                if (until != UNTIL_FREED) {
                    wait = Math.min(wait, until - now);
                }
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

    /** Whether a hold was over that was there until now. */
    private boolean sweep() {
        long now = nanoTime.getAsLong();
        boolean isAny = false;
        for (Map<String, Long> ids : busyUntil.values()) {
            isAny |= ids.values().removeIf(until -> isOver(until, now));
        }
        return isAny;
    }

    private static boolean isOver(long until, long now) {
        return until != UNTIL_FREED && now - until >= 0;
    }
}
