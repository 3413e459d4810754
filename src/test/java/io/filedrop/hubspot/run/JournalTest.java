package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal tells after it was torn or damaged: a part of the truth, or nothing. */
class JournalTest {

    /**
     * Bytes whose bits are flipped, each of them; the full walk is {@code -Djournal.bytes=65536}.
     */
    private static final int BYTES = Integer.getInteger("journal.bytes", 700);

    @TempDir Path folder;

    private Path file;
    private final List<Long> ends = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve(Journal.FILE_NAME);
        Entry.Claimed claimed =
                new Entry.Claimed("r", "a.csv", "", 7, Instant.parse("2026-01-02T03:04:05Z"), "1");
        try (Journal journal = Journal.create(folder, claimed)) {
            ends.add(Files.size(file));
            append(
                    journal,
                    new Entry.Opened(
                            "abc",
                            "",
                            "",
                            "",
                            Instant.EPOCH,
                            Map.of("drop.empty-values", "clear")));
            for (long row = 0; Files.size(file) < BYTES; row += 2) {
                append(
                        journal,
                        new Entry.Settled(
                                List.of(
                                        outcome(row),
                                        Outcome.failed(
                                                new Position(row + 1, "l\n" + row),
                                                "id-ü",
                                                List.of(Reason.of(Code.BAD_QUOTE, "p", "v", "m")))),
                                new Entry.Calls(row, 0, 0)));
            }
        }
    }

    private static Outcome outcome(long row) {
        return Outcome.confirmed(new Position(row, "" + (row + 2)), "id", false, "7", "t");
    }

    private void append(Journal journal, Entry entry) throws IOException {
        journal.append(entry);
        ends.add(Files.size(file));
    }

    private static List<Entry> read(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.of(folder)) {
            Entry entry;
            while ((entry = reader.next()) != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        List<Entry> entries = read(folder);

        assertThat(entries).hasSize(ends.size());
        assertThat(((Entry.Opened) entries.get(1)).settings())
                .isEqualTo(Map.of("drop.empty-values", "clear"));
        assertThat(((Entry.Settled) entries.get(2)).outcomes().get(0)).isEqualTo(outcome(0));
    }

    @Test
    void givesOutcomesAsLongAsTheyAreWanted() throws Exception {
        List<Outcome> given = new ArrayList<>();
        Entry.Claimed claimed =
                JournalLook.at(
                        folder,
                        outcome -> {
                            given.add(outcome);
                            return given.size() < 3;
                        });
        assertThat(claimed.run()).isEqualTo("r");
        assertThat(given).hasSize(3);
    }

    /** Several lines longer than what is read at once, and short ones that straddle its end. */
    @Test
    void readsLinesOfAnyLength() throws Exception {
        long row = 1;
        try (Journal journal = Journal.open(folder, Files.size(file))) {
            for (int size : new int[] {1, 2_000, 3, 10_000, 1, 1, 5_000}) {
                List<Outcome> outcomes = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    outcomes.add(outcome(row++));
                }
                journal.append(new Entry.Settled(outcomes, Entry.Calls.NONE));
            }
        }

        History history = History.read(folder);

        assertThat(history.end()).isEqualTo(Files.size(file));
        assertThat(history.settled().cardinality()).isEqualTo((int) row);
        History outline = History.withoutOutcomes(folder);
        assertThat(outline.end()).isEqualTo(history.end());
        assertThat(outline.opened()).isEqualTo(history.opened());
        assertThat(outline.calls()).isEqualTo(history.calls());
        assertThat(outline.settled().isEmpty()).isTrue();
    }

    @Test
    void aTornTailIsCutOffSilently() throws Exception {
        List<Entry> all = read(folder);
        byte[] whole = Files.readAllBytes(file);

        for (int length = whole.length; length >= Math.max(0, whole.length - 4096); length--) {
            int to = length;
            Files.write(file, Arrays.copyOf(whole, length));
            int entries = (int) ends.stream().filter(end -> end <= to).count();

            assertThat(read(folder)).as("cut at %d", length).isEqualTo(all.subList(0, entries));
        }
    }

    @Test
    void aTailOfNothingButZerosIsCutOffSilently() throws Exception {
        List<Entry> all = read(folder);
        byte[] whole = Files.readAllBytes(file);

        for (int i = 1; i < ends.size() - 1; i++) {
            byte[] lost = whole.clone();
            Arrays.fill(lost, (int) (long) ends.get(i), lost.length, (byte) 0);
            Files.write(file, lost);

            assertThat(read(folder)).isEqualTo(all.subList(0, i + 1));
        }
    }

    /**
     * A flipped bit is told with its file and offset, or its line was the last one: nothing shows
     * that that one was ever whole. Its records count as not settled, and are sent again.
     */
    @Test
    void aFlippedBitNeverTellsSomethingElse() throws Exception {
        List<Entry> all = read(folder);
        byte[] whole = Files.readAllBytes(file);
        long lastLine = ends.get(ends.size() - 2);
        int refused = 0;
        int cut = 0;

        for (int at = 0; at < whole.length; at++) {
            int here = at;
            long lineStart = ends.stream().filter(e -> e <= here).reduce(0L, Math::max);
            for (int bit = 0; bit < 8; bit++) {
                write(at, whole[at] ^ 1 << bit);
                try {
                    List<Entry> told = read(folder);
                    assertThat((long) at)
                            .as("byte %d, bit %d", at, bit)
                            .isGreaterThanOrEqualTo(lastLine);
                    assertThat(told).isEqualTo(all.subList(0, all.size() - 1));
                    cut++;
                } catch (CannotGoOn e) {
                    assertThat(e).hasMessageContaining(file.toString());
                    assertThat(e).hasMessageContaining("damaged at byte " + lineStart + ";");
                    refused++;
                }
            }
            write(at, whole[at]);
        }
        System.out.println("journal bits flipped: " + refused + " refused, " + cut + " cut off");
        assertThat(refused).isGreaterThan(cut);
    }

    private void write(int at, int value) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(value);
        }
    }

    /** After a power cut, lines that were not on the disk for certain come there in any order. */
    @Test
    void aHoleInWhatWasNotYetOnTheDiskIsATornTail() throws Exception {
        byte[] settled =
                JournalFormat.encode(
                        new JournalFormat.Line(
                                Files.size(file),
                                new Entry.Settled(List.of(outcome(90_000)), Entry.Calls.NONE)));
        List<Entry> all = read(folder);
        byte[] whole = Files.readAllBytes(file);
        byte[] holed = Arrays.copyOf(whole, whole.length + 2 * settled.length);
        System.arraycopy(settled, 0, holed, whole.length + settled.length, settled.length);
        Files.write(file, holed);

        assertThat(read(folder)).isEqualTo(all);
    }

    /**
     * Written side by side, and synced together: no line shows that the one before it was there.
     */
    @Test
    void twoLinesOfOneSyncWithADamagedLineFeedAreATornTail() throws Exception {
        List<Entry> all = read(folder);
        byte[] whole = Files.readAllBytes(file);
        byte[] settled =
                JournalFormat.encode(
                        new JournalFormat.Line(
                                whole.length,
                                new Entry.Settled(List.of(outcome(90_000)), Entry.Calls.NONE)));
        byte[] two = Arrays.copyOf(whole, whole.length + 2 * settled.length);
        System.arraycopy(settled, 0, two, whole.length, settled.length);
        System.arraycopy(settled, 0, two, whole.length + settled.length, settled.length);
        Files.write(file, two);
        assertThat(read(folder)).hasSize(all.size() + 2);

        two[whole.length + settled.length - 1] ^= 1;
        Files.write(file, two);
        assertThat(read(folder)).isEqualTo(all);
    }

    @Test
    void nothingIsAddedBehindAFailure() throws Exception {
        Journal journal = Journal.open(folder, Files.size(file));
        journal.close();

        assertThatThrownBy(() -> journal.append(new Entry.ReadToEnd(1)))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> journal.append(new Entry.ReadToEnd(1)))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("failed before");
    }

    /** The line with the checksum that it must have. */
    static byte[] withCrc(byte[] line) {
        CRC32C crc = new CRC32C();
        crc.update(line, 9, line.length - 10);
        byte[] right = line.clone();
        byte[] digits = "%08x".formatted(crc.getValue()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, right, 0, 8);
        return right;
    }
}
