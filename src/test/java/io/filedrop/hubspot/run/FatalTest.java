package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends the program, however deep it lies, and what does not. */
class FatalTest {

    @TempDir Path folder;

    @Test
    void isADiskThatDoesNotSyncOrNoMemory() {
        IOException io = new IOException("no space left");
        assertThat(Fatal.isIn(new SyncFailure(Path.of("f"), io))).isTrue();
        assertThat(Fatal.isIn(new IOException(new RuntimeException(new OutOfMemoryError()))))
                .isTrue();
        assertThat(Fatal.isIn(io)).isFalse();
        assertThat(Fatal.isIn(new StackOverflowError())).isFalse();
        assertThat(Fatal.isIn(null)).isFalse();
    }

    @Test
    void isNoShareThatCannotSyncAFolder() throws IOException {
        Path share = Files.createDirectories(folder.resolve("share"));
        Path own = Files.createDirectories(folder.resolve("drop"));
        IOException unknown = whatADeviceSays();
        assertThat(Fatal.isIn(new SyncFailure(share, unknown), own)).isFalse();

        assertThat(Fatal.isIn(new SyncFailure(share, unknown))).isTrue();
        assertThat(Fatal.isIn(new SyncFailure(own.resolve("../drop"), unknown), own)).isTrue();
        Path file = Files.createFile(share.resolve("file"));
        assertThat(Fatal.isIn(new SyncFailure(file, unknown), own)).isTrue();
        IOException broken = new IOException("Input/output error");
        assertThat(Fatal.isIn(new SyncFailure(share, broken), own)).isTrue();
        assertThat(Fatal.isIn(new OutOfMemoryError(), own)).isTrue();
    }

    /** EINVAL, as a share says of a folder. */
    private static IOException whatADeviceSays() throws IOException {
        try (FileChannel device =
                FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
            return catchThrowableOfType(IOException.class, () -> device.force(true));
        }
    }
}
