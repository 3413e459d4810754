package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a file is refused, when its run waits for a person instead, and how its reader ends. */
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
                        d.sharedTexts(),
                        d.names());
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

    /** Whoever sets a run back closes its file first, and has to come to the rest. */
    @ParameterizedTest
    @ValueSource(classes = {IOException.class, IllegalStateException.class})
    void closesAFileAlsoWhenItsReaderCannot(Class<? extends Exception> kind) throws Exception {
        Exception fault = kind.getConstructor(String.class).newInstance("stale file handle");
        boolean[] isAsked = {false};
        Feed feed =
                new Feed() {
                    @Override
                    public Columns columns() {
                        return null;
                    }

                    @Override
                    public Record next() {
                        return null;
                    }

                    @Override
                    public long bytesRead() {
                        return 0;
                    }

                    @Override
                    public void close() throws IOException {
                        isAsked[0] = true;
                        if (fault instanceof IOException e) {
                            throw e;
                        }
                        throw (RuntimeException) fault;
                    }
                };

        new FeedSteps(null, null).close(feed);

        assertThat(isAsked).containsExactly(true);
    }
}
