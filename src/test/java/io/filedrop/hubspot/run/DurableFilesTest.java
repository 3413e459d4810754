package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may read what the program writes, whatever the umask is. */
class DurableFilesTest {

    @TempDir Path folder;

    @ParameterizedTest(name = "{0}: folders {1}")
    @CsvSource({
        "rw-r-----, rwxr-x---",
        "rw-------, rwx------",
        "rw-rw----, rwxrwx---",
        "rw-r--r--, rwxr-xr-x",
        "r--------, rwx------",
    })
    void givesFilesAndFoldersTheirPermissions(String ofFiles, String ofFolders) throws IOException {
        DurableFiles files = new DurableFiles(PosixFilePermissions.fromString(ofFiles));
        Path file = folder.resolve("a").resolve("b").resolve("c");
        files.createDirectories(file.getParent());
        files.create(file, out -> out.write(1));
        assertThat(mode(file)).isEqualTo(ofFiles);
        assertThat(mode(file.getParent())).isEqualTo(ofFolders);
        assertThat(mode(folder.resolve("a"))).isEqualTo(ofFolders);
        files.replace(file, out -> out.write(2));
        assertThat(mode(file)).isEqualTo(ofFiles);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
