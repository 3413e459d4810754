package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final String TWO_MONTHS_AGO = "20260924T030000000Z";
    private static final String LAST_YEAR = "20251124T030000000Z";

    @TempDir Path directory;

    @Test
    void deletesWhatIsOlderThanTheSettingsSayAndNothingElse() throws IOException {
        make("archive/" + TWO_MONTHS_AGO + "/a.csv", 60);
        make("succeeded/" + TWO_MONTHS_AGO + "/a.csv.succeeded.csv", 60);
        make("failed/" + LAST_YEAR + "/a.csv", 365);
        make("reports/" + LAST_YEAR + ".json", 365);
        make("reports/" + TWO_MONTHS_AGO + ".json", 60);
        make("archive/" + LAST_YEAR + "/finished-late.csv", 3);
        make("archive/somebody/else.csv", 365);
        make("reports/notes.json", 365);
        make(".sftp/gone/results/" + LAST_YEAR + "/a.csv", 365);
        make(".sftp/madrid/results/" + TWO_MONTHS_AGO + "/a.csv", 60);
        make(".sftp/madrid/fetched/0123.json", 365);

        sweep();

        assertThat(directory.resolve("archive/" + TWO_MONTHS_AGO)).doesNotExist();
        assertThat(directory.resolve("failed/" + LAST_YEAR)).doesNotExist();
        assertThat(directory.resolve("reports/" + LAST_YEAR + ".json")).doesNotExist();
        assertThat(directory.resolve("succeeded/" + TWO_MONTHS_AGO)).exists();
        assertThat(directory.resolve("reports/" + TWO_MONTHS_AGO + ".json")).exists();
        assertThat(directory.resolve("archive/" + LAST_YEAR + "/finished-late.csv")).exists();
        assertThat(directory.resolve("archive/somebody/else.csv")).exists();
        assertThat(directory.resolve("reports/notes.json")).exists();
        assertThat(directory.resolve(".sftp/gone/results/" + LAST_YEAR)).doesNotExist();
        assertThat(directory.resolve(".sftp/madrid/results/" + TWO_MONTHS_AGO)).exists();
        assertThat(directory.resolve(".sftp/madrid/fetched/0123.json")).exists();
    }

    @Test
    void leavesARunAloneThatIsInProgress() throws IOException {
        make("reports/" + LAST_YEAR + ".json", 365);
        make("in-progress/" + LAST_YEAR + "/a.csv", 365);
        sweep();
        assertThat(directory.resolve("reports/" + LAST_YEAR + ".json")).exists();
    }

    private void sweep() throws IOException {
        DropSettings settings = Drops.in(directory);
        new Retention(settings, Drops.lease(settings), Clock.fixed(NOW, ZoneOffset.UTC)).sweep();
    }

    private void make(String name, int daysOld) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        FileTime time = FileTime.from(NOW.minus(Duration.ofDays(daysOld)));
        Files.setLastModifiedTime(file, time);
        Files.setLastModifiedTime(file.getParent(), time);
    }
}
