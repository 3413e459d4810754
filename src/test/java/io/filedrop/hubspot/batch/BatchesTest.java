package io.filedrop.hubspot.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows come in which batch. A row is written {@code id=city}; its key is reference. */
class BatchesTest {

    private final AtomicLong clock = new AtomicLong();
    private final UnderWay underWay = new UnderWay(clock::get);
    private final List<Throwable> faults = new ArrayList<>();

    @Test
    void cutsByNumberOfListings() {
        Batches batches = batches(2, "a=1", "b=2", "c=3");
        assertThat(words(batches.next())).isEqualTo("a[1] b[2]");
        assertThat(words(batches.next())).isEqualTo("c[3]");
        assertThat(batches.hasNext()).isFalse();
    }

    @Test
    void mergesRowsOfOneListingTheLastOneWins() {
        Batches batches = batches(3, "a=1", "b=2", "a=3");
        Batch batch = batches.next();
        assertThat(words(batch)).isEqualTo("a[1 3] b[2]");
        assertThat(batch.inputs().get(0).properties()).containsEntry("hs_city", "3");
    }

    /** {@code ;3} adds an option to those that are set; merged, one of the two would be lost. */
    @Test
    void sendsAnAddedOptionByItself() {
        Batches batches = batches(3, "a=1;2", "a=;3", "a=;4", "b=5", "a=6", "a=7");
        for (String expected : List.of("a[1;2] b[5]", "a[;3]", "a[;4 6 7]")) {
            Batch batch = batches.next();
            assertThat(words(batch)).isEqualTo(expected);
            batches.settled(batch, OptionalLong.empty());
        }
        assertThat(batches.hasNext()).isFalse();
    }

    @Test
    void setsRowsAsideWhoseListingIsUnderWayAndKeepsTheirOrder() {
        Batches batches = batches(1, "a=1", "a=2", "b=3", "a=4");
        Batch first = batches.next();
        assertThat(words(first)).isEqualTo("a[1]");
        assertThat(words(batches.next())).isEqualTo("b[3]");
        batches.settled(first, OptionalLong.empty());
        Batch third = batches.next();
        assertThat(words(third)).isEqualTo("a[2]");
        batches.settled(third, OptionalLong.empty());
        assertThat(words(batches.next())).isEqualTo("a[4]");
    }

    @Test
    void keepsTheHoldOfAnAttemptThatMayStillArriveAcrossFiles() {
        Batches batches = batches(1, "a=1");
        batches.settled(batches.next(), OptionalLong.of(100));
        Batches nextFile = batches(5, "a=2", "b=3");
        assertThat(words(nextFile.next())).isEqualTo("b[3]");
        clock.set(100);
        assertThat(words(nextFile.next())).isEqualTo("a[2]");
    }

    @Test
    void neverMergesOrSendsAtOnceWhatIsOnlySpelledAlike() {
        Batches batches = batches(5, "A=1", "a=2", "a=3", "A=4");
        Batch first = batches.next();
        assertThat(words(first)).isEqualTo("A[1]");
        batches.settled(first, OptionalLong.empty());
        Batch second = batches.next();
        assertThat(words(second)).isEqualTo("a[2 3]");
        batches.settled(second, OptionalLong.empty());
        assertThat(words(batches.next())).isEqualTo("A[4]");
        assertThat(batches.hasNext()).isFalse();
    }

    /** What was sent as one before a crash is sent as one after it. */
    @Test
    void gathersTheRowsOfAListingFirstWhenItsRunGoesOn() {
        String[] rows = {"a=1", "b=2", "c=3", "a=4", "d=5"};
        Batches anew = batches(2, rows);
        assertThat(words(anew.next())).isEqualTo("a[1] b[2]");
        goesOn = true;
        underWay.free(List.of(new Listing("reference", "a")));
        underWay.free(List.of(new Listing("reference", "b")));
        Batches again = batches(2, rows);
        assertThat(words(again.next())).isEqualTo("a[1 4] b[2]");
        assertThat(words(again.next())).isEqualTo("c[3] d[5]");
    }

