package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

    private static final long MIB = 1 << 20;

    @TempDir Path directory;

    private Storage withReserve(long reserve) {
        return new Storage(
                Drops.with(directory, Optional.empty(), 1 << 30, reserve), System::nanoTime);
    }

    @Test
    void putsNothingIntoAnInboxWhoseOwnDiskHasNoRoomAndGoesOnOtherwise() throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        try (SmallDisk disk = SmallDisk.on(inbox, "no inbox had a disk of its own")) {
            assertThat(withReserve(0).roomInInbox()).isPositive().isLessThanOrEqualTo(MIB);

            Storage storage = withReserve(2 * MIB);
            assertThat(storage.roomInInbox()).isNegative();
            assertThat(storage.room()).isPositive();
            assertThat(storage.hasRoom(0)).isTrue();
            assertThat(storage.troubles()).isEmpty();
        }
    }

    @Test
    void putsNoMoreIntoTheInboxThanThereIsRoomForWhatBecomesOfIt() {
        Storage storage = withReserve(Long.MAX_VALUE / 2);
        assertThat(storage.room()).isNegative();
        assertThat(storage.roomInInbox()).isEqualTo(storage.room());
    }
}
