package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jcraft.jsch.KeyPair;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.OutcomeFile;
import io.filedrop.hubspot.run.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Visits to a real server, with everything that can go wrong there. The clock is the test's: a
 * minute passes between two visits.
 */
class PickupTest {

    @TempDir Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final List<String> faults = new ArrayList<>();
    private SftpServer server;
    private SftpSource.Login login;
    private Pickup pickup;
    private int port;
    private Duration timeout = Duration.ofSeconds(20);
    private Optional<String> marker = Optional.empty();
    private boolean once;
    private int claimAhead = 1000;
    private long reserve;
    private String done = "./done";
    private String results = "results";

    @BeforeEach
    void start() throws Exception {
        server = new SftpServer(folder).start();
        port = server.port();
        login = withKey(KeyPair.ED25519, null);
        restart();
    }

    @AfterEach
    void stop() throws IOException {
        pickup.end();
        server.close();
    }

    private SftpSource.Login withKey(int type, String passphrase) throws Exception {
        Path key = server.newKey(type, passphrase);
        Optional<Path> file =
                passphrase == null
                        ? Optional.empty()
                        : Optional.of(server.secret("passphrase", passphrase));
        return new SftpSource.Login("drop", Optional.of(key), file, Optional.empty());
    }

    /** The program starts again: nothing but the disk is left. */
    private void restart() throws IOException {
        restart(10_000);
    }

    private void restart(int listing) throws IOException {
        if (pickup != null) {
            pickup.end();
        }
        DropSettings drop =
                new DropSettings(
                        new DropSettings.Folders(
                                folder.resolve("drop"), folder.resolve("drop/inbox")),
                        once,
                        100,
                        Duration.ofSeconds(10),
                        marker,
                        false,
                        false,
                        false,
                        claimAhead,
                        3,
                        Duration.ofSeconds(10),
                        1000,
                        1 << 25,
                        Duration.ofSeconds(10),
                        PosixFilePermissions.fromString("rw-r-----"),
                        Long.MAX_VALUE,
                        reserve,
                        3,
                        1000,
                        Duration.ofSeconds(15),
                        Optional.empty(),
                        Optional.empty());
        SftpSource source =
                new SftpSource(
                        "madrid",
                        "127.0.0.1",
                        port,
                        login,
                        server.knownHosts(),
                        ".",
                        done,
                        Optional.of(results),
                        Duration.ofMinutes(1));
        SftpSettings.Limits limits =
                new SftpSettings.Limits(
                        timeout,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        listing,
                        3,
                        5);
        DurableFiles files = new DurableFiles(drop.permissions());
        Storage storage = new Storage(drop, clock::get);
        Inbox inbox = new Inbox(drop, clock::get);
        pickup = new Pickup(source, limits, drop, files, storage, inbox, clock::get);
    }

    /** A minute later, a visit as the route makes it. Gives the fault, or an empty text. */
    private String visit() throws IOException {
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        try {
            pickup.visit();
            pickup.settle();
            pickup.sendBack();
            for (RemoteFile file : pickup.ready()) {
                if (pickup.fetch(file) && pickup.enter(file)) {
                    pickup.moveAway(file);
                }
            }
            pickup.visited();
            return "";
        } catch (IOException e) {
            pickup.failed(e);
            faults.add(e.getMessage());
            return e.getMessage();
        }
    }

    private Path inbox(String name) {
        return folder.resolve("drop/inbox/madrid").resolve(name);
    }

    private List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fetchesAStableFileAndMovesItAwayThere() throws Exception {
        Instant modified = Instant.parse("2026-11-20T03:04:05Z");
        server.put("feed.csv", "id,hs_price\n1,2\n".getBytes(), modified);

        assertThat(pickup.state()).isEqualTo("127.0.0.1:" + port + " was not visited yet");
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).isEqualTo("127.0.0.1:" + port + " is visited every 1 min 0 s");
        assertThat(names(inbox(""))).as("not yet: it may still be written").isEmpty();
        assertThat(visit()).isEmpty();

