package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What ends the program, however deep it lies, and what does not. */
class FatalTest {

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
}
