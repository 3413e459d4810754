package io.filedrop.hubspot.run;

import static io.filedrop.hubspot.run.Lease.State.BEGINNING;
import static io.filedrop.hubspot.run.Lease.State.HELD;
import static io.filedrop.hubspot.run.Lease.State.LOST;
import static io.filedrop.hubspot.run.Lease.State.UNPROVEN;
import static io.filedrop.hubspot.run.Lease.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that share nothing but a folder; each has a clock of its own. */
class LeaseTest {

    private static final Duration LEASE_TIME = Duration.ofSeconds(15);
    private static final Duration ARRIVAL = Duration.ofSeconds(120);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir Path folder;

    private final AtomicLong oneClock = new AtomicLong(7_000_000_000_000L);
    private final AtomicLong otherClock = new AtomicLong(-3);
    private Lease one;
    private Lease other;

    @BeforeEach
    void open() {
        one = instance("one", oneClock);
        other = instance("other", otherClock);
    }

    private Lease instance(String name, AtomicLong clock) {
        Holder holder = new Holder(name, "machine of " + name, 1, 1);
        return new Lease(folder, LEASE_TIME, ARRIVAL, holder, clock::get);
    }

    private void pass(int seconds) {
        oneClock.addAndGet(seconds * SECOND);
        otherClock.addAndGet(seconds * SECOND);
    }

    @Test
    void letsOneOfTwoWork() throws Exception {
        assertThat(one.beat()).isEqualTo(HELD);
        assertThat(other.beat()).isEqualTo(WAITING);
        assertThat(other.isOtherAlive()).isFalse();
        for (int i = 0; i < 100; i++) {
            pass(3);
            assertThat(one.beat()).isEqualTo(HELD);
            assertThat(other.beat()).isEqualTo(WAITING);
        }
        assertThat(other.isOtherAlive()).isTrue();
        assertThat(other.holder()).isEqualTo("one");
    }

    @Test
    void worksOnlyWhenItIsReadyTo() throws Exception {
        assertThat(one.beat()).isEqualTo(HELD);
        assertThat(one.isHeld()).isFalse();
        one.ready();
        assertThat(one.isHeld()).isTrue();
        assertThat(one.beat()).isEqualTo(HELD);
        assertThat(one.isHeld()).isTrue();
    }

    @Test
    void takesOverAtOnceFromOneThatEnded() throws Exception {
        one.beat();
        one.ready();
        other.beat();
        one.close();
        assertThat(one.isHeld()).isFalse();
        assertThat(other.beat()).isEqualTo(HELD);
        assertThat(other.isTakenOver()).isFalse();
    }

    @Test
    void takesOverFromOneThatIsFrozenWhenNothingOfItCanArrive() throws Exception {
        one.beat();
        one.ready();
        other.beat();
        pass(14);
        assertThat(other.beat()).isEqualTo(WAITING);
        pass(1);
        assertThat(other.beat()).isEqualTo(BEGINNING);
        for (int i = 0; i < 9; i++) {
            pass(15);
            assertThat(other.isHeld()).isEqualTo(false);
            other.beat();
        }
        assertThat(other.state()).isEqualTo(HELD);
        assertThat(other.isHeld()).as("not before it is ready").isFalse();
        other.ready();
        assertThat(other.isHeld()).isTrue();
        assertThat(other.isTakenOver()).isTrue();

        assertThat(one.isHeld()).isFalse();
        assertThat(one.beat()).isEqualTo(LOST);
        assertThat(one.beat()).isEqualTo(LOST);
        assertThat(other.beat()).isEqualTo(HELD);
    }

    @Test
    void sendsNothingThatItCannotProveToBeIts() throws Exception {
        one.beat();
        one.ready();
        pass(8);
        assertThat(one.state()).isEqualTo(UNPROVEN);
        assertThat(one.isHeld()).isFalse();
        assertThat(one.beat()).isEqualTo(HELD);
        assertThat(one.isHeld()).isTrue();
    }

    @Test
    void seesAtOnceThatAnotherHasTakenOver() throws Exception {
        one.beat();
        one.ready();
        other.beat();
        otherClock.addAndGet(20 * SECOND);
        other.beat();
        assertThat(one.isHeld()).isFalse();
        assertThat(one.state()).isEqualTo(LOST);
    }

    @Test
    void letsOnlyOneOfTwoTakeOver() throws Exception {
        one.beat();
        Lease third = instance("third", otherClock);
        other.beat();
        third.beat();
        otherClock.addAndGet(20 * SECOND);
        assertThat(other.beat()).isEqualTo(BEGINNING);
        assertThat(third.beat()).isEqualTo(WAITING);
        assertThat(third.holder()).isEqualTo("other");
    }

    @Test
    void doesNotWaitForAProcessOfThisMachineThatIsGone() throws Exception {
        Holder self = Holder.ofThisProcess();
        Lease dead =
                new Lease(
                        folder,
                        LEASE_TIME,
                        ARRIVAL,
                        new Holder("dead", self.machine(), self.process(), self.started() - 1),
                        oneClock::get);
        Lease next = new Lease(folder, LEASE_TIME, ARRIVAL, self, otherClock::get);
        dead.beat();
        assertThat(next.beat()).isEqualTo(HELD);
        Lease again = new Lease(folder, LEASE_TIME, ARRIVAL, self, otherClock::get);
        assertThat(again.beat()).isEqualTo(WAITING);
    }

    @Test
    void leavesOneFileOfAlwaysTheSameLength() throws Exception {
        one.beat();
        Path file = folder.resolve(".lease-1");
        long length = Files.size(file);
        pass(3);
        one.beat();
        assertThat(Files.size(file)).isEqualTo(length);
        one.close();
        assertThat(Files.size(file)).isEqualTo(length);
        other.beat();
        assertThat(file).doesNotExist();
        assertThat(folder.resolve(".lease-2")).exists();
    }
}
