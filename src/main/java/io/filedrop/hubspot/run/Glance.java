package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * What can be seen of a run that is set aside: where its journal is damaged, what stands in front
 * of the damage.
 *
 * @param file its update file; its folder when that is gone, and nothing of it is left to send
 * @param source where that came from; empty when even that cannot be read
 * @param opened empty when that cannot be read, or processing has not begun
 * @param settled by ordinal, the records that have their outcome for certain
 * @param isThrough whether no record is left to send, whatever became of its file since
 */
public record Glance(
        Path file,
        Optional<String> source,
        Optional<Entry.Opened> opened,
        BitSet settled,
        boolean isThrough) {

    /**
     * Looks into that folder, and never further than the damage.
     *
     * @throws CannotGoOn when no update file is there, and some of it may not be sent
     */
    static Glance at(Path folder) throws IOException {
        Optional<Entry.Opened> opened = Optional.empty();
        BitSet settled = new BitSet();
        boolean isThrough = false;
        try (JournalReader reader = JournalReader.of(folder)) {
            Entry entry;
            while ((entry = reader.next()) != null) {
                if (entry instanceof Entry.Opened o) {
                    opened = Optional.of(o);
                } else if (entry instanceof Entry.Settled s) {
                    s.outcomes().forEach(o -> settled.set((int) o.position().ordinal()));
                } else if (entry instanceof Entry.ReadToEnd || entry instanceof Entry.Refused) {
                    isThrough = true;
                }
            }
        } catch (IOException e) {
            // Why the run was set aside, which is told elsewhere.
        }
        Optional<Path> file = fileIn(folder);
        if (file.isEmpty() && !isThrough) {
            throw new CannotGoOn(ToMend.NO_FILE.of(folder));
        }
        return new Glance(file.orElse(folder), sourceOf(folder), opened, settled, isThrough);
    }

    /** Where the file of that run came from; empty when its journal does not tell. */
    public static Optional<String> sourceOf(Path folder) {
        try (JournalReader reader = JournalReader.withoutOutcomes(folder)) {
            return reader.next() instanceof Entry.Claimed claimed
                    ? Optional.of(claimed.source())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The update file in the folder of a run; empty when none is there. */
    static Optional<Path> fileIn(Path folder) throws IOException {
        return FolderContents.of(folder, "[!.]*").stream().filter(Files::isRegularFile).findFirst();
    }
}
