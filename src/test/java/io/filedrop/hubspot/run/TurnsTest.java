package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

    @TempDir Path directory;

    private final AtomicLong now = new AtomicLong();
    private Instant wallClock = Instant.parse("2026-11-24T03:00:00Z");
    private Inbox inbox;
    private Claims claims;
    private Runs runs;
    private Turns turns;

    @BeforeEach
    void open() throws IOException {
        open(Drops.in(directory));
    }

    private void open(DropSettings settings) throws IOException {
        Files.createDirectories(settings.folders().inbox());
        inbox = new Inbox(settings, now::get);
        Clock clock =
                new Clock() {
                    @Override
                    public Instant instant() {
                        return wallClock;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                };
        claims =
                new Claims(
                        settings, inbox, new DurableFiles(settings.permissions()), clock, "test");
        Storage storage = new Storage(settings, now::get);
        turns = new Turns(settings, storage, now::get);
        runs =
                new Runs(
                        claims,
                        new Repeats(settings.folders().reports()),
                        settings,
                        storage,
                        Drops.lease(settings),
                        new DurableFiles(settings.permissions()),
                        Map.of(),
                        turns,
                        clock);
    }

    private Path claim() throws IOException {
        return claim(5);
    }

    private Path claim(long bytes) throws IOException {
        setLength(directory.resolve("inbox/a.csv"), bytes);
        inbox.due();
        now.addAndGet(Drops.STABLE_FOR.toNanos());
        inbox.waiting();
        now.addAndGet(Drops.STABLE_FOR.toNanos());
        return claims.take(inbox.due().get(0)).orElseThrow();
    }

    @Test
    void endsAWaitOnTimeWhateverSomebodyDoesToTheClock() throws IOException {
        Path folder = claim();
        turns.await(folder, Duration.ofMinutes(1));
        wallClock = wallClock.plus(Duration.ofDays(2));
        assertThat(turns.isTurn(folder)).isFalse();
        wallClock = Instant.parse("1986-01-01T00:00:00Z");
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(turns.isTurn(folder)).isTrue();
    }

    @Test
    void ordersRunsAsTheyWereClaimedAlsoWhenTheClockWasSetBack() throws IOException {
        Path first = claim();
        wallClock = Instant.parse("1986-01-01T00:00:00Z");
        Path second = claim();
        assertThat(claims.folders()).containsExactly(first, second);
    }

    @Test
    void makesLaterFilesWaitUntilTheEarlierOneIsOver() throws IOException {
        Path first = claim();
        Path second = claim();
        assertThat(turns.isTurn(first)).isTrue();
        assertThat(turns.isTurn(second)).isFalse();
        turns.await(first, Duration.ofMinutes(1));
        assertThat(turns.isTurn(first)).isFalse();
        assertThat(turns.isTurn(second)).isFalse();
        runs.over(first);
        assertThat(turns.isTurn(second)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void makesLaterFilesWaitForOneThatLacksRoom(boolean passParked) throws IOException {
        open(Drops.withPassing(directory, passParked));
        Path first = claim(directory.toFile().getUsableSpace());
        Path second = claim();
        assertThat(turns.isTurn(first)).isFalse();
        assertThat(turns.isTurn(second)).isFalse();
        shrink(first);
        assertThat(turns.isTurn(second)).isFalse();
        assertThat(turns.isTurn(first)).isTrue();
        runs.over(first);
        assertThat(turns.isTurn(second)).isTrue();
    }

    /** Its journal grows while the room shrinks, and both by the same. */
    @Test
    void aRunThatHasComeSoFarNeedsNoRoomForWhatItsJournalHolds() throws IOException {
        open(Drops.withPassing(directory, false));
        Path folder = claim(directory.toFile().getUsableSpace() / 10 * 6);
        assertThat(turns.isTurn(folder)).isFalse();
        Run run = runs.open(folder);
        assertThat(runs.hasRoom(run)).isFalse();
        run.close();

        setLength(folder.resolve(Journal.FILE_NAME), run.claimed().bytes() / 2);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(turns.isTurn(folder)).isTrue();
        assertThat(runs.hasRoom(run)).isTrue();
    }

    private static void setLength(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }

    /** However long its journal is, there is room for one more of each file that it ends in. */
    @Test
    void asksForNoLessRoomThanTheFileHas() {
        DropSettings settings = Drops.in(directory);
        assertThat(settings.roomFor(10, 0)).isEqualTo(20);
        assertThat(settings.roomFor(10, 4)).isEqualTo(16);
        assertThat(settings.roomFor(10, 1000)).isEqualTo(10);
        assertThat(settings.roomFor(settings.fileLimit() + 1, 1000)).isZero();
    }

    private static void shrink(Path folder) throws IOException {
        setLength(folder.resolve("a.csv"), 5);
    }

    @Test
    void waitsForNoRunThatNeedsAPersonAlsoWhenItWasParkedBefore() throws IOException {
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ofMinutes(1));
        turns.setAside(first, ToMend.NO_JOURNAL.of());
        assertThat(turns.isTurn(second)).isTrue();
        assertThat(turns.isTurn(first)).isFalse();
    }

    @Test
    void goesOnBehindAParkedRunThatSomebodyMovedAway() throws IOException {
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ofMinutes(1));
        turns.comesBehind(second);
        assertThat(turns.isTurn(second)).isFalse();
        Files.move(first, directory.resolve("away"));
        assertThat(turns.isTurn(second)).isTrue();
    }

    @Test
    void letsFilesPassAParkedOneOnlyWhenItsListingsAreKnown() throws IOException {
        open(Drops.withPassing(directory, true));
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ofMinutes(1));
        assertThat(turns.isTurn(second)).isFalse();
        assertThat(turns.isPassed(first)).as("has a place in the queue").isFalse();

        turns.letPass(first);
        assertThat(turns.isTurn(second)).isTrue();
        assertThat(turns.isPassed(first)).isTrue();
    }

    @Test
    void letsNoFilePassOneThatSomebodyMendedAndPutBack() throws IOException {
        open(Drops.withPassing(directory, true));
        Path first = claim();
        Path second = claim();
        turns.letPass(first);
        turns.setAside(first, ToMend.NO_JOURNAL.of());
        Path away = Files.move(first, directory.resolve("away"));
        assertThat(turns.setAside()).isEmpty();
        Files.move(away, first);
        assertThat(turns.isTurn(second)).isFalse();
        assertThat(turns.isTurn(first)).isTrue();
    }

    @Test
    void letsNoFilePassAParkedOneThatAllHaveToWaitFor() throws IOException {
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ofMinutes(1));
        turns.letPass(first);
        assertThat(turns.isTurn(second)).isFalse();
    }

    @Test
    void waitsForNoClaimWhoseFileIsGone() throws IOException {
        Path first = claim();
        Path second = claim();
        Files.delete(first.resolve("a.csv"));
        assertThat(turns.isTurn(first)).isFalse();
        assertThat(turns.isTurn(second)).isTrue();
    }

    /** Handed out or given back, and then the disk failed; or somebody took it away. */
    @Test
    void waitsForNoRunWhoseFileIsGoneLongerThanItWasToWait() throws IOException {
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ofMinutes(1));
        Files.delete(first.resolve("a.csv"));
        assertThat(turns.gone()).as("what was sent of it may come back").isEmpty();
        assertThat(turns.isTurn(second)).isFalse();

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(turns.gone()).containsExactly(first);
        turns.over(first);
        assertThat(turns.gone()).isEmpty();
        assertThat(turns.isTurn(second)).isTrue();
    }

    @Test
    void aFolderThatCannotBeLookedIntoKeepsNoOtherFromBeingPutInOrder() throws IOException {
        Path first = claim();
        Path second = claim();
        turns.await(first, Duration.ZERO);
        turns.await(second, Duration.ZERO);
        Path away = Files.move(first, directory.resolve("away"));
        Files.createFile(first);
        Files.delete(second.resolve("a.csv"));
        assertThat(turns.gone()).containsExactly(second);

        Files.delete(first);
        Files.move(away, first);
        Files.delete(first.resolve("a.csv"));
        assertThat(turns.gone()).as("is not asked all the time").containsExactly(second);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(turns.gone()).containsExactly(first, second);
    }

    /** Its original goes to the archive before its account is over. */
    @Test
    void aRunThatHasItsTurnAgainIsNotGone() throws IOException {
        Path folder = claim();
        turns.await(folder, Duration.ofMinutes(1));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        try (Run run = runs.open(folder)) {
            Files.delete(run.file());
            assertThat(turns.gone()).isEmpty();
        }
    }

    @Test
    void countsEndsOfTheProgramWithARunOpenUntilSomethingComesOfIt() throws IOException {
        Path folder = claim();
        assertThat(runs.open(folder).brokenOff()).isZero();
        assertThat(runs.open(folder).brokenOff()).isOne();
        Run third = runs.open(folder);
        assertThat(third.brokenOff()).isEqualTo(2);
        third.settle(java.util.List.of(Outcome.unchanged(new Position(0, "2"), "1")));
        Run fourth = runs.open(folder);
        assertThat(fourth.brokenOff()).isZero();
        fourth.close();
        assertThat(runs.open(folder).brokenOff()).isZero();
    }

    /** After a crash the first call waits, and whoever ends the program then is not the file. */
    @Test
    void countsNoEndOfTheProgramWhileACallIsDue() throws IOException {
        Path folder = claim();
        for (int start = 1; start <= 4; start++) {
            Run run = runs.open(folder);
            assertThat(run.brokenOff()).as("start " + start).isZero();
            run.gotOn();
        }
    }
}
