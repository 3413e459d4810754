package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * Which listings have rows that a parked run has not sent yet, so that no later run overtakes it.
 * Remembers a hash of each listing: two of the same hash only make one wait that need not. Safe for
 * use by several threads.
 */
public final class ParkedListings {

    /** More than can be remembered: whatever comes later has to wait. */
    private static final long[] ALL = {};

    private final int limit;

    /** Sorted hashes, by run; the ids of runs sort by their age. */
    private final NavigableMap<String, Unsent> unsent = new ConcurrentSkipListMap<>();

    /** What one run has not sent; {@code idProperty}: what names its listings. */
    private record Unsent(String idProperty, long[] hashes) {}

    /** {@code limit}: listings of all runs together that are remembered at most. */
    public ParkedListings(int limit) {
        this.limit = limit;
    }

    /** That run is parked, and these are its records without an outcome. */
    void remember(String run, Iterator<Mapped> left) {
        int room = limit - hashesOfOthers(run);
        long[] hashes = new long[Math.min(room, 1024)];
        int count = 0;
        String idProperty = "";
        while (left.hasNext()) {
            if (!(left.next() instanceof Mapped.Update update)) {
                continue;
            }
            if (count == room) {
                unsent.put(run, new Unsent(update.idProperty(), ALL));
                return;
            }
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, Math.min(room, count * 2));
            }
            idProperty = update.idProperty();
            hashes[count++] = hash(Listing.of(update));
        }
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        if (count == 0) {
            unsent.remove(run);
        } else {
            unsent.put(run, new Unsent(idProperty, sorted));
        }
    }

    private int hashesOfOthers(String run) {
        return unsent.entrySet().stream()
                .filter(other -> !other.getKey().equals(run))
                .mapToInt(other -> other.getValue().hashes().length)
                .sum();
    }

    /** That run has nothing unsent any more. */
    void forget(String run) {
        unsent.remove(run);
    }

    /** Those runs are no more, however they ended. */
    void forgetIf(Predicate<String> isGone) {
        unsent.keySet().removeIf(isGone);
    }

    /** Whether a run before that one has unsent rows at all. */
    boolean isAnyBefore(String run) {
        return !unsent.headMap(run).isEmpty();
    }

    /**
     * Whether a run before that one has an unsent row of that listing. One that is named by another
     * property, or by its record id, may be the same.
     */
    boolean isHeld(String run, Listing listing) {
        long hash = hash(listing);
        for (Unsent earlier : unsent.headMap(run).values()) {
            if (earlier.hashes() == ALL
                    || !earlier.idProperty().equals(listing.idProperty())
                    || Arrays.binarySearch(earlier.hashes(), hash) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** FNV-1a, 64 bits. */
    private static long hash(Listing listing) {
        long hash = 0xcbf29ce484222325L;
        String key = listing.idProperty() + '\n' + listing.id();
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
