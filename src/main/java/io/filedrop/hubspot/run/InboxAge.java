package io.filedrop.hubspot.run;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** How many files wait in the inbox, and for how long. */
@Singleton
public class InboxAge {

    private final Inbox inbox;

    @Inject
    public InboxAge(Inbox inbox) {
        this.inbox = inbox;
    }

    /** The update files that are in the inbox now, ready or not; empty when it cannot be read. */
    public Optional<Inbox.Lying> look() {
        try {
            return Optional.of(inbox.lying());
        } catch (IOException e) {
            // The route that reads the inbox says what is wrong with it.
            return Optional.empty();
        }
    }
}
