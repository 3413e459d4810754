package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file whose claim fails, or is taken back: it is never lost. */
class ClaimsTest {

    private static final Instant MODIFIED = Instant.parse("2026-11-20T03:04:05Z");
    private static final String TEXT = "id,hs_price\n1,2\n";

    @TempDir Path directory;

    private DropSettings settings;
    private Path dropped;
    private Inbox.Ready seen;

    @BeforeEach
    void drop() throws IOException {
        settings = Drops.in(directory);
        Files.createDirectories(settings.folders().inbox());
        dropped = Files.writeString(settings.folders().inbox().resolve("a.csv"), TEXT);
        Files.setLastModifiedTime(dropped, FileTime.from(MODIFIED));
        seen = Inbox.Ready.of(dropped, "", attributes(dropped));
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /** A disk on which the dropped file belongs to another user. */
    private class OfAnotherUser extends DurableFiles {

        OfAnotherUser() {
            super(settings.permissions());
        }

        @Override
        void permit(Path file) throws IOException {
            if (attributes(file).fileKey().equals(seen.key())) {
                throw new FileSystemException(file.toString(), null, "Operation not permitted");
            }
            super.permit(file);
        }
    }

    /** What happens at a moment of a claim. */
    private interface Event {
        void happen() throws IOException;
    }

    /** The same without a place for a copy, and with something that happens when it is ours. */
    private class WithoutRoom extends OfAnotherUser {

        private final Event event;

        WithoutRoom(Event event) {
            this.event = event;
        }

        @Override
        void permit(Path file) throws IOException {
            if (file.endsWith("a.csv")) {
                event.happen();
            }
            if (file.toString().endsWith(".tmp")) {
                throw new FileSystemException(file.toString(), null, "No space left on device");
            }
            super.permit(file);
        }
    }

    private Claims claims(DurableFiles files) {
        Inbox inbox = new Inbox(settings, System::nanoTime);
        return new Claims(settings, inbox, files, Clock.systemUTC(), "test");
    }

    @Test
    void takesAFileOfAnotherUserAsACopyOfItsOwn() throws Exception {
        DurableFiles files = new OfAnotherUser();
        Path folder = claims(files).take(seen).orElseThrow();

        Path taken = folder.resolve("a.csv");
        assertThat(taken).hasContent(TEXT);
        assertThat(attributes(taken).fileKey()).isNotEqualTo(seen.key());
        assertThat(Files.getLastModifiedTime(taken).toInstant()).isEqualTo(MODIFIED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken)))
                .isEqualTo("rw-r-----");
        assertThat(settings.folders().inbox()).isEmptyDirectory();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".journal", "a.csv");

        new Keep(settings.folders(), files)
                .keep("archive", new OutcomeFile("archive", "run/a.csv", taken));
        assertThat(settings.folders().archive().resolve("run/a.csv")).exists();
    }

    @Test
    void leavesAFileInTheInboxThatCannotBeMadeItsOwn() {
        Claims claims = claims(new WithoutRoom(() -> {}));

        assertThatThrownBy(() -> claims.take(seen)).hasMessageContaining("No space left");

        assertThat(dropped).hasContent(TEXT);
        assertThat(settings.folders().inProgress()).isEmptyDirectory();
    }

    @Test
    void copiesNoFileThatIsRefusedForItsSize() {
        settings = Drops.with(directory, Optional.empty(), TEXT.length() - 1, 0);
        Claims claims = claims(new OfAnotherUser());

        assertThatThrownBy(() -> claims.take(seen)).hasMessageContaining("not permitted");

        assertThat(dropped).hasContent(TEXT);
        assertThat(settings.folders().inProgress()).isEmptyDirectory();
    }

    @Test
    void putsAFileBackBesideANewOneOfItsName() throws Exception {
        Claims claims = claims(new WithoutRoom(() -> Files.writeString(dropped, "new")));

        assertThatThrownBy(() -> claims.take(seen)).hasMessageContaining("No space left");

        assertThat(dropped).hasContent("new");
        assertThat(settings.folders().inbox().toFile().listFiles((d, n) -> n.startsWith("a-")))
                .singleElement()
                .satisfies(back -> assertThat(back).hasContent(TEXT));
        assertThat(settings.folders().inProgress()).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBePutBackIsARun() throws Exception {
        // The folder that it came from is gone by then.
        Claims claims = claims(new WithoutRoom(() -> Files.delete(dropped.getParent())));

        assertThatThrownBy(() -> claims.take(seen)).hasMessageContaining("No space left");

        assertThat(claims.folders())
                .singleElement()
                .satisfies(run -> assertThat(run.resolve("a.csv")).hasContent(TEXT));
    }

    @Test
    void aFileIsARunWhenTheProgramEndsBecauseOfTheDisk() throws Exception {
        Claims claims =
                claims(
                        new DurableFiles(settings.permissions()) {
                            @Override
                            void permit(Path file) throws IOException {
                                if (file.endsWith("a.csv")) {
                                    throw new SyncFailure(file, new IOException("I/O error"));
                                }
                            }
                        });

        assertThatThrownBy(() -> claims.take(seen)).isInstanceOf(SyncFailure.class);

        assertThat(claims.folders())
                .singleElement()
                .satisfies(run -> assertThat(run.resolve("a.csv")).hasContent(TEXT));
    }

    @Test
    void leavesAFileWhereItIsThatItMayNotRead() throws Exception {
        Files.setPosixFilePermissions(dropped, PosixFilePermissions.fromString("---------"));
        boolean isReadable = Files.isReadable(dropped);
        if (isReadable) {
            System.out.println("SKIPPED: root may read every file, so none was forbidden.");
        }
        assumeFalse(isReadable, "root may read everything");
        Claims claims = claims(new DurableFiles(settings.permissions()));

        assertThatThrownBy(() -> claims.take(seen)).hasMessageContaining("may not read it");

        assertThat(dropped).exists();
        assertThat(settings.folders().inProgress()).isEmptyDirectory();
    }

    @Test
    void aFileThatIsGivenBackMayBeTakenAgain() throws Exception {
        settings = Drops.withMarker(directory, ".done");
        Path marker = Files.createFile(dropped.resolveSibling("a.csv.done"));
        DurableFiles files = new DurableFiles(settings.permissions());
        Claims claims = claims(files);
        Path folder = claims.take(seen).orElseThrow();
        assertThat(marker).doesNotExist();
        Files.writeString(folder.resolve("a.csv"), TEXT + "3,4\n");

        Entry.Claimed claimed = History.read(folder).claimed();
        assertThat(claims.giveBack(folder, claimed)).isTrue();

        assertThat(dropped).hasContent(TEXT + "3,4\n");
        assertThat(marker).exists();
    }

    @Test
    void aFileThatIsGivenBackBesideANewOneMayBeTakenAgain() throws Exception {
        settings = Drops.withMarker(directory, ".done");
        Claims claims = claims(new DurableFiles(settings.permissions()));
        Path folder = claims.take(seen).orElseThrow();
        Files.writeString(folder.resolve("a.csv"), TEXT + "3,4\n");
        Files.writeString(dropped, "new, and not finished yet");

        Entry.Claimed claimed = History.read(folder).claimed();
        assertThat(claims.giveBack(folder, claimed)).isTrue();

        String other = "a-" + folder.getFileName() + ".csv";
        assertThat(dropped.resolveSibling(other)).hasContent(TEXT + "3,4\n");
        assertThat(dropped.resolveSibling(other + ".done")).exists();
        assertThat(dropped.resolveSibling("a.csv.done")).doesNotExist();
    }

    @Test
    void aFileThatComesWhileAnotherIsGivenBackIsNotOverwritten() throws Exception {
        settings = Drops.withMarker(directory, ".done");
        DurableFiles files =
                new DurableFiles(settings.permissions()) {
                    @Override
                    public boolean createEmpty(Path marker) throws IOException {
                        if (!Files.exists(dropped)) {
                            Files.writeString(dropped, "new, and not finished yet");
                        }
                        return super.createEmpty(marker);
                    }
                };
        Claims claims = claims(files);
        Path folder = claims.take(seen).orElseThrow();
        Files.writeString(folder.resolve("a.csv"), TEXT + "3,4\n");

        Entry.Claimed claimed = History.read(folder).claimed();
        assertThat(claims.giveBack(folder, claimed)).isTrue();

        assertThat(dropped).hasContent("new, and not finished yet");
        assertThat(dropped.resolveSibling("a.csv.done")).doesNotExist();
        String other = "a-" + folder.getFileName() + ".csv";
        assertThat(dropped.resolveSibling(other)).hasContent(TEXT + "3,4\n");
        assertThat(dropped.resolveSibling(other + ".done")).exists();
    }

    /** A copy from a share may take minutes, and have no end while the share does not answer. */
    @Test
    @Timeout(20)
    void aClaimKeepsNoOtherRunFromBeginning() throws Exception {
        AtomicReference<Event> event = new AtomicReference<>(() -> {});
        Claims claims =
                claims(
                        new DurableFiles(settings.permissions()) {
                            @Override
                            void permit(Path file) throws IOException {
                                if (file.endsWith("a.csv")) {
                                    event.get().happen();
                                }
                                super.permit(file);
                            }
                        });
        Path grown = Files.writeString(dropped.resolveSibling("b.csv"), TEXT);
        Path other = claims.take(Inbox.Ready.of(grown, "", attributes(grown))).orElseThrow();
        Files.writeString(other.resolve("b.csv"), TEXT + "3,4\n");
        Entry.Claimed claimed = History.read(other).claimed();
        FutureTask<Boolean> givenBack = new FutureTask<>(() -> claims.giveBack(other, claimed));
        event.set(
                () -> {
                    new Thread(givenBack).start();
                    try {
                        assertThat(givenBack.get()).isTrue();
                    } catch (InterruptedException | ExecutionException e) {
                        throw new IOException(e);
                    }
                });

        assertThat(claims.take(seen)).isPresent();

        assertThat(givenBack).isDone();
        assertThat(grown).hasContent(TEXT + "3,4\n");
    }
}
