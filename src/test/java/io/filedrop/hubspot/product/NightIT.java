package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a bad night: stopped, frozen, doubled, without room. */
class NightIT {

    @TempDir Path folder;

    private Sandbox hubspot;
    private Product product;

    private void begin(SandboxSettings settings) throws Exception {
        hubspot = new Sandbox(settings).start();
        product = new Product(folder, hubspot.port()).fromCache();
    }

    @AfterEach
    void end() {
        product.close();
        hubspot.close();
    }

    @Test
    void toldToStopItEndsWithWhatItHasAndGoesOnLater() throws Exception {
        begin(SandboxSettings.defaults().withFaults(Fault.parse("hang@3-1000000")));
        product.with("HUBSPOT_MAX_IN_FLIGHT", "1");
        product.drop("listings.csv", feed(1000));
        Process process = product.start();
        await(() -> hubspot.calls("update").size() >= 3);

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(product.log()).isTrue();
        assertThat(process.exitValue()).as(product.log()).isEqualTo(3);
        JsonNode parked = product.report();
        assertThat(parked.get("status").asText()).isEqualTo("parked");
        assertThat(parked.get("notSent").asInt()).isBetween(1, 900);

        hubspot.behave(SandboxSettings.defaults());
        assertThat(product.run()).as(product.log()).isZero();
        assertThat(product.report().get("confirmed").asInt()).isEqualTo(1000);
    }

    /** A crash with nothing left to do: the next start waits, and the one after it need not. */
    @Test
    void anOrderlyEndLeavesNothingToWaitFor() throws Exception {
        begin(SandboxSettings.defaults());
        product.with("DROP_ONCE", "false").with("HUBSPOT_SETTLE_TIME", "PT0.01S");
        Path doubt = Files.createDirectories(folder.resolve("drop")).resolve(".in-doubt");
        Files.writeString(doubt, "Updates may be under way.");
        Process process = product.start();
        await(() -> Files.exists(folder.resolve("drop/in-progress")));
        assertThat(product.log()).contains("ended without a word");
        assertThat(doubt).exists();

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(product.log()).isTrue();
        assertThat(doubt).doesNotExist();
        // And gives its lease up, so that another instance need not wait for it.
        assertThat(folder.resolve("drop/.lease-1")).content().startsWith("ended");
    }

