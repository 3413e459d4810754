package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ending program leaves for the next start, seen from Camel's own stop. */
class StoppingTest {

    @TempDir Path folder;

    private final AtomicLong now = new AtomicLong(5);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ClaimedRun house;
    private InDoubt inDoubt;
    private Stopping stopping;

    @BeforeEach
    void start() throws Exception {
        house = new ClaimedRun(folder, Map.of());
        inDoubt = new InDoubt(folder, house.files, Duration.ofSeconds(60), now::get);
        inDoubt.begin();
        stopping = new Stopping(inDoubt);
        camel.addLifecycleStrategy(stopping);
        camel.start();
        inDoubt.sending();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void anAttemptThatHasSettledSinceLeavesNoDoubt() throws Exception {
        inDoubt.mayArriveUntil(100);
        now.set(100);

        camel.stop();

        assertThat(folder.resolve(InDoubt.FILE_NAME)).doesNotExist();
    }

    @Test
    void anAttemptThatMayStillArriveLeavesIt() throws Exception {
        inDoubt.mayArriveUntil(100);

        camel.stop();

        assertThat(folder.resolve(InDoubt.FILE_NAME)).exists();
    }

    @Test
    void aRunUnderWayLeavesItAndIsToldToStop() throws Exception {
        Run run = house.runs.open(house.claim("feed.csv", "id\n1\n"));
        stopping.watch(run);

        camel.stop();

        assertThat(folder.resolve(InDoubt.FILE_NAME)).exists();
        assertThat(stopping.isStopping()).isTrue();
        assertThat(run.stopped()).isPresent();
        run.close();
    }

    @Test
    void aRunThatBeginsThenIsToldAtOnce() throws Exception {
        camel.stop();
        Run run = house.runs.open(house.claim("feed.csv", "id\n1\n"));

        stopping.watch(run);

        assertThat(run.stopped()).isPresent();
        run.close();
    }
}
