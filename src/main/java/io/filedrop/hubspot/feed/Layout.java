package io.filedrop.hubspot.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an update file is laid out, as far as its mapping says so. What is not said is found out
 * where that is certain, and refused where it is not.
 *
 * @param format name of the {@link Format}, empty: by the file's name
 * @param options of that format, by the names under which a mapping gives them; {@code delimiter}
 *     say
 * @param fields names or paths of the fields that are wanted, in the format's own notation; empty:
 *     all that there are
 */
public record Layout(String format, Map<String, String> options, List<String> fields) {

    /** Nothing is said. */
    public static final Layout UNSAID = new Layout("", Map.of(), List.of());

    public Layout {
        options = Map.copyOf(options);
        fields = List.copyOf(fields);
    }

    /** What is said of that option, if anything. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