        assertThat(inbox("feed.csv")).hasContent("id,hs_price\n1,2\n");
        assertThat(Files.getLastModifiedTime(inbox("feed.csv")).toInstant()).isEqualTo(modified);
        assertThat(names(inbox(""))).containsExactly("feed.csv");
        assertThat(server.file("feed.csv")).doesNotExist();
        assertThat(server.file("done/feed.csv")).hasContent("id,hs_price\n1,2\n");
        assertThat(names(folder.resolve("drop/.sftp/madrid/fetched"))).isEmpty();
        assertThat(visit()).isEmpty();
        assertThat(server.reads).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"ED25519,", "ED25519,a pass phrase", "RSA,", "RSA,another", "ECDSA,", "ECDSA,x"})
    void logsInWithEveryKindOfKey(String type, String passphrase) throws Exception {
        login = withKey(KeyPair.class.getField(type).getInt(null), passphrase);
        restart();
        assertThat(visit()).isEmpty();
    }

    @Test
    void logsInWithAPasswordFromAFile() throws Exception {
        Path password = server.newPassword("canary \u00e9 word");
        login =
                new SftpSource.Login(
                        "drop", Optional.empty(), Optional.empty(), Optional.of(password));
        restart();
        assertThat(visit()).isEmpty();

        // The server's password changes; ours follows without a restart.
        server.changePassword("new word");
        assertThat(visit()).contains("refuses the login of drop").doesNotContain("canary");
        Files.writeString(password, "new word");
        assertThat(visit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256"})
    void refusesAServerWithAnotherHostKeyAndSendsNoCredential(String type) throws Exception {
        visit();
        String pinned = server.fingerprint();
        int logins = server.logins.get();
        server.newHostKey(type);

        assertThat(visit()).contains(pinned).contains(server.fingerprint());
        assertThat(pickup.state()).contains(pinned).contains(server.fingerprint());
        assertThat(server.logins).hasValue(logins);

        server.writeKnownHosts();
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("is visited every");
    }

    @Test
    void refusesAServerThatOffersOnlySha1() throws Exception {
        server.offerOnlySha1();
        assertThat(visit()).contains("no algorithm that is safe");
        assertThat(server.logins).hasValue(0);
    }

    @Test
    void triesARefusedLoginOnceAMinuteAtMost() throws Exception {
        server.newKey(KeyPair.RSA, null);
        assertThat(visit()).contains("refuses the login");
        assertThat(pickup.isDue()).isFalse();
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(pickup.isDue()).isFalse();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(pickup.isDue()).isTrue();
    }

    @Test
    void waitsForAServerThatIsDownAndGoesOnWhenItIsBack() throws Exception {
        server.close();
        assertThat(visit()).contains("cannot be reached");
        assertThat(pickup.isDue()).isFalse();
        assertThat(pickup.state()).contains("cannot be reached");

        server = new SftpServer(folder);
        login = withKey(KeyPair.ED25519, null);
        server.start();
        port = server.port();
        restart();
        server.put("feed.csv", "id\n1\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).exists();
    }

    @Test
    void breaksOffAServerThatHangsInTheMiddleOfAFile() throws Exception {
        timeout = Duration.ofMillis(700);
        restart();
        server.put("feed.csv", "id\n1\n");
        assertThat(visit()).isEmpty();
        server.hang = new CountDownLatch(1);
        assertThat(visit()).contains("does not answer in time");
        assertThat(names(inbox(""))).isEmpty();

        server.hang.countDown();
        timeout = Duration.ofSeconds(20);
        restart();
        visit();
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).hasContent("id\n1\n");
    }

    /** Each visit is cut off 64 KiB later than the one before, until one comes through. */
    @Test
    void neverShowsAPartOfAFileWhereverTheLineIsCut() throws Exception {
        byte[] content = new byte[1 << 20];
        new Random(7).nextBytes(content);
        server.put("feed.csv", content, Instant.now().minusSeconds(3600));
        try (Relay relay = new Relay(server.port())) {
            port = relay.port();
            server.writeKnownHosts(port);
            restart();
            assertThat(visit()).isEmpty();
            int cuts = 0;
            for (long at = 0; !Files.exists(inbox("feed.csv")); at += 1 << 16) {
                relay.left.set(at);
                // What was cut off again and again is left alone for so long.
                clock.addAndGet(Duration.ofMinutes(10).toNanos());
                String fault = visit();
                List<String> seen = names(inbox(""));
                if (!seen.isEmpty()) {
                    assertThat(seen).containsExactly("feed.csv");
                    break;
                }
                assertThat(fault).as("cut at %s", at).contains("cannot be reached");
                cuts++;
            }
            assertThat(cuts).isBetween(16, 20);
            assertThat(Files.readAllBytes(inbox("feed.csv"))).isEqualTo(content);

            relay.left.set(Long.MAX_VALUE);
            assertThat(visit()).isEmpty();
            assertThat(server.file("done/feed.csv")).exists();
            assertThat(names(inbox(""))).containsExactly("feed.csv");
        }
    }

    @Test
    void takesAFileThatIsShorterThanListedForNoFile() throws Exception {
        server.put("feed.csv", "id,hs_price\n1,2\n3,4\n");
        visit();
        server.endsAt = 10;
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("feed.csv").contains("10 of 20 bytes");
        assertThat(names(inbox(""))).isEmpty();
        assertThat(server.file("feed.csv")).exists();

        server.endsAt = Long.MAX_VALUE;
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).hasContent("id,hs_price\n1,2\n3,4\n");
    }

    @Test
    void letsAFileThatCannotBeReadHoldBackTheOthersForAWhileOnly() throws Exception {
        server.put("a.csv", "id,hs_price\n1,2\n".getBytes(), Instant.now().minusSeconds(7200));
        server.put("b.csv", "id\n2\n");
        visit();
        // The older one is cut short by the server, again and again.
        server.endsAt = 10;
        for (int i = 0; i < 3; i++) {
            assertThat(visit()).isEmpty();
            assertThat(pickup.state()).contains("a.csv is not fetched");
            assertThat(names(inbox(""))).isEmpty();
            assertThat(pickup.isDue()).as("the server is well").isTrue();
        }
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("b.csv");
        assertThat(server.reads).as("downloads").hasValue(4);

        // It is tried again now and then.
        server.endsAt = Long.MAX_VALUE;
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("a.csv is not fetched");
        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a.csv", "b.csv");
        assertThat(pickup.state()).contains("is visited every");
    }

    @Test
    void givesUpAFileThatCannotBeReadAfterTheOthersWhenItRunsOnce() throws Exception {
        once = true;
        restart();
        server.put("a.csv", "id,hs_price\n1,2\n".getBytes(), Instant.now().minusSeconds(7200));
        server.put("b.csv", "id\n2\n");
        server.endsAt = 10;
        for (int i = 0; i < 5; i++) {
            assertThat(pickup.isBusy(false)).as("visit %s", i).isTrue();
            assertThat(visit()).isEmpty();
        }
        assertThat(names(inbox(""))).containsExactly("b.csv");
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isTrue();
        assertThat(pickup.state()).contains("a.csv is not fetched").contains("Given up");
    }

    /** Answers to what was asked ahead are no answers to what is asked about the next file. */
    @Test
    void goesOnWithTheNextFileAfterOneThatIsRefusedInTheMiddle() throws Exception {
        byte[] large = new byte[1 << 20];
        server.put("a.csv", large, Instant.now().minusSeconds(7300));
        server.put("b.csv", large, Instant.now().minusSeconds(7200));
        server.put("c.csv", "id\n3\n");
        visit();
        server.refusesFrom = 500_000;
        for (int i = 0; i < 3; i++) {
            assertThat(visit()).isEmpty();
            assertThat(names(inbox(""))).isEmpty();
        }
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("a.csv is not fetched").contains("b.csv");
        assertThat(names(inbox(""))).containsExactly("c.csv");
        assertThat(server.file("done/c.csv")).hasContent("id\n3\n");
        assertThat(names(server.file("done"))).containsExactly("c.csv");
    }

    @Test
    void givesOthersAChanceWhenTheLineIsAlwaysCutInTheMiddleOfOneFile() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(7).nextBytes(large);
        server.put("a.csv", large, Instant.now().minusSeconds(7200));
        server.put("b.csv", "id\n2\n");
        once = true;
        try (Relay relay = new Relay(server.port())) {
            port = relay.port();
            server.writeKnownHosts(port);
            restart();
            assertThat(visit()).isEmpty();
            for (int i = 0; i < 3; i++) {
                relay.left.set(1 << 19);
                assertThat(visit()).contains("cannot be reached");
            }
            assertThat(pickup.isBusy(false)).isTrue();
            relay.left.set(1 << 19);
            assertThat(visit()).isEmpty();
            assertThat(names(inbox(""))).containsExactly("b.csv");
            assertThat(pickup.isBusy(false)).isFalse();
            assertThat(pickup.isMissed()).isTrue();
        }
    }

    @Test
    void saysSoWhenAServerDoesNotLetAFileBeRead() throws Exception {
        server.put("feed.csv", "id\n1\n");
        visit();
        server.refusesFrom = 0;
        assertThat(visit()).isEmpty();
        assertThat(pickup.state())
                .contains("feed.csv is not fetched")
                .contains("PERMISSION_DENIED");
        assertThat(server.file("feed.csv")).exists();
        assertThat(names(inbox(""))).isEmpty();
    }

    @Test
    void waitsForAFileThatGrows() throws Exception {
        server.put("feed.csv", "id\n");
        visit();
        server.put("feed.csv", "id\n1\n");
        visit();
        assertThat(names(inbox(""))).isEmpty();
        visit();
        assertThat(inbox("feed.csv")).hasContent("id\n1\n");
    }

    @Test
    void remembersAFileThatCannotBeMovedAndDoesNotFetchItAgain() throws Exception {
        server.put("feed.csv", "id\n1\n");
        server.refusesRenames = true;
        visit();
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).exists();
        assertThat(pickup.state()).contains("feed.csv").contains("remembered");
        Files.delete(inbox("feed.csv"));

        restart();
        visit();
        visit();
        assertThat(server.reads).as("downloads").hasValue(1);
        assertThat(names(inbox(""))).isEmpty();

        // A new file of that name is another one.
        server.put("feed.csv", "id\n2\n3\n");
        visit();
        visit();
        assertThat(inbox("feed.csv")).hasContent("id\n2\n3\n");

        server.refusesRenames = false;
        assertThat(visit()).isEmpty();
        assertThat(server.file("done/feed.csv")).hasContent("id\n2\n3\n");
        assertThat(names(folder.resolve("drop/.sftp/madrid/fetched"))).isEmpty();
    }

    @Test
    void putsNoLineOfTheServersIntoTheLog() throws Exception {
        server.put("feed.csv", "id\n1\n");
        server.refusesRenames = true;
        server.says = "x\n2026-11-26 INFO forged" + ".".repeat(10_000);
        visit();
        assertThat(visit()).isEmpty();
        assertThat(pickup.state())
                .contains("cannot be moved")
                .contains("x<U+000A>2026-11-26 INFO forged")
                .doesNotContain("\n")
                .hasSizeLessThan(500);
    }

    @Test
    void saysThatAFileCannotBeMovedUntilNoneOfThemLiesThere() throws Exception {
        server.put("a.csv", "id\n1\n");
        server.refusesRenames = true;
        visit();
        visit();
        server.refusesRenames = false;
        server.refusesStat = "a.csv";
        server.put("b.csv", "id\n2\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(server.file("done/b.csv")).exists();
        assertThat(pickup.state()).contains("a.csv is fetched, but cannot be moved");

        // Somebody lends a hand there.
        Files.delete(server.file("a.csv"));
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("is visited every");
    }

    @ParameterizedTest
    @CsvSource({"./a/b/c, x/y", "a/b/c, x//y", "/a/b/c, ./x/y"})
    void makesFoldersWithThoseAboveThem(String doneThere, String resultsThere) throws Exception {
        done = doneThere;
        results = resultsThere;
        restart();
        server.put("feed.csv", "id\n1\n");
        end("20261124T000000000Z");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("is visited every");
        assertThat(server.file("a/b/c/feed.csv")).exists();
        assertThat(server.file("x/y/20261124T000000000Z.json")).exists();
    }

    /** Another of that name comes into the done folder between the look and the move. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void movesNoFileOverOneThatComesMeanwhile(boolean isPlain) throws Exception {
        server.isPlain = isPlain;
        server.put("feed.csv", "id\n1\n");
        visit();
        server.beforeMove.set(() -> putUnchecked("done/feed.csv", "other"));
        String fault = visit();
        if (isPlain) {
            // Its own rename refused; the next visit looks again.
            assertThat(pickup.state()).contains("remembered");
            assertThat(visit()).isEmpty();
        } else {
            assertThat(fault).isEmpty();
        }

        assertThat(server.beforeMove).hasNullValue();
        assertThat(server.file("feed.csv")).doesNotExist();
        assertThat(server.file("done/feed.csv")).hasContent("other");
        List<String> done = names(server.file("done"));
        assertThat(done).hasSize(2);
        assertThat(server.file("done").resolve(done.get(0))).hasContent("id\n1\n");
        assertThat(server.reads).as("downloads").hasValue(1);
    }

    @Test
    void movesFilesAwayWhereTheServerMakesNoLinks() throws Exception {
        server.refusesLinks = true;
        server.put("feed.csv", "id\n1\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(server.file("done/feed.csv")).hasContent("id\n1\n");
        assertThat(server.file("feed.csv")).doesNotExist();
    }

    /** The link is made, and then the old name is gone already. */
    @Test
    void leavesAFileItsNewNameWhenItHasLostTheOldOne() throws Exception {
        server.put("feed.csv", "id\n1\n");
        visit();
        server.beforeRemove.set(() -> deleteUnchecked("feed.csv"));
        assertThat(visit()).isEmpty();
        assertThat(server.beforeRemove).hasNullValue();
        assertThat(server.file("done/feed.csv")).hasContent("id\n1\n");
        assertThat(pickup.state()).contains("is visited every");
    }

    private void deleteUnchecked(String name) {
        try {
            Files.delete(server.file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void asksAServerThatShowsEveryNameForSomeOnly() throws Exception {
        server.put("feed.csv", "id\n1\n");
        server.showsAllIn = "done";
        visit();
        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("cannot be moved").contains("every name is taken");
        assertThat(inbox("feed.csv")).exists();
    }

    private void putUnchecked(String name, String text) {
        try {
            server.put(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesNothingOfAFileThatIsReplacedWhileItIsRead() throws Exception {
        server.put("feed.csv", "id\n" + "1".repeat(500_000));
        visit();
        String other = "id\n" + "2".repeat(500_000);
        server.whileRead.set(
                () -> {
                    try {
                        // The reader goes on with the old one, which has lost its name.
                        Files.delete(server.file("feed.csv"));
                        server.put("feed.csv", other.getBytes(), Instant.now().minusSeconds(60));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

        assertThat(visit()).isEmpty();
        assertThat(pickup.state()).contains("feed.csv").contains("changed while it was read");
        assertThat(server.whileRead).hasNullValue();
        assertThat(names(inbox(""))).isEmpty();
        assertThat(server.file("feed.csv")).exists();

        visit();
        visit();
        assertThat(inbox("feed.csv")).hasContent(other);
    }

    @Test
    void waitsForRoomOnTheDiskInTheMiddleOfAFile() throws Exception {
        Path here = Files.createDirectories(folder.resolve("drop/inbox/madrid"));
        boolean isMounted =
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "t", here.toString())
                                .start()
                                .waitFor()
                        == 0;
        if (!isMounted) {
            System.out.println("SKIPPED: no disk of 1 MiB can be mounted here, so none is filled.");
        }
        assumeTrue(isMounted, "mounting needs root");
        try {
            String feed = "id\n" + "1".repeat(800_000);
            server.put("feed.csv", feed);
            Path filler = Files.write(here.resolve("filler.part"), new byte[500_000]);
            visit();

            assertThat(visit()).contains("No space left");
            assertThat(pickup.state()).contains("files cannot be kept here");
            assertThat(names(here)).containsExactly("filler.part");
            assertThat(server.file("feed.csv")).exists();

            Files.delete(filler);
            assertThat(visit()).isEmpty();
            assertThat(inbox("feed.csv")).hasContent(feed);
            assertThat(server.file("done/feed.csv")).exists();
        } finally {
            new ProcessBuilder("umount", "-l", here.toString()).start().waitFor();
        }
    }

    @Test
    void leavesOnTheServerWhatWouldUseUpTheReserve() throws Exception {
        once = true;
        reserve = Long.MAX_VALUE / 2;
        restart();
        server.put("a.csv", "id\n1\n".getBytes(), Instant.now().minusSeconds(7200));
        server.put("b.csv", "id\n2\n");
        assertThat(visit()).isEmpty();
        assertThat(visit()).isEmpty();
        assertThat(server.reads).as("downloads").hasValue(0);
        assertThat(pickup.state())
                .contains("a.csv waits on the server: its 5 bytes do not fit here")
                .doesNotContain("b.csv");
        assertThat(pickup.isBusy(false)).as("it would wait in vain").isFalse();
        assertThat(pickup.isMissed()).isTrue();

        reserve = 0;
        restart();
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a.csv", "b.csv");
        assertThat(pickup.isMissed()).isFalse();
    }

    @Test
    void losesNoFileOfANameThatStillWaitsInTheInbox() throws Exception {
        server.put("feed.csv", "id\n1\n");
        visit();
        visit();
        server.put("feed.csv", "id\n2\n");
        visit();
        visit();
        visit();
        assertThat(inbox("feed.csv")).hasContent("id\n1\n");

        Files.delete(inbox("feed.csv"));
        visit();
        assertThat(inbox("feed.csv")).hasContent("id\n2\n");
        visit();
        assertThat(server.file("done/feed.csv")).hasContent("id\n1\n");
        assertThat(names(server.file("done"))).hasSize(2);
        assertThat(names(inbox(""))).containsExactly("feed.csv");
    }

    @Test
    void waitsInVainForRoomInTheInboxWhenNothingLeavesIt() throws Exception {
        once = true;
        claimAhead = 1;
        restart();
        server.put("a.csv", "id\n1\n".getBytes(), Instant.now().minusSeconds(7200));
        server.put("b.csv", "id\n2\n");
        assertThat(visit()).isEmpty();
        assertThat(pickup.isBusy(true)).as("the files may still be written").isTrue();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a.csv");
        assertThat(pickup.isBusy(false)).isTrue();
        assertThat(pickup.isBusy(true)).isFalse();
        assertThat(pickup.isMissed()).isTrue();

        Files.delete(inbox("a.csv"));
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("b.csv");
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isFalse();
    }

    /** They stay there for ever, and so would every file on the server. */
    @Test
    void doesNotWaitUntilFilesLeaveTheInboxThatAreNeverTaken() throws Exception {
        once = true;
        claimAhead = 2;
        restart();
        Files.createDirectories(inbox(""));
        Files.writeString(inbox("a.part"), "half");
        Files.writeString(inbox("b.part"), "half");
        server.put("feed.csv", "id\n1\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a.part", "b.part", "feed.csv");
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isFalse();
    }

    @Test
    void leavesAFileWhoseNameIsNeverFreeAndFetchesTheOthers() throws Exception {
        once = true;
        claimAhead = 1;
        restart();
        Files.createDirectories(inbox("feed.csv"));
        server.put("feed.csv", "id\n1\n".getBytes(), Instant.now().minusSeconds(7200));
        server.put("other.csv", "id\n2\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(inbox("other.csv")).hasContent("id\n2\n");
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isTrue();
        assertThat(pickup.state())
                .contains("feed.csv is fetched and waits in the inbox as")
                .contains("what has it there is not taken");

        // Another one of that name cannot be fetched before.
        restart();
        server.put("feed.csv", "id\n3\n4\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isTrue();

        Files.delete(inbox("feed.csv"));
        Files.delete(inbox("other.csv"));
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).hasContent("id\n1\n");
    }

    @Test
    void countsAsMissedWhatItDoesNotFetchForItsName() throws Exception {
        once = true;
        restart();
        server.put("hand-made.csv", "id\n1\n");
        server.handMade = "a\\b.csv";
        visit();
        visit();
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isTrue();
    }

    /** Killed after the download was noted, and before the file got its name. */
    @Test
    void goesOnWithAFileThatWasFetchedBeforeACrash() throws Exception {
        server.put("feed.csv", "id\n1\n");
        visit();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        pickup.visit();
        assertThat(pickup.fetch(pickup.ready().get(0))).isTrue();
        Files.writeString(inbox(".landing-0123456789abcdef01234567.part"), "half a down");
        Files.writeString(inbox("..landing-0123456789abcdef01234568.part.tmp"), "half");

        restart();
        assertThat(visit()).isEmpty();
        assertThat(inbox("feed.csv")).hasContent("id\n1\n");
        assertThat(names(inbox(""))).containsExactly("feed.csv");
        assertThat(server.file("done/feed.csv")).exists();
        assertThat(server.reads).hasValue(1);
    }

    /** Fetched before the program started in another locale, say. */
    @Test
    void letsAFileThatCannotGetItsNameHoldBackNoOther() throws Exception {
        visit();
        fetchedBefore("0123456789abcdef01234567", "a\\u0000b.csv", 1_700_000_000);
        fetchedBefore("0123456789abcdef01234568", "good.csv", 1_700_000_001);
        server.put("new.csv", "id\n1\n");
        restart();
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox("")))
                .containsExactly(".landing-0123456789abcdef01234567.part", "good.csv", "new.csv");
        assertThat(pickup.state())
                .contains("a<U+0000>b.csv is fetched")
                .contains(".landing-0123456789abcdef01234567.part")
                .contains("this machine cannot write its name");
        assertThat(names(folder.resolve("drop/.sftp/madrid/fetched")))
                .containsExactly("0123456789abcdef01234567.json");
    }

    private void fetchedBefore(String id, String nameInJson, long modified) throws IOException {
        Path memory = Files.createDirectories(folder.resolve("drop/.sftp/madrid/fetched"));
        Files.writeString(
                memory.resolve(id + ".json"),
                "{\"name\":\"%s\",\"size\":5,\"modified\":%d}".formatted(nameInJson, modified));
        Files.writeString(inbox(".landing-" + id + ".part"), "id\n1\n");
    }

    @Test
    void goesOnWhenTheServerDoesNotTellAboutAFetchedFile() throws Exception {
        server.refusesRenames = true;
        server.put("a.csv", "id\n1\n");
        visit();
        visit();
        server.refusesRenames = false;
        server.refusesStat = "a.csv";
        server.put("b.csv", "id\n2\n");
        assertThat(visit()).isEmpty();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a.csv", "b.csv");
        assertThat(server.file("done/b.csv")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../outside.csv",
                "/etc/x",
                "a\\b.csv",
                "a\nb.csv",
                "..",
                ".hidden.csv",
                "x.part"
            })
    void leavesNamesAloneThatAreNoPlainFileName(String name) throws Exception {
        server.put("hand-made.csv", "id\n1\n");
        server.put("good.csv", "id\n2\n");
        server.handMade = name;
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("good.csv");
        assertThat(server.file("hand-made.csv")).exists();
    }

    @Test
    void takesNamesWithPatternCharactersAsTheyAre() throws Exception {
        server.put("what?.csv", "id\n1\n");
        server.put("a*.csv", "id\n2\n");
        server.put("ab.csv", "id\n3\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).containsExactly("a*.csv", "ab.csv", "what?.csv");
        assertThat(inbox("a*.csv")).hasContent("id\n2\n");
        assertThat(names(server.file("done"))).hasSize(3);
    }

    @Test
    void takesNoLinkAndNoFolder() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "secret");
        Files.createSymbolicLink(server.file("link.csv"), outside);
        server.put("folder.csv/x.csv", "id\n1\n");
        visit();
        assertThat(visit()).isEmpty();
        assertThat(names(inbox(""))).isEmpty();
    }

    @Test
    void looksAtTheOldestOfAHundredThousandNamesOnly() throws Exception {
        restart(50);
        server.put("newest.csv", "id\n1\n");
        server.crowd = 100_000;
        pickup.visit();
        assertThat(pickup.ready()).isEmpty();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        pickup.visit();
        List<RemoteFile> ready = pickup.ready();
        assertThat(ready).hasSize(50);
        assertThat(ready.get(0).name()).isEqualTo("crowd-99999.csv");
        assertThat(ready.get(49).name()).isEqualTo("crowd-99950.csv");
        pickup.visited();
    }

    @Test
    void waitsForTheMarkerAndTakesItAlong() throws Exception {
        marker = Optional.of(".done");
        restart();
        server.put("feed.csv", "id\n1\n");
        visit();
        visit();
        assertThat(names(inbox(""))).isEmpty();
        server.put("feed.csv.done", "");
        visit();
        assertThat(names(inbox(""))).containsExactly("feed.csv", "feed.csv.done");
        assertThat(names(server.file("done"))).containsExactly("feed.csv", "feed.csv.done");
    }

    private OutcomeFile outcome(String destination, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("." + destination), text);
        return new OutcomeFile(destination, name, file);
    }

    private void end(String run) throws IOException {
        pickup.keepResult(run, outcome("failed", run + "/feed.csv", "id\n1\n"));
        pickup.keepResult(run, outcome("failed", run + "/feed.csv.reasons.csv", "line\n2\n"));
        pickup.keepResult(run, outcome("reports", run + ".json", "{}"));
    }

    @Test
    void sendsResultsBackAndKeepsThemUntilTheServerTakesThem() throws Exception {
        server.refusesRenames = true;
        end("20261124T000000000Z");
        assertThat(visit()).as("the visit goes on without them").isEmpty();
        assertThat(pickup.state()).contains("results cannot be sent back");
        assertThat(server.file("results/20261124T000000000Z/feed.csv")).doesNotExist();

        server.refusesRenames = false;
        restart();
        assertThat(pickup.isBusy(false)).isTrue();
        assertThat(visit()).isEmpty();
        assertThat(server.file("results/20261124T000000000Z/feed.csv")).hasContent("id\n1\n");
        assertThat(server.file("results/20261124T000000000Z/feed.csv.reasons.csv"))
                .hasContent("line\n2\n");
        assertThat(server.file("results/20261124T000000000Z.json")).hasContent("{}");
        assertThat(names(folder.resolve("drop/.sftp/madrid/results"))).isEmpty();

        // The program was killed before it was noted that they are there.
        end("20261124T000000000Z");
        assertThat(visit()).isEmpty();
        assertThat(server.file("results/20261124T000000000Z")).isDirectory();
        assertThat(names(server.file("results")))
                .containsExactly("20261124T000000000Z", "20261124T000000000Z.json");
    }

    @Test
    void visitsForResultsOnlyWhenAllIsFetchedAndItRunsOnce() throws Exception {
        once = true;
        restart();
        server.put("feed.csv", "id\n1\n");
        visit();
        assertThat(pickup.isDue()).as("the file may still be written").isTrue();
        visit();
        assertThat(names(inbox(""))).containsExactly("feed.csv");
        assertThat(pickup.isDue()).as("nothing is left to fetch or to send").isFalse();

        end("20261124T000000000Z");
        assertThat(pickup.isDue()).isTrue();
        assertThat(visit()).isEmpty();
        assertThat(server.file("results/20261124T000000000Z.json")).exists();
        assertThat(pickup.isDue()).isFalse();
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isFalse();
    }

    @Test
    void missesResultsThatCannotBeSentAnyMoreWhenItRunsOnce() throws Exception {
        once = true;
        restart();
        assertThat(visit()).isEmpty();
        assertThat(pickup.isMissed()).isFalse();
        end("20261124T000000000Z");
        server.close();
        for (int i = 0; i < 3; i++) {
            assertThat(pickup.isBusy(false)).as("visit %s", i).isTrue();
            assertThat(visit()).contains("cannot be reached");
            assertThat(pickup.state()).contains(i < 2 ? "Tried again in" : "Given up");
        }
        assertThat(pickup.isBusy(false)).isFalse();
        assertThat(pickup.isMissed()).isTrue();
        assertThat(names(folder.resolve("drop/.sftp/madrid/results"))).hasSize(1);
    }

    @Test
    void keepsNoResultsThatWouldUseUpTheReserve() throws Exception {
        pickup.keepResult("run-1", outcome("failed", "run-1/feed.csv", "id\n1\n"));
        reserve = Long.MAX_VALUE / 2;
        restart();
        end("run-1");
        end("run-2");
        assertThat(names(folder.resolve("drop/.sftp/madrid/results"))).isEmpty();
    }

    @Test
    void sendsNothingOfARunThatIsNotHandedOutYetAndKeepsOnlySoMany() throws Exception {
        pickup.keepResult("run-0", outcome("failed", "run-0/feed.csv", "id\n1\n"));
        visit();
        assertThat(server.file("results")).doesNotExist();

        for (int i = 1; i <= 7; i++) {
            end("run-" + i);
        }
        assertThat(names(folder.resolve("drop/.sftp/madrid/results")))
                .containsExactly("run-3", "run-4", "run-5", "run-6", "run-7");
    }
}
