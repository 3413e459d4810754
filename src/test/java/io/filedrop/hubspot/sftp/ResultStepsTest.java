package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.OutcomeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report is what a server gets last, whatever is handed out last here. */
class ResultStepsTest {

    @ParameterizedTest
    @CsvSource({
        "succeeded failed/feed failed/reasons reports archive, failed/feed failed/reasons reports",
        "succeeded reports archive, reports",
        "failed/reasons reports failed/feed, failed/reasons failed/feed reports",
        "reports, reports"
    })
    void keepTheReportLast(String handedOut, String kept) {
        List<OutcomeFile> all = Stream.of(handedOut.split(" ")).map(this::file).toList();
        List<OutcomeFile> order = new ArrayList<>();
        all.forEach(file -> order.addAll(ResultSteps.due(all, file)));
        assertThat(order).extracting(OutcomeFile::name).containsExactly(kept.split(" "));
    }

    private OutcomeFile file(String name) {
        return new OutcomeFile(name.replaceFirst("/.*", ""), name, Path.of(name));
    }
}
