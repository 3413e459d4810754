package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where the operating system gives it less than it asks for. */
class DiskIT {

    private static final int ROWS = 1000;

    @TempDir Path folder;

    private Sandbox hubspot;
    private Product product;

    @BeforeEach
    void begin() throws Exception {
        hubspot = new Sandbox(SandboxSettings.defaults()).start();
        product = new Product(folder, hubspot.port()).fromCache().with("DROP_BATCH_SIZE", "20");
    }

    @AfterEach
    void end() {
        product.close();
        hubspot.close();
    }

    /** No file may grow past a limit: the journal is written in part, and then not at all. */
    @Test
    void goesOnBehindAHalfWrittenEntry() throws Exception {
        assumeThere("prlimit", "no file size was limited");
        product.drop("listings.csv", feed());
        // In the middle of an entry of 1,214 bytes, by some hundred of them either way.
        product.under(List.of("prlimit", "--fsize=40600"));

        assertThat(product.run()).as(product.log()).isEqualTo(3);
        assertThat(product.log()).contains("File too large");
        assertThat(hubspot.records()).isNotEmpty().hasSizeLessThan(ROWS);
        Path journal = product.files("in-progress").get(0);
        assertThat(journal).hasFileName(".journal").hasSize(40600);
        assertThat(Files.readString(journal)).as("torn").doesNotEndWith("\n");

        product.under(List.of());
        endsWell();
        int writes = hubspot.records().keySet().stream().mapToInt(id -> writes(id)).sum();
        assertThat(writes).as("only what was under way is repeated").isLessThan(ROWS + 9 * 20);
    }

    /** The file cannot be renamed into its final places, one after the other. */
    @Test
    void handsOutLaterWhatCannotBeRenamedNow() throws Exception {
        assumeThere("strace", "no rename was refused");
        int refused = 0;
        for (int n = 4; n <= 7; n += 3) {
            product.drop("listings-" + n + ".csv", feed());
            product.under(strace("rename:error=EACCES:when=" + n));
            int code = product.run();
            product.under(List.of());
            if (code != 0) {
                assertThat(code).as("rename %d; %s", n, product.log()).isEqualTo(3);
                refused++;
                endsWell();
            }
        }
        assertThat(refused).isPositive();
        for (String id : hubspot.records().keySet()) {
            assertThat(writes(id)).as("sent again, %s", id).isLessThanOrEqualTo(4);
        }
    }

    /** The journal's second sync by the file's own thread: first that it began, then why not. */
    @Test
    void endsWhenTheJournalOfARefusedFileCannotBeSynced() throws Exception {
        assumeThere("strace", "no sync failed");
        product.drop("listings.csv", "");
        product.under(strace("fdatasync:error=EIO:when=2"));

        assertThat(product.run()).as(product.log()).isEqualTo(3);
        assertThat(product.log()).contains("could not be synced").contains("does not keep");
        assertThat(product.files("in-progress")).isNotEmpty();

        product.under(List.of());
        assertThat(product.run()).as(product.log()).isEqualTo(2);
        assertThat(product.report().get("status").asText()).isEqualTo("refused");
        assertThat(product.files("in-progress")).isEmpty();
    }

    /** A share that is gone is still there to be opened, and fails when it is read. */
    @Test
    void endsWhenTheInboxCannotBeReadToItsEnd() throws Exception {
        assumeThere("strace", "no folder failed while it was read");
        product.drop("listings.csv", feed());
        List<String> failing = new ArrayList<>(strace("getdents64:error=EIO"));
        failing.addAll(List.of("-P", product.inbox().toRealPath().toString()));
        product.under(failing);

        assertThat(product.run()).as(product.log()).isEqualTo(3);
        assertThat(product.log())
                .contains("inbox cannot be used: ")
                .contains("Input/output error")
                .contains("What is left to do cannot be seen, so the program ends")
                .doesNotContain("NullPointerException");
        assertThat(product.files("inbox")).hasSize(1);

        product.under(List.of());
        endsWell();
    }

