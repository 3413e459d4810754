package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which runs go on, and which wait for a person without holding up the others. */
class RunsTest {

    private static final Map<String, String> IGNORE = Map.of("drop.empty-values", "ignore");

    @TempDir Path folder;

    private Path begun(Map<String, String> meaning) throws Exception {
        ClaimedRun first = new ClaimedRun(folder, meaning);
        Path inProgress = first.claim("a.csv", "id,hs_price\n1,2\n");
        try (Run run = first.runs.open(inProgress)) {
            first.runs.begin(run, "", "");
        }
        return inProgress;
    }

    @Test
    void goesOnWithTheSettingsItBeganWith() throws Exception {
        Path inProgress = begun(IGNORE);

        try (Run run = new ClaimedRun(folder, IGNORE).runs.open(inProgress)) {
            assertThat(run.opened().orElseThrow().settings()).isEqualTo(IGNORE);
        }
    }

    @Test
    void doesNotGoOnWithASettingThatMeansSomethingElse() throws Exception {
        Path inProgress = begun(IGNORE);
        ClaimedRun later = new ClaimedRun(folder, Map.of("drop.empty-values", "clear"));

        assertThatThrownBy(() -> later.runs.open(inProgress))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageContaining("drop.empty-values=ignore")
                .hasMessageContaining("'clear'");
    }

    @Test
    void closesTheAccountWhateverTheSettingsAreByThen() throws Exception {
        ClaimedRun first = new ClaimedRun(folder, IGNORE);
        Path inProgress = begun(IGNORE);
        try (Run run = first.runs.open(inProgress)) {
            first.runs.through(run, 0);
        }

        try (Run run = new ClaimedRun(folder, Map.of()).runs.open(inProgress)) {
            assertThat(run.isThrough()).isTrue();
        }
    }

    @Test
    void doesNotGoOnWithAFileThatSomebodyChanged() throws Exception {
        Path inProgress = begun(IGNORE);
        Files.writeString(inProgress.resolve("a.csv"), "id,hs_price\n1,3\n");

        assertThatThrownBy(() -> new ClaimedRun(folder, IGNORE).runs.open(inProgress))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageContaining("a.csv");
    }

    @Test
    void leavesTheJournalOfANewerVersionAlone() throws Exception {
        Path inProgress = begun(IGNORE);
        Path journal = inProgress.resolve(Journal.FILE_NAME);
        byte[] newer =
                new String(
                                JournalFormat.encode(
                                        new JournalFormat.Line(
                                                0,
                                                new Entry.Claimed(
                                                        "r", "a.csv", "", 1, Instant.EPOCH, "9"))))
                        .replace("\"claimed\"," + JournalFormat.VERSION, "\"claimed\",99")
                        .getBytes();
        Files.write(journal, JournalTest.withCrc(newer));

        assertThatThrownBy(() -> new ClaimedRun(folder, IGNORE).runs.open(inProgress))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageContaining("journal format 99")
                .hasMessageContaining("newer version");
        assertThat(Files.readAllBytes(journal)).isEqualTo(JournalTest.withCrc(newer));
    }

