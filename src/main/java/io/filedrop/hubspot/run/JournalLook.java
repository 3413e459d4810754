package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Reads what a run that is not over has settled so far, for those who only look. */
public final class JournalLook {

    private JournalLook() {}

    /**
     * Gives the outcomes that the journal in that folder holds, as long as they are wanted.
     *
     * @param each whether others are wanted
     * @return the claim, with which a journal begins
     */
    public static Entry.Claimed at(Path folder, Predicate<Outcome> each) throws IOException {
        try (JournalReader reader = JournalReader.of(folder)) {
            if (!(reader.next() instanceof Entry.Claimed claimed)) {
                throw new IOException("The journal of " + folder + " has no beginning.");
            }
            Entry entry;
            boolean isWanted = true;
            while (isWanted && (entry = reader.next()) != null) {
                if (entry instanceof Entry.Settled settled) {
                    isWanted = settled.outcomes().stream().allMatch(each);
                }
            }
            return claimed;
        }
    }
}
