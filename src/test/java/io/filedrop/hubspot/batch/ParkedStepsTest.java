package io.filedrop.hubspot.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.run.WhyParked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code drop.when-parked=continue}, what later files may pass of a run that failed. */
class ParkedStepsTest {

    @TempDir Path directory;

    private final ParkedListings parked = new ParkedListings(10);
    private ClaimedRun program;
    private Path first;
    private Path second;

    @BeforeEach
    void claim() throws Exception {
        program = ClaimedRun.passing(directory);
        first = program.claim("a.csv", "id\n");
        second = program.claim("b.csv", "id\n");
        try (Run run = program.runs.open(first)) {
            Instant later = Instant.now().plus(Duration.ofDays(1));
            program.runs.park(run, new Run.Stop(WhyParked.NO_ROOM.of(), later), 0);
        }
    }

    private ParkedSteps steps(SetAside setAside) {
        return new ParkedSteps(
                parked,
                program.turns,
                setAside,
                program.settings,
                new Stopping(null),
                Clock.systemUTC());
    }

    @Test
    void readsFromTheFileWhatARunThatFailedHasNotSent() throws Exception {
        assertThat(program.turns.isTurn(second)).isFalse();
        Mapped unsent = new Mapped.Update(new Position(0, "2"), "1", "", Map.of("hs_price", "2"));

        steps((folder, to) -> to.accept(List.of(unsent).iterator())).learn(first);

        assertThat(program.turns.isTurn(second)).isTrue();
        assertThat(parked.isHeld(id(second), Listing.of("", "1"))).isTrue();
        assertThat(parked.isHeld(id(second), Listing.of("", "2"))).isFalse();
    }

    @Test
    void letsNoFilePassARunWhoseFileDoesNotTell() throws Exception {
        steps(
                        (folder, to) -> {
                            throw new IOException("cannot be read");
                        })
                .learn(first);

        assertThat(program.turns.isTurn(second)).isFalse();
    }

    @Test
    void readsNoFileOfARunThatIsPassedOrGone() {
        ParkedSteps steps =
                steps(
                        (folder, to) -> {
                            throw new AssertionError("it is read");
                        });
        program.turns.letPass(first);
        steps.learn(first);
        steps.learn(second);
        steps.learn(null);
    }

    /** Or that file would be parked behind nothing, and have its turn again at once, for ever. */
    @Test
    void withholdsNothingForARunThatIsGone() throws Exception {
        Mapped unsent = new Mapped.Update(new Position(0, "2"), "1", "", Map.of("hs_price", "2"));
        ParkedSteps steps = steps((folder, to) -> to.accept(List.of(unsent).iterator()));
        steps.learn(first);
        try (Run run = program.runs.open(second)) {
            assertThat(steps.passing(List.of(unsent).iterator(), run).hasNext()).isFalse();
            assertThat(run.withheld()).isOne();

            Files.move(first, directory.resolve("away"));
            assertThat(steps.passing(List.of(unsent).iterator(), run).next()).isEqualTo(unsent);
            assertThat(run.withheld()).isOne();
        }
    }

    private static String id(Path folder) {
        return folder.getFileName().toString();
    }
}
