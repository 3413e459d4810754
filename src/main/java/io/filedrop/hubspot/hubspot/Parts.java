package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.batch.Listing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The calls that are left to make for one batch, in the order in which they are made. */
final class Parts {

    private final List<Part> parts = new ArrayList<>();

    boolean isEmpty() {
        return parts.isEmpty();
    }

    int size() {
        return parts.size();
    }

    Part first() {
        return parts.get(0);
    }

    Part takeFirst() {
        return parts.remove(0);
    }

    void putFirst(Part part) {
        parts.add(0, part);
    }

    /** Behind all that can go on without it: before the first that has one of its listings. */
    void putBack(Part part) {
        int place = parts.size();
        if (place > 0) {
            Set<Listing> own = listings(part.inputs());
            place = 0;
            while (place < parts.size() && !shares(parts.get(place), own)) {
                place++;
            }
        }
        parts.add(place, part);
    }

    /** Puts first what is due first of the parts that share no listing with one before them. */
    void takeTurns(ToLongFunction<Part> due) {
        int next = 0;
        Set<Listing> before = new HashSet<>();
        for (int place = 0; place < parts.size() && parts.size() > 1; place++) {
            Part part = parts.get(place);
            long ahead = due.applyAsLong(parts.get(next)) - due.applyAsLong(part);
            if (ahead > 0 && !shares(part, before)) {
                next = place;
            }
            before.addAll(listings(part.inputs()));
        }
        if (next > 0) {
            parts.add(0, parts.remove(next));
        }
    }

    private static boolean shares(Part part, Set<Listing> listings) {
        return part.inputs().stream().map(Listing::of).anyMatch(listings::contains);
    }

    private static Set<Listing> listings(List<Input> inputs) {
        return inputs.stream().map(Listing::of).collect(Collectors.toCollection(HashSet::new));
    }
}
