package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.Sentence;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When calls may leave, by a clock that only the test moves. */
class PacerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Near its end, as the real one may be: the clock runs over. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND);

    private Pacer pacer = new Pacer(OptionalInt.of(3), clock::get);

    @Test
    void letsAsManyLeaveAsTheLimitAllowsInAnyTenSeconds() throws Exception {
        assertThat(departures(5)).isEqualTo(3);
        pass(9.9);
        assertThat(departures(5)).isZero();
        pass(0.2);
        assertThat(departures(5)).isEqualTo(3);
    }

    @Test
    void countsEachCallByItself() throws Exception {
        departures(1);
        pass(5);
        assertThat(departures(5)).isEqualTo(2);
        pass(5.1);
        assertThat(departures(5)).isEqualTo(1);
    }

    @Test
    void countsACallFromWhenItMayHaveArrived() throws Exception {
        Pacer.Departure fast =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        Pacer.Departure slow =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        Pacer.Departure lost =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pass(0.2);
        pacer.ended(fast, true);
        pass(0.1);
        pacer.ended(slow, true);
        pass(9.80);
        assertThat(departures(5)).as("10.10 s: the first is over").isEqualTo(1);
        pass(0.02);
        assertThat(departures(5)).as("10.12 s: the slow one may have come late").isZero();
        pass(0.02);
        assertThat(departures(5)).as("10.14 s").isEqualTo(1);
        pass(0.37);
        assertThat(departures(5)).as("10.51 s: no word of the lost one").isZero();
        pass(0.03);
        assertThat(departures(5)).as("10.54 s").isEqualTo(1);
    }

    @Test
    void knowsTheFirstCallsForSlowOnceAFasterOneHasEnded() throws Exception {
        Pacer.Departure cold =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pass(0.6);
        pacer.ended(cold, true);
        Pacer.Departure warm =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pass(0.2);
        pacer.ended(warm, true);
        pass(9.6);
        assertThat(departures(5)).as("10.4 s after the cold one left").isZero();
        pass(0.04);
        assertThat(departures(5)).as("10.44 s").isEqualTo(1);
    }

    @Test
    void doesNotGoByTheTimeOfARefusal() throws Exception {
        Pacer.Departure refused =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pacer.ended(refused, false);
        Pacer.Departure call =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        Pacer.Departure other =
                pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false).orElseThrow();
        pass(0.4);
        pacer.ended(call, true);
        pacer.ended(other, true);
        pass(9.71);
        assertThat(departures(5)).isEqualTo(3);
    }

    /** Once for each interval in which a call was refused. */
    @Test
    void keepsMoreDistanceAfterARefusalForTheLimit() throws Exception {
        departures(3);
        pacer.wasLimited();
        pacer.wasLimited();
        pass(10.07);
        assertThat(departures(5)).isZero();
        pass(0.02);
        assertThat(departures(5)).isEqualTo(3);
    }

    @Test
    void waitsUntilAnAttemptIsDueAndSaysWhy() throws Exception {
        long due = clock.get() + 2 * SECOND;
        assertThat(waits(due, Why.TROUBLE.of(503))).contains(Why.TROUBLE.of(503));
        pass(2);
        assertThat(waits(due, Why.TROUBLE.of(503))).isEmpty();
    }

    @Test
    void holdsEverybodyBackWhileItPauses() throws Exception {
        pacer.pauseUntil(clock.get() + 5 * SECOND, Why.LIMITED.of());
        pacer.pauseUntil(clock.get() + 1 * SECOND, Why.LOCKED.of());
        assertThat(waits(clock.get(), Why.ITS_TURN.of())).contains(Why.LIMITED.of());
        pass(4.9);
        assertThat(waits(clock.get(), Why.ITS_TURN.of())).contains(Why.LIMITED.of());
        pass(0.2);
        assertThat(waits(clock.get(), Why.ITS_TURN.of())).isEmpty();
    }

    @Test
    void keepsTheSettingAsACeilingOverWhatItIsTold() throws Exception {
        pacer.learn(190, 10_000);
        assertThat(departures(5)).isEqualTo(3);
        pass(20);
        pacer.learn(2, 10_000);
        assertThat(departures(5)).isEqualTo(2);
    }

    @Test
    void startsCarefullyAndGoesByWhatItIsTold() throws Exception {
        pacer = new Pacer(OptionalInt.empty(), clock::get);
        assertThat(departures(150)).isEqualTo(100);
        pacer.learn(190, 10_000);
        assertThat(departures(150)).isEqualTo(90);
        pacer.learn(0, 10_000);
        pacer.learn(190, 0);
        pass(10.1);
        assertThat(departures(300)).isEqualTo(190);
    }

    /** Why a call waits, that is due then; empty when it leaves. */
    private Optional<Sentence> waits(long notBefore, Sentence why) {
        AtomicReference<Optional<Pacer.Departure>> left = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            try {
                                left.set(pacer.depart(notBefore, why, () -> false));
                            } catch (InterruptedException e) {
                                // The test has seen that it waits.
                            }
                        });
        caller.start();
        try {
            Awaitility.await().until(() -> left.get() != null || pacer.longestWait().isPresent());
            return pacer.longestWait().map(Pacer.Wait::why);
        } finally {
            caller.interrupt();
        }
    }

    /** At once, and without a word on what HubSpot takes for the others. */
    private Pacer.Departure arrived(Pacer.Departure call) {
        pacer.ended(call, false);
        return call;
    }

    private int departures(int most) throws InterruptedException {
        int left = 0;
        // One that has to wait would nap for real; so it is told to stop when it asks again.
        while (left < most && leavesAtOnce()) {
            left++;
        }
        return left;
    }

    private boolean leavesAtOnce() throws InterruptedException {
        Thread.currentThread().interrupt();
        try {
            return pacer.depart(clock.get(), Why.ITS_TURN.of(), () -> false)
                    .map(this::arrived)
                    .isPresent();

        } catch (InterruptedException e) {
            return false;
        } finally {
            Thread.interrupted();
        }
    }

    private void pass(double seconds) {
        clock.addAndGet((long) (seconds * SECOND));
    }
}
