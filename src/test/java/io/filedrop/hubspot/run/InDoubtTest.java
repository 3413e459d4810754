package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the next start has to wait for updates that nobody saw the end of. */
class InDoubtTest {

    private static final long SETTLE = Duration.ofSeconds(60).toNanos();

    @TempDir Path folder;

    private OptionalLong lateUntil;
    private final AtomicLong now = new AtomicLong(5);

    private InDoubt start() {
        InDoubt inDoubt =
                new InDoubt(
                        folder,
                        new ClaimedRun(folder, Map.of()).files,
                        Duration.ofNanos(SETTLE),
                        now::get);
        lateUntil = inDoubt.begin();
        return inDoubt;
    }

    private OptionalLong lateUntilAfterStart() {
        start();
        return lateUntil;
    }

    @Test
    void afterAnOrderlyEndNothingWaits() throws Exception {
        InDoubt first = start();
        first.sending();
        first.nothingUnderWay();

        assertThat(lateUntilAfterStart()).isEmpty();
    }

    @Test
    void afterACrashTheStartWaitsTheSettleTime() throws Exception {
        start().sending();

        now.set(1000);
        assertThat(lateUntilAfterStart()).hasValue(1000 + SETTLE);
    }

    @Test
    void anAttemptThatMayArriveLateOutlivesAnOrderlyEnd() throws Exception {
        InDoubt first = start();
        first.sending();
        first.mayArriveUntil(100);
        first.mayArriveUntil(50);
        now.set(99);
        first.nothingUnderWay();
        assertThat(lateUntilAfterStart()).isPresent();

        now.set(100);
        first.nothingUnderWay();
        assertThat(lateUntilAfterStart()).isEmpty();
    }

    @Test
    void anotherStopDuringTheWaitDoesNotShortenIt() throws Exception {
        start().sending();
        InDoubt second = start();
        now.addAndGet(SETTLE - 1);
        second.nothingUnderWay();

        assertThat(lateUntilAfterStart()).isPresent();
    }

    @Test
    void theWaitDoesNotBeginAnewWhenTheStartIsTriedAgain() throws Exception {
        start().sending();
        InDoubt second = start();
        now.addAndGet(SETTLE);

        assertThat(second.begin()).isEmpty();

        second.nothingUnderWay();
        assertThat(lateUntilAfterStart()).isEmpty();
    }
}
