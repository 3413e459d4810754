package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the program writes: who may read it, whatever the umask is; that it is whole, and overwrites
 * nothing.
 */
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

    /** It would lie there hidden, on a disk that may be full of just that. */
    @Test
    void leavesNothingOfAFileThatCouldNotBeWrittenWhole() {
        DurableFiles files = new DurableFiles(PosixFilePermissions.fromString("rw-r-----"));
        IOException full = new IOException("No space left on device");

        assertThatThrownBy(
                        () ->
                                files.create(
                                        folder.resolve("a.csv"),
                                        out -> {
                                            out.write(new byte[1 << 20]);
                                            throw full;
                                        }))
                .isSameAs(full);
        assertThatThrownBy(
                        () ->
                                files.replace(
                                        folder.resolve("a.csv"),
                                        out -> {
                                            throw new OutOfMemoryError();
                                        }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(folder).isEmptyDirectory();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static final String MINE = "id\n1\n";
    private static final String OTHER = "id\n2\n";

    private DurableFiles files(Link link) {
        return new DurableFiles(PosixFilePermissions.fromString("rw-r-----")) {
            @Override
            void link(Path from, Path to) throws IOException {
                link.happens(from, to);
                super.link(from, to);
            }
        };
    }

    /** What happens when a file is about to get its second name. */
    private interface Link {
        void happens(Path from, Path to) throws IOException;
    }

    @Test
    void putsNoFileInThePlaceOfOneThatComesAtThatMoment() throws IOException {
        Path from = Files.writeString(folder.resolve("from.csv"), MINE);
        Path to = folder.resolve("to.csv");
        DurableFiles files = files((f, t) -> Files.writeString(t, OTHER));

        assertThatThrownBy(() -> files.place(from, to))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(to).hasContent(OTHER);
        assertThat(from).hasContent(MINE);

        Path other = folder.resolve("other.csv");
        assertThatThrownBy(() -> files.create(other, out -> out.write(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(other).hasContent(OTHER);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("from.csv", "to.csv", "other.csv");
    }

    @Test
    void movesAFileWhereTheDiskKnowsNoLinks() throws IOException {
        Path from = Files.writeString(folder.resolve("from.csv"), MINE);
        Path taken = Files.writeString(folder.resolve("taken.csv"), OTHER);
        DurableFiles files =
                files(
                        (f, t) -> {
                            throw new FileSystemException(f + "", t + "", "not permitted");
                        });

        assertThatThrownBy(() -> files.place(from, taken))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(taken).hasContent(OTHER);
        assertThat(from).exists();

        Path to = folder.resolve("to.csv");
        files.place(from, to);
        assertThat(to).hasContent(MINE);
        assertThat(from).doesNotExist();
    }

    /** The program ended before the first name was gone. */
    @Test
    void goesOnWithAFileThatHasBothNames() throws IOException {
        Path from = Files.writeString(folder.resolve("from.csv"), MINE);
        Path to = Files.createLink(folder.resolve("to.csv"), from);
        DurableFiles files = files((f, t) -> {});
        assertThat(files.isFree(from, to)).isTrue();

        files.place(from, to);

        assertThat(to).hasContent(MINE);
        assertThat(from).doesNotExist();
    }

    @Test
    void writesIntoNoFileThatACrashLeftWithItsTemporaryName() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), MINE);
        Files.createLink(folder.resolve(".a.csv.tmp"), file);
        DurableFiles files = files((f, t) -> {});

        assertThatThrownBy(() -> files.create(file, out -> out.write(1)))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent(MINE);
        assertThat(folder.toFile().list()).containsExactly("a.csv");
    }
}