    @Test
    void aRunBehindOneThatIsSetAsideWaitsUntilThatOneIsGoneAndHoldsUpNoOther() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, IGNORE);
        Path first = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        Path third = program.claim("c.csv", "id\n");
        program.turns.setAside(first, ToMend.NO_JOURNAL.of());
        try (Run run = program.runs.open(second)) {
            run.withhold();
            program.runs.park(run, new Run.Stop(WhyParked.EARLIER_FILE.of(), Instant.EPOCH), 1);
        }

        assertThat(program.turns.isTurn(second)).isFalse();
        assertThat(program.turns.isTurn(third)).isTrue();

        Files.move(first, folder.resolve("away"));
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** It has rows left that wait for its own time, and the earlier run has no claim to them. */
    @Test
    void aRunThatIsParkedForAnotherReasonGoesOnAtItsOwnTimeAlsoWithRowsHeldBack() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, IGNORE);
        Path first = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        Path third = program.claim("c.csv", "id\n");
        program.turns.setAside(first, ToMend.NO_JOURNAL.of());
        Run.Stop quotaGone = new Run.Stop(WhyParked.QUOTA_GONE.of("it"), Instant.EPOCH);
        try (Run run = program.runs.open(second)) {
            run.withhold();
            program.runs.park(run, quotaGone, 1);
        }

        assertThat(program.turns.isTurn(third)).as("goes first").isFalse();
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    @Test
    void givesAFileBackThatGrewBeforeItsRunBegan() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, IGNORE);
        Path inProgress = program.claim("a.csv", "id,hs_price\n1,2\n");
        Files.writeString(inProgress.resolve("a.csv"), "3,4\n", StandardOpenOption.APPEND);
        Path inbox = program.settings.folders().inbox();
        Files.writeString(inbox.resolve("a.csv"), "another");

        assertThatThrownBy(() -> program.runs.open(inProgress)).isInstanceOf(GivenBack.class);

        assertThat(inProgress).doesNotExist();
        assertThat(inbox.resolve("a-" + inProgress.getFileName() + ".csv"))
                .hasContent("id,hs_price\n1,2\n3,4\n");
        assertThat(inbox.resolve("a.csv")).hasContent("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,4\n", ""})
    void closesNoAccountOfAFileThatWasWrittenToWhileItWasRead(String more) throws Exception {
        ClaimedRun program = new ClaimedRun(folder, IGNORE);
        Path inProgress = program.claim("a.csv", "id,hs_price\n1,2\n");
        Path file = inProgress.resolve("a.csv");
        try (Run run = program.runs.open(inProgress)) {
            program.runs.begin(run, "", "");
            Files.writeString(file, more, StandardOpenOption.APPEND);
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

            assertThatThrownBy(() -> program.runs.through(run, 1))
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining("was written to while its rows were sent")
                    .hasMessageContaining(
                            "16 bytes when it was taken, and has " + (16 + more.length()));
        }
        assertThat(History.read(inProgress).closed()).isEmpty();
    }

    @Test
    void seesOfADamagedRunWhatStandsInFrontOfTheDamage() throws Exception {
        Path inProgress = begun(IGNORE);
        ClaimedRun later = new ClaimedRun(folder, IGNORE);
        try (Run run = later.runs.open(inProgress)) {
            run.settle(List.of(settled(0)));
            run.settle(List.of(settled(1)));
            run.settle(List.of(settled(2)));
        }
        Path journal = inProgress.resolve(Journal.FILE_NAME);
        List<String> lines = Files.readAllLines(journal);
        lines.set(3, lines.get(3).replace('1', '7'));
        Files.write(journal, lines);

        assertThatThrownBy(() -> later.runs.open(inProgress)).hasMessageContaining("damaged");
        Glance glance = later.runs.glance(inProgress);

        assertThat(glance.file()).isEqualTo(inProgress.resolve("a.csv"));
        assertThat(glance.opened()).isPresent();
        assertThat(glance.settled().stream()).containsExactly(0);

        Files.writeString(glance.file(), "id,hs_price\n7,2\n");
        assertThatThrownBy(() -> later.runs.glance(inProgress)).isInstanceOf(CannotGoOn.class);
    }

    /** Everything of it is sent; what cannot be made is its account. */
    @Test
    void seesThatNothingIsLeftToSendWhateverBecameOfTheFile() throws Exception {
        Path inProgress = begun(IGNORE);
        ClaimedRun later = new ClaimedRun(folder, IGNORE);
        try (Run run = later.runs.open(inProgress)) {
            later.runs.through(run, 0);
        }
        Files.writeString(inProgress.resolve("a.csv"), "id,hs_price\n7,2\n");
        later.turns.avoid(inProgress);
        assertThat(later.runs.glance(inProgress).isThrough()).isTrue();

        Files.delete(inProgress.resolve("a.csv"));
        assertThat(new ClaimedRun(folder, Map.of()).runs.glance(inProgress).isThrough()).isTrue();
    }

    private static Outcome settled(long ordinal) {
        return Outcome.failed(
                new Position(ordinal, ""), "1", List.of(Reason.of(Code.BAD_QUOTE, "x")));
    }

    /** HubSpot holds nothing of it, so that it can still be refused without asking a person. */
    @Test
    void aFileMayBeRefusedOfWhichNoCallHasLeft() throws Exception {
        Path inProgress = begun(IGNORE);
        try (Run run = new ClaimedRun(folder, IGNORE).runs.open(inProgress)) {
            run.called(false);
            run.called(false);
            run.notCalled(false);
            assertThat(run.mayBeRefused()).as("one is under way").isFalse();
            run.notCalled(false);
            assertThat(run.mayBeRefused()).isTrue();
        }
        try (Run run = new ClaimedRun(folder, IGNORE).runs.open(inProgress)) {
            assertThat(run.mayBeRefused()).as("at the next start").isTrue();
            run.called(false);
        }
        try (Run run = new ClaimedRun(folder, IGNORE).runs.open(inProgress)) {
            run.called(false);
            run.notCalled(false);
            assertThat(run.mayBeRefused()).as("one left at the start before").isFalse();
        }
    }

    @Test
    void aRunSetAsideHoldsUpNoOther() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, IGNORE);
        Path first = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");

        assertThat(program.turns.setAside(first, ToMend.NO_JOURNAL.of())).isTrue();
        assertThat(program.turns.setAside(first, ToMend.NO_JOURNAL.of())).isFalse();

        assertThat(program.turns.isTurn(first)).isFalse();
        assertThat(program.turns.isTurn(second)).isTrue();
    }
}
