package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that waits for a person still has to send. */
class SetAsideFilesTest {

    @TempDir Path folder;

    @Test
    void isNothingOfOneThatIsThroughWhateverBecameOfItsFile() throws Exception {
        ClaimedRun program = new ClaimedRun(folder, Map.of());
        Path inProgress = program.claim("a.csv", "id,hs_price\n1,2\n");
        try (Run run = program.runs.open(inProgress)) {
            program.runs.begin(run, "", "");
            program.runs.through(run, 1);
        }
        Files.writeString(inProgress.resolve("a.csv"), "neither these rows nor any");

        List<Boolean> isAny = new ArrayList<>();
        // It is not even opened.
        new SetAsideFiles(program.runs, null, null)
                .unsent(inProgress, left -> isAny.add(left.hasNext()));

        assertThat(isAny).containsExactly(false);
    }
}
