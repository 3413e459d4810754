package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final long SETTLED = Drops.STABLE_FOR.toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir Path directory;

    private final AtomicLong now = new AtomicLong();
    private DropSettings settings;
    private Inbox inbox;
    private Claims claims;

    @BeforeEach
    void open() throws IOException {
        use(Drops.in(directory));
        Files.createDirectories(settings.folders().inbox());
    }

    private void use(DropSettings drop) {
        settings = drop;
        inbox = new Inbox(settings, now::get);
        claims =
                new Claims(
                        settings,
                        inbox,
                        new DurableFiles(settings.permissions()),
                        Clock.systemUTC(),
                        "test");
    }

    private Path drop(String name, int second) throws IOException {
        Path file = settings.folders().inbox().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "id\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        return file;
    }

    private List<String> due() throws IOException {
        return inbox.due().stream()
                .map(f -> settings.folders().inbox().relativize(f.file()).toString())
                .toList();
    }

    private void settle() throws IOException {
        inbox.due();
        now.addAndGet(SETTLED + 1);
    }

    @Test
    void takesTheOldestFirstThenByName() throws IOException {
        drop("c.csv", 1);
        drop("b.csv", 2);
        drop("a.csv", 2);
        drop("d.csv", 0);
        assertThat(due()).isEmpty();
        settle();
        assertThat(due()).containsExactly("d.csv", "c.csv", "a.csv", "b.csv");
    }

    @Test
    void letsNoFileOvertakeAnOlderOneThatIsStillWritten() throws IOException {
        drop("new.csv", 9);
        settle();
        drop("old.csv", 5);
        now.addAndGet(SETTLED);
        assertThat(due()).isEmpty();
        now.addAndGet(SETTLED);
        assertThat(due()).containsExactly("old.csv", "new.csv");
    }

    @Test
    void givesEverySourceItsTurn() throws IOException {
        for (int i = 0; i < 5; i++) {
            drop("many/" + i + ".csv", i);
        }
        drop("z/first.csv", 100);
        drop("z/second.csv", 101);
        drop("own.csv", 200);
        settle();
        assertThat(due())
                .containsExactly(
                        "many/0.csv",
                        "z/first.csv",
                        "own.csv",
                        "many/1.csv",
                        "z/second.csv",
                        "many/2.csv",
                        "many/3.csv",
                        "many/4.csv");
        claims.take(inbox.due().get(0));
        now.addAndGet(SETTLED);
        assertThat(due()).startsWith("z/first.csv", "own.csv", "many/1.csv");
    }

    @Test
    @Timeout(20)
    void opensNothingThatIsNoRegularFile() throws Exception {
        Path in = settings.folders().inbox();
        assertThat(
                        new ProcessBuilder("mkfifo", in.resolve("fifo.csv").toString())
                                .start()
                                .waitFor())
                .isZero();
        Files.createSymbolicLink(in.resolve("link.csv"), drop("../outside.csv", 1));
        Files.createSymbolicLink(in.resolve("source"), directory);
        Files.createDirectories(in.resolve("madrid/below"));
        Files.writeString(in.resolve("madrid/below/x.csv"), "id\n");
        Path socket = Files.createTempDirectory("s").resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.move(socket, in.resolve("socket.csv"));
            settle();
            assertThat(due()).isEmpty();
            assertThat(inbox.waiting()).isZero();
        }
    }

    @Test
    void seesAtOnceWhatCameAfterAnEarlierLook() throws IOException {
        // Each look takes a second by this clock, so that the next one is far away.
        Inbox slow = new Inbox(settings, () -> now.addAndGet(1_000_000_000L));
        assertThat(slow.waiting()).isZero();
        drop("a.csv", 1);
        assertThat(slow.waiting()).as("what the earlier look saw").isZero();
        assertThat(slow.waitingNow()).isEqualTo(1);
    }

    @Test
    void waitsForTheMarker() throws IOException {
        use(Drops.withMarker(directory, ".done"));
        Path file = drop("a.csv", 1);
        Path lonely = drop("b.csv.done", 1);
        settle();
        assertThat(due()).isEmpty();
        Path marker = drop("a.csv.done", 1);
        now.addAndGet(SETTLED);
        assertThat(due()).containsExactly("a.csv");
        assertThat(claims.take(inbox.due().get(0))).isPresent();
        assertThat(file).doesNotExist();
        assertThat(marker).doesNotExist();
        assertThat(lonely).exists();
    }

    @Test
    void putsAFileBackThatWasChangedAfterTheLastLook() throws IOException {
        Path file = drop("a.csv", 1);
        settle();
        Inbox.Ready seen = inbox.due().get(0);
        Files.writeString(file, "id\n1\n");

        assertThat(claims.take(seen)).isEmpty();

        assertThat(file).hasContent("id\n1");
        assertThat(claims.folders()).isEmpty();
        assertThat(settings.folders().inProgress()).isEmptyDirectory();
        now.addAndGet(SETTLED);
        assertThat(due()).isEmpty();
        now.addAndGet(SETTLED);
        assertThat(due()).containsExactly("a.csv");
    }

    @Test
    void putsAFileBackThatWasReplacedAfterTheLastLook() throws IOException {
        Path file = drop("a.csv", 1);
        settle();
        Inbox.Ready seen = inbox.due().get(0);
        Files.move(file, directory.resolve("kept"));
        drop("a.csv", 1);
        assertThat(claims.take(seen)).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void takesTheSameNameTwiceAsTwoRuns() throws IOException {
        for (int i = 0; i < 2; i++) {
            drop("a.csv", 1);
            settle();
            assertThat(claims.take(inbox.due().get(0))).isPresent();
        }
        assertThat(claims.folders())
                .hasSize(2)
                .allSatisfy(folder -> assertThat(folder.resolve("a.csv")).exists());
    }

    @Test
    void keepsAClaimedFileUnderTheSettingsPermissions() throws IOException {
        drop("a.csv", 1);
        settle();
        Path folder = claims.take(inbox.due().get(0)).orElseThrow();
        assertThat(permissions(folder)).isEqualTo("rwxr-x---");
        assertThat(permissions(folder.resolve("a.csv"))).isEqualTo("rw-r-----");
        assertThat(permissions(folder.resolve(Journal.FILE_NAME))).isEqualTo("rw-r-----");
    }

    private static String permissions(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file));
    }

    @Test
    void letsNoFileOvertakeAnOlderOneThatCannotBeTakenForAMoment() throws IOException {
        drop("a.csv", 1);
        drop("b.csv", 2);
        drop("other/c.csv", 3);
        settle();
        for (int retry = 0; retry < settings.claimRetries(); retry++) {
            Inbox.Ready newer = inbox.due().get(2);
            assertThat(newer.file()).hasFileName("b.csv");
            inbox.failed(inbox.due().get(1));
            assertThat(inbox.mayBeTaken(newer)).as("also not in the same round").isFalse();
            assertThat(due()).containsExactly("other/c.csv");
            assertThat(inbox.waiting()).isEqualTo(3);
            now.addAndGet(settings.claimRetryWait().toNanos() - 1);
            assertThat(due()).containsExactly("other/c.csv");
            now.addAndGet(1);
            assertThat(due()).containsExactly("other/c.csv", "a.csv", "b.csv");
        }
    }

    @Test
    void leavesAFileAloneForAWhileThatCouldNotBeTakenAgainAndAgain() throws IOException {
        drop("a.csv", 1);
        drop("b.csv", 2);
        settle();
        for (int failure = 0; failure <= settings.claimRetries(); failure++) {
            assertThat(due()).containsExactly("a.csv", "b.csv");
            inbox.failed(inbox.due().get(0));
            inbox.due();
            now.addAndGet(SETTLED);
        }
        assertThat(due()).containsExactly("b.csv");
        assertThat(inbox.waiting()).isOne();
        assertThat(inbox.hasFailed()).isTrue();
        now.addAndGet(6 * SETTLED);
        assertThat(due()).containsExactly("a.csv", "b.csv");
    }

    /** Whoever looks at how things stand must see it all the time. */
    @Test
    void countsAFileThatCannotBeTakenAsLongAsItLiesThere() throws IOException {
        drop("a.csv", 1);
        settle();
        for (int hour = 1; hour <= settings.claimRetries() + 1; hour++) {
            now.set(hour * HOUR);
            inbox.failed(inbox.due().get(0));
            assertThat(due()).isEmpty();
            assertThat(inbox.lying()).isEqualTo(new Inbox.Lying(1, Duration.ofHours(hour), 0));
        }
        assertThat(inbox.waiting()).as("to be taken soon").isZero();
    }

    /** Its own time is that of another machine, where it may have been written long ago. */
    @Test
    void isNotSaidToHaveLainThereForLongerThanItDid() throws IOException {
        assertThat(inbox.lying()).isEqualTo(new Inbox.Lying(0, Duration.ZERO, 0));
        now.set(HOUR);
        drop("a.csv", 1);
        assertThat(inbox.lying()).isEqualTo(new Inbox.Lying(1, Duration.ZERO, 0));
        now.set(2 * HOUR);
        drop("b.csv", 2);
        assertThat(inbox.lying()).isEqualTo(new Inbox.Lying(2, Duration.ofHours(1), 0));
    }

    @Test
    void leavesAFileThatIsTooLargeToComeFromAnotherFileSystemAndSaysSo() throws Exception {
        use(Drops.with(directory, Optional.empty(), 1000, 0));
        Files.createDirectories(settings.folders().inProgress());
        Path here = settings.folders().inbox();
        try (SmallDisk disk = SmallDisk.on(here, "no file came from another disk")) {
            Files.write(here.resolve("large.csv"), new byte[1001]);
            Files.write(here.resolve("large.part"), new byte[1001]);
            settle();
            assertThat(due()).isEmpty();
            assertThat(inbox.waiting()).isZero();
            assertThat(inbox.hasFailed()).isTrue();
            assertThat(inbox.lying().files()).isEqualTo(1);

            Files.delete(here.resolve("large.csv"));
            assertThat(due()).isEmpty();
            assertThat(inbox.hasFailed()).isFalse();
        }
    }

    /** An access list or a label of that one file, say; other files need not wait for it. */
    @Test
    void leavesAFileThatMayNotBeLookedAtAndTakesTheOthers() throws IOException {
        Path denied = drop("madrid/b.csv", 1);
        drop("madrid/a.csv", 2);
        drop("madrid/c.csv", 3);
        drop("d.csv", 4);
        InboxLook.Sight sight =
                entry -> {
                    if (entry.equals(denied)) {
                        throw new AccessDeniedException(entry.toString());
                    }
                    return InboxLook.Sight.DISK.of(entry);
                };

        InboxLook look = new InboxLook(settings, file -> false, now::get, sight).again();

        assertThat(look.waiting()).isEqualTo(3);
        assertThat(look.bySource()).containsOnlyKeys("", "madrid");
        assertThat(look.bySource().get("madrid")).hasSize(2);
        assertThat(look.lying().closed()).isZero();
        assertThat(look.isAnyLeft()).isTrue();
    }

    /** The oldest may be what was not seen. */
    @Test
    void takesNothingOfASourceOfWhichOnlyAPartCouldBeSeen() throws IOException {
        Path madrid = drop("madrid/a.csv", 1).getParent();
        drop("madrid/b.csv", 2);
        drop("c.csv", 3);
        AtomicLong seen = new AtomicLong();
        InboxLook.Sight sight =
                entry -> {
                    if (entry.startsWith(madrid)
                            && !entry.equals(madrid)
                            && seen.incrementAndGet() == 2) {
                        Files.move(madrid, directory.resolve("out of reach"));
                        throw new AccessDeniedException(entry.toString());
                    }
                    return InboxLook.Sight.DISK.of(entry);
                };

        InboxLook look = new InboxLook(settings, file -> false, now::get, sight).again();

        assertThat(look.waiting()).isOne();
        assertThat(look.bySource()).containsOnlyKeys("");
        assertThat(look.lying().closed()).isOne();
        assertThat(look.isAnyLeft()).isTrue();
    }

    @Test
    void knowsWhatStaysForNow() throws IOException {
        use(Drops.withMarker(directory, ".done"));
        Path file = drop("a.csv", 1);
        assertThat(inbox.stays(file)).as("without its marker").isTrue();
        Path marker = drop("a.csv.done", 1);
        assertThat(inbox.stays(file)).isFalse();
        assertThat(inbox.stays(marker)).isTrue();
        assertThat(inbox.stays(drop("b.part", 1))).isTrue();
        assertThat(inbox.stays(directory)).as("a folder").isTrue();
        assertThat(inbox.stays(directory.resolve("inbox/none.csv"))).as("not there").isFalse();
        settle();
        for (int failure = 0; failure <= settings.claimRetries(); failure++) {
            assertThat(inbox.stays(file)).as("is tried again soon").isFalse();
            inbox.failed(inbox.due().get(0));
            inbox.due();
            now.addAndGet(SETTLED);
        }
        assertThat(inbox.stays(file)).as("could not be taken").isTrue();
        now.addAndGet(HOUR);
        assertThat(inbox.stays(file)).as("is tried again").isFalse();
    }

    @Test
    void claimsALargeFileWithoutReadingIt() throws IOException {
        use(Drops.with(directory, Optional.empty(), 1000, 0));
        Path file = drop("sparse.csv", 1);
        try (var channel =
                java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(1L << 40);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {'x'}));
        }
        settle();
        assertThat(claims.take(inbox.due().get(0))).isPresent();
    }

    /** The clock that counts here is the real one. */
    @Test
    void looksAtTwentyThousandFilesWithoutSpendingMuchTime() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(settings.folders().inbox().resolve(i + ".csv"));
        }
        Inbox real = new Inbox(settings, System::nanoTime);
        long looking = 0;
        long longest = 0;
        long began = System.nanoTime();
        int polls = 0;
        do {
            long before = System.nanoTime();
            assertThat(real.waiting()).isEqualTo(20_000);
            long took = System.nanoTime() - before;
            looking += took;
            longest = Math.max(longest, took);
            polls++;
        } while (polls < 1000);
        System.out.printf(
                "20,000 files: %d polls took %d ms in all, the longest %d ms%n",
                polls, looking / 1_000_000, longest / 1_000_000);
        assertThat(System.nanoTime() - began).isPositive();
        // A thousand polls that each looked at everything would take a thousand times the longest.
        assertThat(looking).isLessThan(longest * 20);
    }
}
