package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the limits of this start do not allow, while its run is at its beginning or not. */
class FeedStepsTest {

    @TempDir Path folder;

    private void open(ClaimedRun program, Run run) throws Exception {
        Limits d = Limits.DEFAULT;
        Limits small =
                new Limits(
                        d.field(),
                        d.record(),
                        10,
                        d.ratio(),
                        d.entries(),
                        d.columns(),
                        d.nesting(),
                        d.sharedTexts());
        new FeedSteps(Formats.all(small), program.settings).open(run, Layout.UNSAID);
    }

    @Test
    void isRefusedWhileNoRowOfItIsSettled() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, Map.of());
        try (Run run = program.runs.open(program.claim("a.csv", "id,hs_price\n1,2\n3,4\n"))) {
            program.runs.begin(run, "", "");
            assertThatThrownBy(() -> open(program, run)).isInstanceOf(RefusedFile.class);
        }
    }

    /** The program was killed while its first updates were under way, or what came was unclear. */
    @Test
    void waitsForAPersonOnceARowOfItMayHaveBeenSent() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, Map.of());
        Path inProgress = program.claim("a.csv", "id,hs_price\n1,2\n3,4\n");
        Run killed = program.runs.open(inProgress);
        program.runs.begin(killed, "", "");
        killed.called(false);
        for (int start = 1; start <= 2; start++) {
            try (Run run = program.runs.open(inProgress)) {
                assertThatThrownBy(() -> open(program, run))
                        .as("start " + start)
                        .isInstanceOf(CannotGoOn.class)
                        .hasMessageContaining("FILE_TOO_LARGE");
            }
        }
        for (int start = 1; start <= 3; start++) {
            program.runs.open(inProgress);
        }
        try (Run run = program.runs.open(inProgress)) {
            assertThatThrownBy(() -> open(program, run))
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining("ended 3 times in a row while it worked on a.csv");
        }
    }

    @Test
    void waitsForAPersonOnceARowOfItIsSettled() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, Map.of());
        Path inProgress = program.claim("a.csv", "id,hs_price\n1,2\n3,4\n");
        try (Run run = program.runs.open(inProgress)) {
            program.runs.begin(run, "", "");
            run.settle(
                    List.of(
                            Outcome.failed(
                                    new Position(0, "2"),
                                    "1",
                                    List.of(Reason.of(Code.BAD_QUOTE, "x")))));
        }
        try (Run run = program.runs.open(inProgress)) {
            assertThatThrownBy(() -> open(program, run))
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining(run.id())
                    .hasMessageContaining("FILE_TOO_LARGE")
                    .hasMessageContaining(inProgress.toString());
        }
    }
}
