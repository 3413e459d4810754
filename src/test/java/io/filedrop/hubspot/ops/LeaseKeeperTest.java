package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Holder;
import io.filedrop.hubspot.run.InDoubt;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.run.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is claimed or sent before what a crash left is put in order. */
class LeaseKeeperTest {

    private static final Duration LEASE_TIME = Duration.ofSeconds(15);
    private static final Duration ARRIVAL = Duration.ofSeconds(120);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir Path folder;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger tidied = new AtomicInteger();

    /** So much time passes at every look at the clock. */
    private long slowness;

    private Lease lease;
    private Storage storage;
    private LeaseKeeper keeper;

    @BeforeEach
    void open() {
        open(Runnable::run);
    }

    private void open(Executor beginning) {
        ClaimedRun program = new ClaimedRun(folder, Map.of());
        lease = lease();
        storage = new Storage(program.settings, now::get);
        InDoubt inDoubt = new InDoubt(folder, program.files, Duration.ZERO, now::get);
        Endings none =
                new Endings() {
                    @Override
                    public void reported(Report report) {}

                    @Override
                    public void setBack() {}

                    @Override
                    public void mustEnd(Throwable fault) {}
                };
        keeper =
                new LeaseKeeper(
                        lease,
                        program.settings,
                        program.files,
                        storage,
                        new Stopping(inDoubt),
                        none,
                        beginning);
    }

    private Lease lease() {
        return new Lease(
                folder, LEASE_TIME, ARRIVAL, Holder.ofThisProcess(), () -> now.addAndGet(slowness));
    }

    private void beat() {
        keeper.beat(tidied::incrementAndGet);
    }

    @Test
    void isTriedAgainUntilItEndsWellAndThenNeverAgain() {
        keeper.beat(
                () -> {
                    throw new IOException("cannot be listed");
                });
        assertThat(lease.isHeld()).isFalse();
        assertThat(storage.troubles()).singleElement().asString().contains("cannot be listed");

        keeper.beat(
                () -> {
                    assertThat(lease.isHeld()).isFalse();
                    tidied.incrementAndGet();
                });
        assertThat(lease.isHeld()).isTrue();
        assertThat(storage.troubles()).isEmpty();

        beat();
        assertThat(tidied).hasValue(1);
    }

    @Test
    void nothingBeginsBetweenTheEndOfTheWaitAndTheNextBeat() throws Exception {
        takeOver();
        for (long left = LEASE_TIME.plus(ARRIVAL).toSeconds(); left > 0; left -= 5) {
            beat();
            now.addAndGet(5 * SECOND);
        }
        assertThat(lease.state()).isEqualTo(Lease.State.HELD);
        assertThat(lease.isHeld()).isFalse();

        beat();

        assertThat(lease.isHeld()).isTrue();
        assertThat(tidied).hasValue(1);
    }

    @Test
    void isDoneAlsoAfterALeaseThatWasNotProven() throws Exception {
        takeOver();
        slowness = 8 * SECOND;
        beat();
        assertThat(lease.state()).isEqualTo(Lease.State.UNPROVEN);
        HealthCheckResponse readiness = new FolderReadiness(storage, lease).call();
        assertThat(readiness.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(readiness.getData().orElseThrow().get("trouble-1").toString())
                .contains("this instance was silent for too long");
        slowness = 0;
        now.addAndGet(LEASE_TIME.plus(ARRIVAL).toNanos());

        beat();

        assertThat(lease.isHeld()).isTrue();
        assertThat(tidied).hasValue(1);
    }

    /** A share that answers slowly, say: another instance would take over again and again. */
    @Test
    void beatsOnWhileThatTakesLong() throws Exception {
        List<Runnable> begun = new ArrayList<>();
        open(begun::add);
        beat();
        Lease other = lease();
        for (long time = 0; time < 2 * LEASE_TIME.toSeconds(); time += 5) {
            beat();
            now.addAndGet(5 * SECOND);
            assertThat(lease.state()).isEqualTo(Lease.State.HELD);
            assertThat(lease.isHeld()).as("before it has ended").isFalse();
            other.beat();
            assertThat(other.state()).isEqualTo(Lease.State.WAITING);
        }
        keeper.onContextStopped(null);
        other.beat();
        assertThat(other.state()).as("it is not given up").isEqualTo(Lease.State.WAITING);

        assertThat(begun).hasSize(1);
        begun.get(0).run();
        assertThat(lease.isHeld()).isTrue();
        beat();
        assertThat(begun).hasSize(1);
        assertThat(tidied).hasValue(1);
    }

    @Test
    void saysWhatFailedUntilItHasEndedWell() {
        List<Runnable> begun = new ArrayList<>();
        open(begun::add);
        keeper.beat(
                () -> {
                    throw new IOException("cannot be listed");
                });
        begun.remove(0).run();
        for (int beats = 0; beats < 2; beats++) {
            beat();
            assertThat(storage.troubles()).singleElement().asString().contains("be listed");
        }

        begun.get(0).run();
        beat();
        assertThat(storage.troubles()).isEmpty();
        assertThat(tidied).hasValue(1);
    }

    /** From an instance that falls silent. */
    private void takeOver() throws IOException {
        lease().beat();
        beat();
        now.addAndGet(LEASE_TIME.toNanos());
        beat();
        assertThat(lease.state()).isEqualTo(Lease.State.BEGINNING);
    }
}
