package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of the folders that a crash left in {@code in-progress/}. */
class LeftoversTest {

    @TempDir Path directory;

    private final List<String> told = new ArrayList<>();
    private ClaimedRun program;
    private Path folder;

    @BeforeEach
    void claim() throws Exception {
        program = new ClaimedRun(directory, Map.of());
        folder = program.claim("a.csv", "id,hs_price\n1,2\n");
    }

    private void tidy() throws Exception {
        leftovers().tidy();
    }

    private Leftovers leftovers() {
        Accounts accounts =
                new Accounts(program.files, (f, w, out) -> {}, Clock.systemUTC(), "test");
        Endings endings =
                new Endings() {
                    @Override
                    public void reported(Report report) {
                        told.add(report.status() + " " + report.count(Outcome.Kind.FAILED));
                    }

                    @Override
                    public void setBack() {
                        told.add("set back");
                    }

                    @Override
                    public void mustEnd(Throwable fault) {
                        told.add("sync failed");
                    }
                };
        return new Leftovers(program.settings, program.turns, accounts, endings);
    }

    @Test
    void aRunWithItsFileIsLeftToItsTurn() throws Exception {
        tidy();

        assertThat(folder.resolve("a.csv")).exists();
        assertThat(program.turns.isTurn(folder)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void aFolderWithoutAJournalGoes() throws Exception {
        Files.delete(folder.resolve("a.csv"));
        Files.delete(folder.resolve(Journal.FILE_NAME));
        Files.writeString(folder.resolve(".report.json"), "{}");

        tidy();

        assertThat(folder).doesNotExist();
    }

    @Test
    void aClaimWhoseFileWasNeverMovedGoes() throws Exception {
        Files.delete(folder.resolve("a.csv"));

        tidy();

        assertThat(folder).doesNotExist();
        assertThat(told).isEmpty();
    }

    @Test
    void aTornBeginningWithoutAFileGoes() throws Exception {
        Files.delete(folder.resolve("a.csv"));
        Files.writeString(folder.resolve(Journal.FILE_NAME), "12345678 0 [\"clai");

        tidy();

        assertThat(folder).doesNotExist();
    }

    @Test
    void aRunThatWasHandedOutCountsForTheExitCodeAndGoes() throws Exception {
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
            run.settle(
                    List.of(
                            Outcome.failed(
                                    new Position(0, "2"),
                                    "1",
                                    List.of(Reason.of(Code.BAD_QUOTE, "x")))));
            program.runs.through(run, 1);
        }
        Files.delete(folder.resolve("a.csv"));

        tidy();

        assertThat(folder).doesNotExist();
        assertThat(told).containsExactly("COMPLETED 1");
    }

    @Test
    void aRunThatBeganAndHasNoFileWaitsForAPerson() throws Exception {
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
        }
        Files.delete(folder.resolve("a.csv"));

        tidy();

        assertThat(folder).exists();
        assertThat(program.turns.isTurn(folder)).isFalse();
        assertThat(told).containsExactly("set back");
    }

    @Test
    void aFolderThatCannotBePutInOrderIsToldOfAndHoldsUpNoOther() throws Exception {
        Path stubborn = folder.resolveSibling("0");
        Files.createDirectories(stubborn.resolve(".of-somebody/else"));
        Files.delete(folder.resolve("a.csv"));

        tidy();

        assertThat(stubborn).exists();
        assertThat(folder).doesNotExist();
        assertThat(told).containsExactly("set back");
    }

    /** The original was handed out, and then the disk failed: only the folder is left to remove. */
    @Test
    void aRunThatWasHandedOutAndThenSetBackGoesWhenItsTimeHasCome() throws Exception {
        Path second = program.claim("b.csv", "id\n");
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
            program.runs.through(run, 0);
        }
        Files.delete(folder.resolve("a.csv"));
        program.turns.await(folder, Duration.ZERO);
        assertThat(program.turns.isTurn(second)).isFalse();

        leftovers().tidyGone();

