package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimStepsTest {

    @TempDir Path directory;

    private final AtomicLong now = new AtomicLong();
    private Inbox inbox;
    private boolean inUse;
    private ClaimSteps claims;

    @BeforeEach
    void open() throws IOException {
        DropSettings settings = Drops.withPassing(directory, false);
        Files.createDirectories(settings.folders().inbox());
        Storage storage = new Storage(settings, now::get);
        inbox = new Inbox(settings, now::get);
        Turns turns = new Turns(settings, storage, now::get);
        claims =
                new ClaimSteps(
                        new Claims(
                                settings,
                                inbox,
                                new OneInUse(settings.permissions()),
                                Clock.systemUTC(),
                                "test"),
                        inbox,
                        new Leftovers(settings, turns, null, null),
                        turns,
                        storage,
                        new Stopping(null),
                        Drops.lease(settings),
                        settings,
                        null);
    }

    /** Its turn would never come, and in the queue it would be in the way of the others. */
    @Test
    void leavesAFileInTheInboxThatFitsOnceAndNotTwice() throws IOException {
        drop("a.csv", directory.toFile().getUsableSpace() / 10 * 7);
        drop("b.csv", 5);
        assertThat(claims.due()).isEmpty();
        assertThat(claims.isBlocked()).isTrue();

        drop("a.csv", 5);
        assertThat(claims.due()).hasSize(2);
        assertThat(claims.isBlocked()).isFalse();
    }

    /** It could not be removed, and is left to the next start. */
    @Test
    void whatIsLeftOfARunWithoutItsFileTakesNoPlaceInTheQueue() throws IOException {
        for (int run = 0; run < 100; run++) {
            Path folder = Files.createDirectories(directory.resolve("in-progress/" + run));
            Files.createFile(folder.resolve(Journal.FILE_NAME));
        }
        drop("a.csv", 5);
        assertThat(claims.due()).hasSize(1);
        assertThat(claims.isBlocked()).isFalse();
    }

    /** When the inbox could not even be looked at, there is no file to tell of. */
    @Test
    void livesOnWhenItIsNotKnownWhichFileCouldNotBeClaimed() {
        claims.failed(null, new IllegalStateException("the share is gone"));
        assertThat(inbox.hasFailed()).isFalse();
    }

    /**
     * Monday's file is open in a spreadsheet while Tuesday's is not; or newer values would be lost.
     */
    @Test
    void takesNoFileBehindOneOfItsSourceThatCouldNotBeClaimed() throws IOException {
        drop("a.csv", 5);
        drop("b.csv", 5);
        List<Inbox.Ready> due = claims.due();
        inUse = true;
        assertThatThrownBy(() -> claims.take(due.get(0))).hasMessageContaining("busy");
        claims.failed(due.get(0), new IOException("busy"));
        claims.take(due.get(1));
        assertThat(directory.resolve("inbox/b.csv")).exists();

        inUse = false;
        inbox.waiting();
        now.addAndGet(Drops.STABLE_FOR.toNanos());
        for (Inbox.Ready file : claims.due()) {
            claims.take(file);
        }
        assertThat(directory.resolve("inbox")).isEmptyDirectory();
    }

    private class OneInUse extends DurableFiles {

        OneInUse(Set<PosixFilePermission> permissions) {
            super(permissions);
        }

        @Override
        void permit(Path file) throws IOException {
            if (inUse && file.endsWith("a.csv")) {
                throw new IOException("busy");
            }
            super.permit(file);
        }
    }

    private void drop(String name, long bytes) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("inbox").resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
        for (int looks = 0; looks < 2; looks++) {
            inbox.waiting();
            now.addAndGet(Drops.STABLE_FOR.toNanos());
        }
    }
}
