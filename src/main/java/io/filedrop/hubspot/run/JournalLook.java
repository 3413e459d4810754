package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what a run that is not over has settled so far, for those who only look. */
public final class JournalLook {

    private JournalLook() {}

    /**
     * Gives every outcome that the journal in that folder holds.
     *
     * @return the claim, with which a journal begins
     */
    public static Entry.Claimed at(Path folder, Consumer<Outcome> each) throws IOException {
        try (JournalReader reader = JournalReader.of(folder)) {
            if (!(reader.next() instanceof Entry.Claimed claimed)) {
                throw new IOException("The journal of " + folder + " has no beginning.");
            }
            Entry entry;
            while ((entry = reader.next()) != null) {
                if (entry instanceof Entry.Settled settled) {
                    settled.outcomes().forEach(each);
                }
            }
            return claimed;
        }
    }
}
