package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Format;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.ClaimedRun;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault in giving rows back is one file's, or the disk's: only the disk's passes. */
class LaidOutOriginalsTest {

    @TempDir Path folder;

    /** Reads well, and throws that when rows are to be given back. */
    private record Broken(Throwable fault) implements Format {

        @Override
        public String name() {
            return "csv";
        }

        @Override
        public List<String> endings() {
            return List.of(".csv");
        }

        @Override
        public Map<String, Consumer<String>> options() {
            return Map.of();
        }

        @Override
        public Feed open(Path file, Layout layout) {
            throw new AssertionError("nobody asked for this");
        }

        @Override
        public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
                throws IOException, RefusedFile {
            if (fault instanceof RefusedFile refused) {
                throw refused;
            } else if (fault instanceof RuntimeException runtime) {
                throw runtime;
            } else if (fault instanceof Error error) {
                throw error;
            }
            throw (IOException) fault;
        }
    }

    private Throwable copying(Throwable fault) throws Exception {
        ClaimedRun claimed = new ClaimedRun(folder.resolve("drop"), Map.of());
        Path file = Files.writeString(folder.resolve("feed.csv"), "id\n1\n");
        KeptMappings mappings =
                new KeptMappings(Mappings.load(folder.resolve("none"), ""), claimed.files, "");
        Formats formats = new Formats(List.of(new Broken(fault)), null);
        return catchThrowable(
                () ->
                        new LaidOutOriginals(formats, mappings)
                                .copy(file, row -> true, OutputStream.nullOutputStream()));
    }

    @Test
    void setsTheRunAsideForWhatIsTheFilesOwn() throws Exception {
        for (Throwable fault :
                List.of(
                        new NullPointerException(),
                        new StackOverflowError(),
                        new IllegalStateException("a cell"),
                        new RefusedFile(Reason.of(Code.READER_FAILED, "No reader.")))) {
            assertThat(copying(fault))
                    .as(fault.toString())
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining("feed.csv cannot be written as they were dropped");
        }
    }

    /** Its sentence goes into the log, where no value may stand. */
    @Test
    void saysNothingOfWhatStandsInTheFile() throws Exception {
        Reason reason = Reason.of(Code.BAD_HEADER, "Line 1: secret stands twice.");
        assertThat(copying(new RefusedFile(reason)))
                .hasMessageContaining("(BAD_HEADER)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void triesAgainForWhatIsTheDisks() throws Exception {
        IOException full = new IOException("no space left");
        assertThat(copying(full)).isSameAs(full);
        assertThat(copying(new UncheckedIOException(full))).isSameAs(full);
    }

    @Test
    void endsTheProgramForWantOfMemory() throws Exception {
        OutOfMemoryError memory = new OutOfMemoryError();
        assertThat(copying(memory)).isSameAs(memory);
    }
}
