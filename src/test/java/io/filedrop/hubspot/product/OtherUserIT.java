package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filedrop.hubspot.sandbox.Sandbox;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program runs as one user, and another one drops the files. */
class OtherUserIT {

    private static final String USER = "65534";
    private static final List<String> AS_USER =
            List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

    @TempDir Path folder;

    @Test
    void takesWhatItMayReadAndLeavesTheRestInTheInbox() throws Exception {
        assumeOtherUser();
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder, hubspot.port())) {
            ends(List.of("chown", "-R", USER, folder.toString()));
            product.drop("open.csv", "id,hs_price\n1,2\n");
            product.drop("secret.csv", "id,hs_price\n3,4\n");
            Path secret = product.inbox().resolve("secret.csv");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            product.with("DROP_CLAIM_RETRY_WAIT", "PT0.1S").under(AS_USER);

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            assertThat(hubspot.records()).containsOnlyKeys("1");
            assertThat(product.report().get("confirmed").asInt()).isEqualTo(1);
            assertThat(product.text("archive", "/open.csv")).isEqualTo("id,hs_price\n1,2\n");
            assertThat(product.files("in-progress")).isEmpty();
            assertThat(product.files("inbox")).containsExactly(secret);
            assertThat(secret).content().isEqualTo("id,hs_price\n3,4\n");
            assertThat(product.log()).contains("secret.csv could not be claimed; it stays");
        }
    }

    @Test
    void saysSoWhenAFileThatIsToBeCheckedCannotBeRead() throws Exception {
        assumeOtherUser();
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder, hubspot.port())) {
            ends(List.of("chown", "-R", USER, folder.toString()));
            product.write("secret.csv", "id,hs_price\n1,2\n");
            Files.setPosixFilePermissions(
                    folder.resolve("secret.csv"), PosixFilePermissions.fromString("rw-------"));
            product.under(AS_USER);

            assertThat(product.run("check", "secret.csv")).as(product.log()).isEqualTo(2);

            assertThat(product.log())
                    .contains("secret.csv cannot be read: ")
                    .doesNotContain("\tat ");
        }
    }

    /** Where names may be read and nothing else, it looks empty. */
    @ParameterizedTest
    @ValueSource(strings = {"---------", "r--------"})
    void endsWhenTheInboxCannotBeLookedInto(String permissions) throws Exception {
        assumeOtherUser();
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder, hubspot.port())) {
            ends(List.of("chown", "-R", USER, folder.toString()));
            product.drop("a.csv", "id,hs_price\n1,2\n");
            Files.setPosixFilePermissions(
                    product.inbox(), PosixFilePermissions.fromString(permissions));
            product.under(AS_USER);

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            assertThat(product.log())
                    .contains("inbox cannot be used: ")
                    .contains("What is left to do cannot be seen, so the program ends");
            assertThat(product.files("inbox")).hasSize(1);
        }
    }

    @Test
    void sendsWhatLiesBesideASourceThatCannotBeLookedIntoAndSaysThatOneIsLeft() throws Exception {
        assumeOtherUser();
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder, hubspot.port())) {
            ends(List.of("chown", "-R", USER, folder.toString()));
            product.drop("open.csv", "id,hs_price\n1,2\n");
            product.drop("madrid/closed.csv", "id,hs_price\n3,4\n");
            Files.setPosixFilePermissions(
                    product.inbox().resolve("madrid"),
                    PosixFilePermissions.fromString("---------"));
            product.under(AS_USER);

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            assertThat(hubspot.records()).containsOnlyKeys("1");
            assertThat(product.files("inbox")).hasSize(1);
            assertThat(product.log()).contains("madrid stays in the inbox: it cannot be looked in");
        }
    }

    @Test
    void endsAsForADiskWhenTheInboxCannotBeMade() throws Exception {
        assumeOtherUser();
        try (Sandbox hubspot = new Sandbox(SandboxSettings.defaults()).start();
                Product product = new Product(folder, hubspot.port())) {
            ends(List.of("chown", "-R", USER, folder.toString()));
            Path share = Files.createDirectory(folder.resolve("share"));
            product.with("DROP_INBOX", share.resolve("inbox").toString());
            product.under(AS_USER);

            assertThat(product.run()).as(product.log()).isEqualTo(3);

            assertThat(product.log())
                    .contains("drop cannot be used: ")
                    .contains(share.resolve("inbox").toString())
                    .doesNotContain("\tat ");
        }
    }

    private static void assumeOtherUser() throws Exception {
        List<String> look = new ArrayList<>(AS_USER);
        look.addAll(List.of("test", "-r", Path.of("target/quarkus-app/quarkus-run.jar") + ""));
        boolean isOther = ends(look);
        if (!isOther) {
            System.err.println(
                    "SKIPPED: the program cannot be started as another user here, so nobody else"
                            + " dropped a file.");
        }
        assumeTrue(isOther, "root may become another user, who may read the program");
    }

    private static boolean ends(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
