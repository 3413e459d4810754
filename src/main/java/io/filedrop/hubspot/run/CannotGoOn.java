package io.filedrop.hubspot.run;

import java.io.IOException;
import java.util.Optional;

/**
 * A run cannot go on as it is, and waiting does not help: its journal is damaged or was written by
 * a newer version, or what it began with has changed since. The sentence is for the person who has
 * to mend it. Other runs are not concerned.
 */
public class CannotGoOn extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    public CannotGoOn(Sentence sentence) {
        super(sentence.toString());
        this.sentence = sentence;
    }

    public CannotGoOn(Sentence sentence, Throwable cause) {
        super(sentence.toString(), cause);
        this.sentence = sentence;
    }

    Sentence sentence() {
        return sentence;
    }

    /** The sentence, if that is why something failed. */
    static Optional<Sentence> in(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof CannotGoOn it) {
                return Optional.of(it.sentence());
            }
        }
        return Optional.empty();
    }
}
