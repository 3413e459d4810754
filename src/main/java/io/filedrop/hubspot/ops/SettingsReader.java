package io.filedrop.hubspot.ops;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * Reads settings one by one, and gathers a sentence for each that cannot be used, so that a person
 * sees all of them at once. Remembers which keys exist by having been asked for them.
 */
final class SettingsReader {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Config config;
    private final Set<String> known = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    SettingsReader(Config config) {
        this.config = config;
    }

    /** The setting's text; empty text counts as not set. */
    Optional<String> text(String key) {
        known.add(key);
        return config.getOptionalValue(key, String.class)
                .map(String::strip)
                .filter(t -> !t.isEmpty());
    }

    /**
     * A setting of any type.
     *
     * @param allowed ends the sentence "… is not allowed; it must be …"
     * @param parse throws an unchecked exception for what is not allowed
     * @return null when the setting is missing or not allowed; a fault is noted then
     */
    <T> T parsed(String key, String allowed, Function<String, T> parse) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            fault(key + " is not set; it must be " + allowed + ".");
            return null;
        }
        return parsed(key, text.get(), allowed, parse);
    }

    /** As {@link #parsed(String, String, Function)}, but the setting may be missing. */
    <T> Optional<T> optional(String key, String allowed, Function<String, T> parse) {
        return text(key).map(text -> parsed(key, text, allowed, parse));
    }

    private <T> T parsed(String key, String text, String allowed, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            fault(key + shown(key, text) + " is not allowed; it must be " + allowed + ".");
            return null;
        }
    }

    /** A setting's text for people, without a password; it may stand in a log. */
    private static String shown(String key, String text) {
        if (SecretFiles.areNamedBy(key) && !liesInAFolder(text)) {
            return " (not shown, for it may be the secret itself)";
        }
        return "=" + text.replaceAll("//.*@", "//…@");
    }

    /** Nobody's password is a path into a folder that is there. */
    private static boolean liesInAFolder(String text) {
        try {
            Path folder = Path.of(text).getParent();
            return folder != null && Files.isDirectory(folder);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    Duration duration(String key) {
        return parsed(key, "a positive ISO 8601 duration, PT30S say", SettingsReader::positive);
    }

    /**
     * A longer one than anybody waits counts as that long, so that it can be told in nanoseconds.
     */
    static Duration positive(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(text);
        }
        return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    }

    int whole(String key, int least, int most) {
        Integer number =
                parsed(
                        key,
                        "a whole number from " + least + " to " + most,
                        text -> wholeBetween(text, least, most));
        return number == null ? least : number;
    }

    /** A number of bytes. */
    long bytes(String key, long least) {
        Long number =
                parsed(
                        key,
                        "a number of bytes, at least " + least,
                        text -> {
                            long bytes = Long.parseLong(text);
                            if (bytes < least) {
                                throw new IllegalArgumentException(text);
                            }
                            return bytes;
                        });
        return number == null ? least : number;
    }

    static int wholeBetween(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    /** The text, when all of it matches that pattern. */
    static String matching(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    boolean flag(String key) {
        return "true".equals(oneOf(key, "true", "false"));
    }

    String oneOf(String key, String... allowed) {
        return parsed(
                key,
                String.join(" or ", allowed),
                text -> {
                    if (!List.of(allowed).contains(text)) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                });
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    /** What cannot be used so far, a sentence each. */
    List<String> faults() {
        return faults;
    }

    /** Every key that was asked for. */
    Set<String> known() {
        return known;
    }
}
