package io.filedrop.hubspot.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a parked run has not sent holds back later runs, and nobody else. */
class ParkedListingsTest {

    private final ParkedListings parked = new ParkedListings(3);

    @Test
    void holdsBackTheListingsOfEarlierRunsUntilTheyAreThrough() {
        parked.remember("2", updates("a", "b", "a"));

        assertThat(parked.isHeld("3", listing("a"))).isTrue();
        assertThat(parked.isHeld("3", listing("A"))).as("another spelling").isTrue();
        assertThat(parked.isHeld("3", listing("c"))).isFalse();
        assertThat(parked.isHeld("1", listing("a"))).as("an earlier run").isFalse();
        assertThat(parked.isHeld("2", listing("a"))).as("the run itself").isFalse();

        parked.forget("2");
        assertThat(parked.isAnyBefore("3")).isFalse();
        assertThat(parked.isHeld("3", listing("a"))).isFalse();
    }

    @Test
    void holdsBackWhatAnotherKindOfKeyMayName() {
        parked.remember("2", updates("a"));
        assertThat(parked.isHeld("3", Listing.of("", "77"))).isTrue();
        parked.forget("2");
        assertThat(parked.isHeld("3", Listing.of("", "77"))).isFalse();
    }

    @Test
    void holdsBackEverythingWhenThereAreTooMany() {
        parked.remember("2", updates("a", "b", "c", "d"));
        assertThat(parked.isHeld("3", listing("z"))).isTrue();
    }

    /** Or the memory would grow with the number of parked files. */
    @Test
    void remembersNoMoreOfAllRunsThanOfOne() {
        parked.remember("2", updates("a", "b"));
        parked.remember("3", updates("c", "d"));
        assertThat(parked.isHeld("3", listing("z"))).as("by run 2").isFalse();
        assertThat(parked.isHeld("4", listing("z"))).as("by run 3").isTrue();

        parked.forget("2");
        parked.remember("3", updates("c", "d"));
        assertThat(parked.isHeld("4", listing("z"))).isFalse();
        assertThat(parked.isHeld("4", listing("c"))).isTrue();
    }

    @Test
    void remembersARunAgainInItsOwnPlace() {
        parked.remember("2", updates("a", "b"));
        parked.remember("2", updates("b", "c"));
        assertThat(parked.isHeld("3", listing("z"))).isFalse();
        assertThat(parked.isHeld("3", listing("c"))).isTrue();
    }

    @Test
    void holdsBackNothingForRecordsThatNeedNoCall() {
        Mapped decided = new Mapped.Decided(Outcome.unchanged(new Position(0, "2"), "a"));
        parked.remember("2", Stream.of(decided).iterator());
        assertThat(parked.isAnyBefore("3")).isFalse();
    }

    private static Iterator<Mapped> updates(String... ids) {
        return IntStream.range(0, ids.length)
                .<Mapped>mapToObj(
                        i ->
                                new Mapped.Update(
                                        new Position(i, "" + (i + 2)),
                                        ids[i],
                                        "reference",
                                        Map.of("hs_city", "x")))
                .iterator();
    }

    private static Listing listing(String id) {
        return Listing.of("reference", id);
    }
}