    @Test
    void aSecondInstanceThatRunsOnceLeavesTheFolderToTheFirst() throws Exception {
        begin(SandboxSettings.defaults());
        product.with("DROP_ONCE", "false").with("DROP_LEASE_TIME", "PT20S");
        Process first = product.start();
        await(() -> product.log().contains("is worked on by this instance"));

        product.with("DROP_ONCE", "true");
        product.drop("listings.csv", feed(10));
        assertThat(product.run()).as(product.log()).isEqualTo(3);

        assertThat(product.log()).contains("Another instance, ");
        await(() -> product.reportFiles().size() == 1);
        first.destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Frozen in the middle of a file, as a virtual machine may be; it wakes up as a zombie. */
    @Test
    void takesOverFromAFrozenInstanceWhichThenSendsNothingMore() throws Exception {
        begin(SandboxSettings.defaults().withLatency(Duration.ofMillis(100)));
        product.with("DROP_ONCE", "false")
                .with("DROP_LEASE_TIME", "PT4S")
                .with("HUBSPOT_MAX_IN_FLIGHT", "1")
                .with("DROP_BATCH_SIZE", "10");
        product.drop("listings.csv", feed(800));
        Process first = product.start();
        await(() -> hubspot.calls("update").size() >= 5);
        signal(first, "STOP");

        Process second = product.start();
        await(() -> product.reportFiles().size() == 1);
        int sent = hubspot.calls("update").size();
        signal(first, "CONT");

        assertThat(first.waitFor(60, TimeUnit.SECONDS)).as(product.log()).isTrue();
        assertThat(first.exitValue()).as(product.log()).isEqualTo(3);
        assertThat(product.log()).contains("has taken over");
        assertThat(hubspot.calls("update").size()).isBetween(sent, sent + 1);
        assertThat(product.report().get("confirmed").asInt()).isEqualTo(800);
        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void setsAFileAsideThatWasOpenAtThreeEndsOfTheProgram() throws Exception {
        // The file is open, and HubSpot is slow to tell its properties: nothing was sent yet.
        begin(SandboxSettings.defaults().withLatency(Duration.ofSeconds(60)));
        product.with("HUBSPOT_REQUEST_TIMEOUT", "PT60S");
        product.drop("deadly.csv", feed(10));
        for (int i = 1; i <= 3; i++) {
            int calls = i;
            Process process = product.start();
            await(() -> hubspot.calls("properties").size() >= calls);
            process.destroyForcibly().waitFor();
        }
        hubspot.behave(SandboxSettings.defaults());
        product.drop("next.csv", feed(10));

        assertThat(product.run()).as(product.log()).isEqualTo(2);

        assertThat(product.text("failed", "deadly.csv.reasons.csv")).contains("SET_ASIDE");
        assertThat(product.text("failed", "/deadly.csv")).isEqualTo(feed(10));
        assertThat(product.text("succeeded", "next.csv.succeeded.csv").lines()).hasSize(11);
    }

    @Test
    void waitsForRoomOnTheDiskAndSendsNothingWithout() throws Exception {
        begin(SandboxSettings.defaults());
        Path drop = Files.createDirectories(folder.resolve("drop"));
        boolean isMounted =
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "t", drop.toString())
                                .start()
                                .waitFor()
                        == 0;
        if (!isMounted) {
            System.out.println("SKIPPED: no disk of 1 MiB can be mounted here, so none is filled.");
        }
        assumeTrue(isMounted, "mounting needs root");
        try {
            product.with("DROP_RESERVE", "300000");
            product.drop("listings.csv", feed(100));
            Path filler = Files.write(drop.resolve("filler"), new byte[900_000]);

            assertThat(product.run()).as(product.log()).isEqualTo(3);
            assertThat(product.log()).contains("the disk of ").contains("is full");
            assertThat(hubspot.calls("update")).isEmpty();
            assertThat(product.files("inbox")).hasSize(1);

            product.with("DROP_ONCE", "false");
            Process process = product.start();
            await(() -> product.log().contains("is worked on by this instance"));
            Files.delete(filler);
            await(() -> product.files("archive").size() == 1);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(product.report().get("confirmed").asInt()).isEqualTo(100);
        } finally {
            product.close();
            new ProcessBuilder("umount", "-l", drop.toString()).start().waitFor();
        }
    }

    /** A destination on another file system: the file is copied whole before it goes. */
    @Test
    void keepsFilesOnAnotherFileSystem() throws Exception {
        begin(SandboxSettings.defaults());
        Path inbox = product.inbox();
        Path archive = Files.createDirectories(folder.resolve("drop/archive"));
        boolean isMounted = mount(inbox) && mount(archive);
        if (!isMounted) {
            System.out.println("SKIPPED: nothing can be mounted here, so no file system is left.");
        }
        assumeTrue(isMounted, "mounting needs root");
        try {
            product.with("DROP_RESERVE", "100000").drop("listings.csv", feed(100));
            assertThat(product.run()).as(product.log()).isZero();
            assertThat(product.text("archive", "/listings.csv")).isEqualTo(feed(100));
            assertThat(product.files("inbox")).isEmpty();
            assertThat(product.files("in-progress")).isEmpty();
        } finally {
            new ProcessBuilder("umount", "-l", inbox.toString()).start().waitFor();
            new ProcessBuilder("umount", "-l", archive.toString()).start().waitFor();
        }
    }

    private static boolean mount(Path on) throws IOException, InterruptedException {
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "t", on.toString())
                        .start()
                        .waitFor()
                == 0;
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor())
                .isZero();
    }

    private void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(100)).until(condition);
    }

    private static String feed(int rows) {
        return "id,hs_price,hs_city\n"
                + IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> i + "," + (1000 + i) + ",Town " + i % 50 + "\n")
                        .collect(Collectors.joining());
    }
}