    @Test
    void readsNoFurtherThanTheLimitUntilSomethingIsSettled() {
        String[] rows = new String[15];
        java.util.Arrays.setAll(rows, i -> "a=" + i);
        Batches batches = batches(2, rows);
        Batch first = batches.next();
        assertThat(first.inputs().get(0).rows()).hasSize(11);
        batches.settled(first, OptionalLong.empty());
        assertThat(batches.next().inputs().get(0).rows()).hasSize(4);
    }

    /**
     * A row is two characters here, its id and its city. A run that goes on reads again what was
     * sent as one before the crash, and not much more.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsNoMoreCharactersThanTheLimitUntilSomethingIsSettled(boolean again) {
        characters = 6;
        goesOn = again;
        Batches batches = batches(5, "a=1", "b=2", "a=3", "c=4", "a=5", "d=6", "e=7");
        Batch first = batches.next();
        assertThat(words(first)).isEqualTo("a[1 3] b[2]");
        assertThat(read).isEqualTo(3);
        batches.settled(first, OptionalLong.empty());
        assertThat(words(batches.next())).isEqualTo("c[4] a[5] d[6]");
    }

    @Test
    void readsARowThatIsLongerThanTheLimit() {
        characters = 1;
        Batches batches = batches(5, "a=1", "b=2");
        Batch first = batches.next();
        assertThat(words(first)).isEqualTo("a[1]");
        batches.settled(first, OptionalLong.empty());
        assertThat(words(batches.next())).isEqualTo("b[2]");
        assertThat(batches.hasNext()).isFalse();
    }

    @Test
    void carriesWhatNeedsNoCall() {
        Outcome unchanged = Outcome.unchanged(new Position(0, "2"), "a");
        Batches batches =
                new Batches(
                        List.<Mapped>of(new Mapped.Decided(unchanged), row(1, "b=2")).iterator(),
                        underWay,
                        limits(5),
                        watch());
        Batch batch = batches.next();
        assertThat(batch.decided()).containsExactly(unchanged);
        assertThat(words(batch)).isEqualTo("b[2]");
    }

    @Test
    void endsWithoutThrowingWhenTheFileCannotBeReadOn() {
        Iterator<Mapped> broken =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Mapped next() {
                        throw new StackOverflowError("deep");
                    }
                };
        Batches batches = new Batches(broken, underWay, limits(5), watch());
        assertThat(batches.hasNext()).isTrue();
        assertThat(batches.next().inputs()).isEmpty();
        assertThat(batches.hasNext()).isFalse();
        assertThat(faults).hasSize(1);
    }

    private boolean goesOn;
    private long characters = 1000;
    private int read;

    private Batches batches(int size, String... rows) {
        List<Mapped> updates = new ArrayList<>();
        for (String row : rows) {
            updates.add(row(updates.size(), row));
        }
        Iterator<Mapped> counted = updates.stream().peek(row -> read++).iterator();
        return new Batches(counted, underWay, limits(size), watch());
    }

    private Batches.Limits limits(int size) {
        return new Batches.Limits(size, 10, characters, 2);
    }

    private static Mapped row(long ordinal, String row) {
        String[] idAndCity = row.split("=");
        return new Update(
                new Position(ordinal, "" + (ordinal + 2)),
                idAndCity[0],
                "reference",
                Map.of("hs_city", idAndCity[1]));
    }

    private Batches.Watch watch() {
        return new Batches.Watch() {
            @Override
            public boolean isStopped() {
                return false;
            }

            @Override
            public boolean goesOn() {
                return goesOn;
            }

            @Override
            public void failed(Throwable fault) {
                faults.add(fault);
            }
        };
    }

    private static String words(Batch batch) {
        return batch.inputs().stream()
                .map(
                        input ->
                                input.id()
                                        + input.rows().stream()
                                                .map(row -> row.properties().get("hs_city"))
                                                .collect(Collectors.joining(" ", "[", "]")))
                .collect(Collectors.joining(" "));
    }
}
