package io.filedrop.hubspot.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * A sentence of the program's own, and what it is about. In logs, reports and answers it is
 * English; the page says it in its reader's language.
 *
 * @param values stand in the sentence as they are, in every language
 */
public record Sentence(Phrase phrase, List<String> values) {

    /** One of the sentences that the program says; each room has an enum of its own. */
    public interface Phrase {

        /** Tells it from the others of its enum. */
        String name();

        /** As {@link String#format} takes it, its values by number: {@code %1$s}. */
        String english();

        /** The sentence about these values. */
        default Sentence of(Object... values) {
            return new Sentence(this, Stream.of(values).map(String::valueOf).toList());
        }
    }

    /** In the words of that pattern. */
    public String in(String pattern) {
        return pattern.formatted(values.toArray());
    }

    /** In English. */
    @Override
    public String toString() {
        return in(phrase.english());
    }
}
