package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for bytes with which a reader fails, or does not give back what it read. In a build each
 * runs on no input but its own; {@code JAZZER_FUZZ=1 ./mvnw test -Dtest='ReadersFuzzTest#csv'}
 * looks for a minute, and another reader is another name behind the hash.
 */
class ReadersFuzzTest {

    private static final Limits SMALL =
            new Limits(1 << 16, 1 << 16, 1 << 20, 50, 100, 50, 20, 1 << 16);
    private static final Formats FORMATS = Formats.all(SMALL);

    @FuzzTest(maxDuration = "1m")
    void csv(byte[] bytes) throws Exception {
        read(bytes, "f.csv", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void json(byte[] bytes) throws Exception {
        read(bytes, "f.json", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void ndjson(byte[] bytes) throws Exception {
        read(bytes, "f.ndjson", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void xml(byte[] bytes) throws Exception {
        read(bytes, "f.xml", new Layout("", Map.of("record", "p"), List.of("a", "@b", "c/d")));
    }

    @FuzzTest(maxDuration = "1m")
    void blm(byte[] bytes) throws Exception {
        read(bytes, "f.blm", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void xlsx(byte[] bytes) throws Exception {
        read(bytes, "f.xlsx", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void gzip(byte[] bytes) throws Exception {
        read(bytes, "f.csv.gz", Layout.UNSAID);
    }

    @FuzzTest(maxDuration = "1m")
    void zip(byte[] bytes) throws Exception {
        read(bytes, "f.zip", Layout.UNSAID);
    }

    /** Whatever the bytes are, they are read or refused, and what failed fails again. */
    static void read(byte[] bytes, String name, Layout layout) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve(name), bytes);
        Path failed = folder.resolve("failed-" + name);
        try {
            Wrong wrong = new Wrong(file, layout);
            if (wrong.count() > 0) {
                try (OutputStream out = Files.newOutputStream(failed)) {
                    FORMATS.copy(file, layout, wrong::contains, out);
                }
                // Where a comma is missing between two elements of a list, it is missing no longer
                // when the one before is left out.
                if (!name.endsWith(".json") || !wrong.isBroken) {
                    assertThat(new Wrong(failed, layout).count()).isGreaterThan(0);
                }
            }
        } catch (RefusedFile e) {
            assertThat(e.reason().code()).isNotEqualTo("READER_FAILED");
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(failed);
            Files.delete(folder);
        }
    }

    /** The records of a file that cannot be read. */
    private static final class Wrong {

        private final Set<Long> ordinals = new HashSet<>();
        private boolean isBroken;

        Wrong(Path file, Layout layout) throws IOException, RefusedFile {
            try (Feed feed = FORMATS.open(file, layout)) {
                Record record;
                while ((record = feed.next()) != null) {
                    if (record instanceof Record.Unreadable unreadable) {
                        assertThat(unreadable.reason().code()).isNotEqualTo("READER_FAILED");
                        isBroken |= unreadable.reason().code().equals("BROKEN_STRUCTURE");
                        ordinals.add(record.position().ordinal());
                    }
                }
            }
        }

        boolean contains(long ordinal) {
            return ordinals.contains(ordinal);
        }

        long count() {
            return ordinals.size();
        }
    }
}
