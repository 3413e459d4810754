package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Looks for bytes with which a reader fails, or does not give back what it read. In a build each
 * runs on no input but its own; {@code JAZZER_FUZZ=1 ./mvnw test -Dtest='ReadersFuzzTest#csv'}
 * looks for a minute, and another reader is another name behind the hash.
 */
class ReadersFuzzTest {

    private static final Limits SMALL =
            new Limits(1 << 16, 1 << 16, 1 << 20, 50, 100, 50, 20, 1 << 16, 100);
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

    /**
     * Whatever the bytes are, they are read or refused; what failed fails again, and a record that
     * is given back alone holds what it held.
     */
    static void read(byte[] bytes, String name, Layout layout) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve(name), bytes);
        Path copy = folder.resolve("copy-" + name);
        try {
            Found found = new Found(file, layout);
            if (!found.wrong.isEmpty()) {
                copy(file, layout, found.wrong::contains, copy);
                // Where a comma is missing between two elements of a list, it is missing no longer
                // when the one before is left out.
                if (!name.endsWith(".json") || !found.isBroken) {
                    assertThat(new Found(copy, layout).wrong).isNotEmpty();
                }
            }
            if (found.last != null) {
                copy(file, layout, ordinal -> ordinal == found.lastOrdinal, copy);
                assertThat(new Found(copy, layout).last).isEqualTo(found.last);
            }
        } catch (RefusedFile e) {
            assertThat(e.reason().code()).isNotEqualTo("READER_FAILED");
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }

    private static void copy(Path file, Layout layout, LongPredicate wanted, Path to)
            throws IOException, RefusedFile {
        try (OutputStream out = Files.newOutputStream(to)) {
            FORMATS.copy(file, layout, wanted, out);
        }
    }

    /** What is found in a file: which records cannot be read, and the last one that can. */
    private static final class Found {

        private final Set<Long> wrong = new HashSet<>();
        private boolean isBroken;
        private long lastOrdinal;

        /** The fields by their names, but for those that are absent; null when there is none. */
        private Map<String, String> last;

        Found(Path file, Layout layout) throws IOException, RefusedFile {
            try (Feed feed = FORMATS.open(file, layout)) {
                Record record;
                while ((record = feed.next()) != null) {
                    if (record instanceof Record.Unreadable unreadable) {
                        assertThat(unreadable.reason().code()).isNotEqualTo("READER_FAILED");
                        isBroken |= unreadable.reason().code().equals("BROKEN_STRUCTURE");
                        wrong.add(record.position().ordinal());
                    } else {
                        lastOrdinal = record.position().ordinal();
                        last = fields(feed.columns().names(), ((Record.Row) record).values());
                    }
                }
            }
        }

        private static Map<String, String> fields(List<String> names, String[] values) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    fields.put(names.get(i), values[i]);
                }
            }
            return fields;
        }
    }
}
