package io.filedrop.hubspot.run;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** How many files wait in the inbox, and for how long. */
@Singleton
public class InboxAge {

    private final Inbox inbox;

    /**
     * What was seen.
     *
     * @param oldest when the file was changed that has not been changed for longest
     */
    public record Look(long files, Instant oldest) {

        /** How long that is ago; zero when nothing waits. */
        public Duration oldestAge() {
            Duration age = Duration.between(oldest, Instant.now());
            return files == 0 || age.isNegative() ? Duration.ZERO : age;
        }
    }

    @Inject
    public InboxAge(Inbox inbox) {
        this.inbox = inbox;
    }

    /** The update files that are in the inbox now, ready or not. */
    public Look look() {
        try {
            return new Look(inbox.waiting(), inbox.oldest());
        } catch (IOException e) {
            // The route that reads the inbox says what is wrong with it.
            return new Look(0, Instant.MAX);
        }
    }
}
