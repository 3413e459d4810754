package io.filedrop.hubspot.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Which listings must get nothing newer for now. */
class UnderWayTest {

    private static final Listing ONE = Listing.of("", "1");
    private static final Listing TWO = Listing.of("", "2");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Near its end: the clock runs over. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10 * SECOND);

    private final UnderWay underWay = new UnderWay(clock::get);

    @Test
    void isBusyUntilItIsFreed() {
        underWay.take(ONE);
        clock.addAndGet(1000 * SECOND);
        assertThat(underWay.isBusy(ONE)).isTrue();
        assertThat(underWay.isBusy(TWO)).isFalse();
        underWay.free(List.of(ONE));
        assertThat(underWay.isBusy(ONE)).isFalse();
    }

    @Test
    void isBusyUntilAnAttemptOfUnknownEndCanNoLongerArrive() {
        underWay.take(ONE);
        underWay.holdUntil(List.of(ONE), clock.get() + 60 * SECOND);
        clock.addAndGet(59 * SECOND);
        assertThat(underWay.isBusy(ONE)).isTrue();
        clock.addAndGet(SECOND);
        assertThat(underWay.isBusy(ONE)).isFalse();
    }

    @Test
    void takesWhatIsSpelledAlikeForOneListing() {
        underWay.take(Listing.of("reference", "Ref-1"));
        assertThat(underWay.isBusy(Listing.of("reference", "REF-1"))).isTrue();
        underWay.free(List.of(Listing.of("reference", "Ref-1")));
        underWay.take(Listing.of("", "007"));
        assertThat(underWay.isBusy(Listing.of("", "7"))).isTrue();
        assertThat(underWay.isBusy(Listing.of("", "0"))).isFalse();
    }

    @Test
    void mayBeTheListingThatAnotherKindOfKeyNames() {
        underWay.take(ONE);
        underWay.holdUntil(List.of(ONE), clock.get() + 60 * SECOND);
        assertThat(underWay.isBusy(Listing.of("reference", "Ref-1"))).isTrue();
        clock.addAndGet(60 * SECOND);
        assertThat(underWay.isBusy(Listing.of("reference", "Ref-1"))).isFalse();
        underWay.take(ONE);
        underWay.free(List.of(ONE));
        assertThat(underWay.isBusy(Listing.of("reference", "Ref-1"))).isFalse();
    }

    /** What nobody asked for any more must not keep the reader from sleeping. */
    @Test
    void looksAgainOnceAfterAHoldHasEndedAndWaitsThen() throws Exception {
        underWay.take(ONE);
        underWay.holdUntil(List.of(ONE), clock.get() + SECOND);
        underWay.take(TWO);
        clock.addAndGet(SECOND);
        underWay.awaitChange(underWay.changes(), Long.MAX_VALUE);

        Thread reader =
                new Thread(
                        () -> {
                            try {
                                underWay.awaitChange(underWay.changes(), Long.MAX_VALUE);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        reader.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> reader.getState() == Thread.State.TIMED_WAITING);
            underWay.free(List.of(TWO));
            reader.join(30_000);
            assertThat(reader.isAlive()).as("woken by what was freed").isFalse();
        } finally {
            reader.interrupt();
        }
    }

    @Test
    void doesNotWaitForAChangeThatHasHappened() throws Exception {
        long seen = underWay.changes();
        underWay.take(ONE);
        underWay.free(List.of(ONE));
        underWay.awaitChange(seen, Long.MAX_VALUE);
        assertThat(underWay.changes()).isNotEqualTo(seen);
    }
}
