package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret that others can read is told of at the start. */
class SecretFilesTest {

    private static final String TOKEN = "hubspot.access-token-file";

    @TempDir Path folder;

    @ParameterizedTest(name = "{0} with {1}: told {2}")
    @CsvSource({
        "hubspot.access-token-file, rw-------, false",
        "hubspot.access-token-file, r--------, false",
        "hubspot.access-token-file, rw-r-----, true",
        "hubspot.oauth.client-secret-file, rw----r--, true",
        "sftp.agency.private-key-file, rw--w----, true",
        "sftp.agency.private-key-passphrase-file, rw-----w-, true",
        "sftp.agency.password-file, rw-r--r--, true",
        "drop.page.users-file, rw-r--r--, true",
        // no secret
        "sftp.agency.known-hosts-file, rw-r--r--, false",
    })
    void tellsWhatOthersMayReadOrWrite(String key, String mode, boolean told) throws IOException {
        Path file = secret(mode);
        List<String> sentences = exposed(key, file);
        assertThat(sentences).hasSize(told ? 1 : 0);
        assertThat(sentences).allMatch(s -> s.contains(key) && s.contains(mode));
        assertThat(sentences).noneMatch(s -> s.contains("geheim"));
    }

    @Test
    void leavesASecretOfKubernetesToThePod() throws IOException {
        Path data = Files.createDirectory(folder.resolve("..2026_1"));
        Files.move(secret("rw-r--r--"), data.resolve("token"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Path token = Files.createSymbolicLink(folder.resolve("token"), Path.of("..data/token"));
        assertThat(exposed(TOKEN, token)).isEmpty();
        Path other = Files.createTempDirectory(folder, "other").resolve("token");
        Files.createSymbolicLink(other, data.resolve("token"));
        assertThat(exposed(TOKEN, other)).as("any other link is followed").hasSize(1);
    }

    @Test
    void saysNothingOfAFileThatIsNotThere() {
        assertThat(exposed(TOKEN, folder.resolve("nothing"))).isEmpty();
        assertThat(SecretFiles.exposed(Set.of(TOKEN), key -> Optional.empty())).isEmpty();
    }

    private Path secret(String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "geheim");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static List<String> exposed(String key, Path file) {
        return SecretFiles.exposed(Set.of(key), any -> Optional.of(file.toString()));
    }
}
