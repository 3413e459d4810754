package io.filedrop.hubspot.run;

import java.io.IOException;
import java.util.Optional;

/**
 * A run cannot go on as it is, and waiting does not help: its journal is damaged or was written by
 * a newer version, or what it began with has changed since. The message is a sentence for the
 * person who has to mend it. Other runs are not concerned.
 */
public class CannotGoOn extends IOException {

    private static final long serialVersionUID = 1L;

    public CannotGoOn(String sentence) {
        super(sentence);
    }

    public CannotGoOn(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence, if that is why something failed. */
    static Optional<String> in(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof CannotGoOn) {
                return Optional.of(t.getMessage());
            }
        }
        return Optional.empty();
    }
}
