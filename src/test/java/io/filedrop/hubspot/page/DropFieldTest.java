package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Drops;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFieldTest {

    @TempDir Path directory;

    private DropField field(long reserve) {
        DropSettings drop = Drops.with(directory, Optional.empty(), 1 << 20, reserve);
        return new DropField(
                drop, new DurableFiles(drop.permissions()), new Storage(drop, System::nanoTime));
    }

    @Test
    void takesNoFileThatWouldUseUpTheReserve() throws Exception {
        Path upload = Files.writeString(directory.resolve("upload"), "id\n");

        assertThatThrownBy(() -> field(Long.MAX_VALUE / 2).take("feed.csv", upload))
                .isInstanceOf(DropField.NotTaken.class)
                .hasMessageContaining("feed.csv: its 3 bytes do not fit on the disk here");
        assertThat(directory.resolve("inbox")).doesNotExist();

        assertThat(field(0).take("feed.csv", upload)).isEqualTo("feed.csv");
        assertThat(directory.resolve("inbox")).isDirectoryContaining("glob:**/feed.csv");
    }
}
