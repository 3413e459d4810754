package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * What a journal tells of its run: the state that the next start goes on from. Grows with the file
 * by one bit a record.
 *
 * @param end where the journal's last whole entry ends, in bytes
 * @param opened empty when processing has not begun
 * @param settled by ordinal, the records that have their outcome
 * @param notConfirmed of them, those that failed or are unknown
 * @param closed the entry that says that no record is left to send, if there is one
 */
record History(
        Entry.Claimed claimed,
        long end,
        Optional<Entry.Opened> opened,
        BitSet settled,
        long notConfirmed,
        Entry.Calls calls,
        Optional<Entry> closed) {

    /**
     * Reads the journal in that folder.
     *
     * @throws CannotGoOn when it is missing, damaged, or of a newer version
     */
    static History read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(Journal.FILE_NAME))) {
            throw new CannotGoOn(ToMend.NO_JOURNAL.of());
        }
        try (JournalReader reader = JournalReader.of(folder)) {
            return read(folder, reader);
        }
    }

    /** The same for those who do not ask which records are settled, at a tenth of the cost. */
    static History withoutOutcomes(Path folder) throws IOException {
        try (JournalReader reader = JournalReader.withoutOutcomes(folder)) {
            return read(folder, reader);
        }
    }

    private static History read(Path folder, JournalReader reader) throws IOException {
        if (!(reader.next() instanceof Entry.Claimed claimed)) {
            throw new CannotGoOn(
                    ToMend.JOURNAL_WITHOUT_BEGINNING.of(folder.resolve(Journal.FILE_NAME)));
        }
        Optional<Entry.Opened> opened = Optional.empty();
        BitSet settled = new BitSet();
        long notConfirmed = 0;
        Entry.Calls calls = Entry.Calls.NONE;
        Optional<Entry> closed = Optional.empty();
        Entry entry;
        while ((entry = reader.next()) != null) {
            if (entry instanceof Entry.Settled s) {
                for (Outcome outcome : s.outcomes()) {
                    settled.set(Math.toIntExact(outcome.position().ordinal()));
                    if (outcome.isNotConfirmed()) {
                        notConfirmed++;
                    }
                }
                calls = s.calls();
            } else if (entry instanceof Entry.Opened o) {
                opened = Optional.of(o);
            } else if (entry instanceof Entry.Parked p) {
                calls = p.calls();
            } else if (entry instanceof Entry.ReadToEnd || entry instanceof Entry.Refused) {
                closed = Optional.of(entry);
            }
        }
        return new History(claimed, reader.end(), opened, settled, notConfirmed, calls, closed);
    }
}