        assertThat(folder).doesNotExist();
        assertThat(told).containsExactly("COMPLETED 0");
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** Given back to the inbox, but the folder could not be removed. */
    @Test
    void aClaimThatWasGivenBackHalfwayGoesWhenItsTimeHasCome() throws Exception {
        Path second = program.claim("b.csv", "id\n");
        Files.delete(folder.resolve("a.csv"));
        program.turns.await(folder, Duration.ZERO);

        leftovers().tidyGone();

        assertThat(folder).doesNotExist();
        assertThat(told).isEmpty();
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    @Test
    void aParkedRunWhoseFileSomebodyTookAwayWaitsForAPersonAndHoldsUpNoOther() throws Exception {
        Path second = program.claim("b.csv", "id\n");
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
            program.runs.park(run, new Run.Stop(WhyParked.NO_ROOM.of(), Instant.EPOCH), 0);
        }
        Files.delete(folder.resolve("a.csv"));
        assertThat(program.turns.isTurn(second)).isFalse();

        leftovers().tidyGone();

        assertThat(program.turns.setAside()).containsOnlyKeys(folder);
        assertThat(told).containsExactly("set back");
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    @Test
    void aRunWithoutItsFileThatCannotBePutInOrderIsToldOfOnceAndHoldsUpNoOther() throws Exception {
        Path second = program.claim("b.csv", "id\n");
        Files.delete(folder.resolve("a.csv"));
        Files.createDirectories(folder.resolve(".of-somebody/else"));
        program.turns.await(folder, Duration.ZERO);

        leftovers().tidyGone();
        leftovers().tidyGone();

        assertThat(folder).exists();
        assertThat(told).containsExactly("set back");
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** Claimed from another mount of the same disk, or given back, and cut off in between. */
    @Test
    void aClaimWhoseFileIsInTheInboxAsWellGoes() throws Exception {
        Path original = program.settings.folders().inbox().resolve("a.csv");
        Files.createLink(original, folder.resolve("a.csv"));

        tidy();

        assertThat(folder).doesNotExist();
        assertThat(original).hasContent("id,hs_price\n1,2\n");
        assertThat(told).isEmpty();
    }

    @Test
    void aClaimWhoseFileIsInTheInboxUnderANameThatIsNotKeptGoes() throws Exception {
        Path odd = program.claim("a\nb.csv", "id\n");
        assertThat(odd.resolve("a_b.csv")).exists();
        Path original = program.settings.folders().inbox().resolve("a\nb.csv");
        Files.copy(odd.resolve("a_b.csv"), original);

        tidy();

        assertThat(odd).doesNotExist();
        assertThat(original).exists();
        assertThat(folder).exists();
    }

    @Test
    void aClaimWhoseFileWentBackBesideANewOneGoes() throws Exception {
        Path inbox = program.settings.folders().inbox();
        Files.writeString(inbox.resolve("a.csv"), "new");
        Path back = inbox.resolve("a-" + folder.getFileName() + ".csv");
        Files.createLink(back, folder.resolve("a.csv"));

        tidy();

        assertThat(folder).doesNotExist();
        assertThat(back).exists();
    }

    @Test
    void aClaimStaysWhenAnotherFileOfItsNameIsInTheInbox() throws Exception {
        Path other = program.settings.folders().inbox().resolve("a.csv");
        Files.writeString(other, "id,hs_price\n1,3\n");

        tidy();

        assertThat(folder.resolve("a.csv")).exists();
        assertThat(other).exists();
    }

    @Test
    void aRunThatBeganStaysWhenItsFileWasDroppedAgain() throws Exception {
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
        }
        Path again = program.settings.folders().inbox().resolve("a.csv");
        Files.copy(folder.resolve("a.csv"), again);

        tidy();

        assertThat(folder.resolve("a.csv")).exists();
        assertThat(again).exists();
    }

    /** The program ended between the claim and that. */
    @Test
    void removesTheMarkerOfAFileThatWasClaimedAndLeavesTheNextOnes() throws Exception {
        program = new ClaimedRun(Drops.withMarker(directory, ".done"), Map.of());
        Path inbox = program.settings.folders().inbox();
        for (String name : List.of("a.csv", "b.csv", "c.csv")) {
            program.claim(name, "id\n");
            Path marker = Files.createFile(inbox.resolve(name + ".done"));
            if (!name.equals("c.csv")) {
                Files.setLastModifiedTime(marker, FileTime.from(Instant.EPOCH));
            }
        }
        Files.writeString(inbox.resolve("b.csv"), "id\n1\n");

        tidy();

        assertThat(inbox.toFile().list())
                .as("of the next b.csv, and of a c.csv that is about to come")
                .containsExactlyInAnyOrder("b.csv", "b.csv.done", "c.csv.done");
    }
}