    /** Every sync takes a third of a second. */
    @Test
    void isOnlySlowerOnASlowDisk() throws Exception {
        assumeThere("strace", "no disk was slowed down");
        product.with("DROP_BATCH_SIZE", "100").drop("listings.csv", feed());
        product.under(strace("fdatasync,fsync:delay_exit=300000"));

        assertThat(product.run()).as(product.log()).isZero();

        assertThat(product.report().get("confirmed").asInt()).isEqualTo(ROWS);
        assertThat(product.report().get("retries").asInt()).isZero();
        assertThat(hubspot.calls("update")).hasSize(ROWS / 100);
    }

    /** A file system that has room, but no place for another file. */
    @Test
    void waitsForAnInode() throws Exception {
        Path drop = Files.createDirectories(folder.resolve("drop"));
        List<String> mount =
                List.of("mount", "-t", "tmpfs", "-o", "size=9m,nr_inodes=40", "t", drop.toString());
        boolean isMounted = new ProcessBuilder(mount).start().waitFor() == 0;
        if (!isMounted) {
            System.err.println("SKIPPED: nothing can be mounted here, so no inode was used up.");
        }
        assumeTrue(isMounted, "mounting needs root");
        try {
            product.with("DROP_RESERVE", "300000").drop("listings.csv", feed());
            Path fillers = Files.createDirectories(drop.resolve("fillers"));
            while (tryToCreate(fillers)) {
                continue;
            }
            assertThat(product.run()).as(product.log()).isEqualTo(3);
            assertThat(hubspot.calls("update")).isEmpty();
            assertThat(product.files("inbox")).hasSize(1);

            for (Path filler : product.files("fillers")) {
                Files.delete(filler);
            }
            endsWell();
        } finally {
            product.close();
            new ProcessBuilder("umount", "-l", drop.toString()).start().waitFor();
        }
    }

    private static boolean tryToCreate(Path in) {
        try {
            Files.createTempFile(in, "filler", "");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** So few files may be open at once that the next leak of one would be the last. */
    @Test
    void keepsNoFileOpenThatIsDone() throws Exception {
        assumeThere("prlimit", "no number of open files was limited");
        // By the jar, which opens its libraries as it reads them; from a cache all stay open.
        product = new Product(folder, hubspot.port());
        for (int i = 0; i < 300; i++) {
            product.drop("listings-" + i + ".csv", "id,hs_price\n" + (i + 1) + ",2\n");
        }
        product.under(List.of("prlimit", "--nofile=260:260"));

        assertThat(product.run()).as(product.log()).isZero();

        assertThat(hubspot.records()).hasSize(300);
        assertThat(product.reports()).hasSize(300);
    }

    private void endsWell() throws Exception {
        assertThat(product.run()).as(product.log()).isZero();
        assertThat(product.reports())
                .as(product.log())
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.get("confirmed").asInt()).isEqualTo(ROWS));
        assertThat(product.files("in-progress")).isEmpty();
        assertThat(product.files("archive")).hasSameSizeAs(product.reports());
        assertThat(hubspot.records()).hasSize(ROWS).containsEntry("7", Map.of("hs_price", "1007"));
    }

    private int writes(String id) {
        return hubspot.writes(id).size();
    }

    static List<String> strace(String inject) {
        String calls = inject.substring(0, inject.indexOf(':'));
        return List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + inject);
    }

    static void assumeThere(String command, String butThen) throws Exception {
        boolean isThere;
        try {
            isThere = new ProcessBuilder(command, "-V").start().waitFor() == 0;
        } catch (IOException e) {
            isThere = false;
        }
        if (!isThere) {
            System.err.println("SKIPPED: " + command + " is not there, so " + butThen + ".");
        }
        assumeTrue(isThere, command + " is there");
    }

    private static String feed() {
        return "id,hs_price\n"
                + IntStream.rangeClosed(1, ROWS)
                        .mapToObj(i -> i + "," + (1000 + i) + "\n")
                        .collect(Collectors.joining());
    }
}
