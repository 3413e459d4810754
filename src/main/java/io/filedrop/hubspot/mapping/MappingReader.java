package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Limits;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one mapping. What it does not understand, it names with its line and key. The grammar is
 * told to people in {@code docs/mapping.md}, and to editors in {@code mapping.schema.json}.
 */
final class MappingReader {

    private static final Set<String> KEYS =
            Set.of("files", "expected", "format", "layout", "trim", "zone", "id", "properties");

    private static final Formats FORMATS = Formats.all(Limits.DEFAULT);

    private MappingReader() {}

    /** A mapping that cannot be used; the message is a sentence for the person who wrote it. */
    static final class WrongMapping extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongMapping(String message) {
            super(message);
        }
    }

    /**
     * The mapping that this text describes.
     *
     * @param defaultIdProperty for a mapping whose id names no property
     * @throws WrongMapping with file, line, key and what is expected there
     */
    static Mapping read(String name, String sha256, String yaml, String defaultIdProperty) {
        YamlKeys keys = YamlKeys.parse(name, yaml, KEYS);
        ValueReader values =
                new ValueReader(
                        keys.flag("trim"),
                        keys.has("zone")
                                ? Optional.of(
                                        keys.parsed(
                                                "zone",
                                                "a time zone, Europe/Madrid say",
                                                ZoneId::of))
                                : Optional.empty());
        YamlKeys id = keys.block("id", ValueReader.ID_KEYS);
        Value key = values.key(id);
        Map<String, Value> properties = properties(keys, values);
        Set<String> fields = new LinkedHashSet<>(key.columns());
        properties.values().forEach(value -> fields.addAll(value.columns()));
        List<String> globs = globs(keys);
        String idProperty = idProperty(id, defaultIdProperty);
        if (properties.containsKey(idProperty)) {
            throw keys.block("properties", null)
                    .wrong(
                            idProperty,
                            "is the property that the listings are found by, so that it always"
                                    + " holds the id; leave it out here");
        }
        return new Mapping(
                name,
                sha256,
                globs,
                layout(keys, globs, List.copyOf(fields)),
                key,
                idProperty,
                keys.has("expected") ? Optional.of(expected(keys)) : Optional.empty(),
                properties);
    }

    private static String idProperty(YamlKeys id, String defaultIdProperty) {
        if (id.has("property") && id.has("default-property")) {
            throw id.wrong("default-property", "stands beside property; keep one of them");
        }
        Optional<String> fallback = id.optionalText("default-property");
        String property =
                id.optionalText("property")
                        .orElse(
                                defaultIdProperty.isEmpty()
                                        ? fallback.orElse("")
                                        : defaultIdProperty);
        // HubSpot refuses it as idProperty; a record id goes without one.
        return property.equals("hs_object_id") ? "" : property;
    }

    private static List<String> globs(YamlKeys keys) {
        List<String> globs = keys.texts("files", "[\"export*.csv\"]");
        for (String glob : globs) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (RuntimeException e) {
                throw keys.wrong("files", "holds " + glob + ", which is no glob");
            }
            if (glob.isBlank() || glob.contains("/")) {
                throw keys.wrong("files", "must hold names of files, without folders");
            }
        }
        return globs;
    }

    /** What a format does not know, or cannot use, is refused here and not with the first file. */
    private static Layout layout(YamlKeys keys, List<String> globs, List<String> fields) {
        String format = keys.has("format") ? keys.oneOf("format", Set.copyOf(FORMATS.names())) : "";
        Map<String, String> options = new LinkedHashMap<>();
        if (keys.has("layout")) {
            Map<String, Consumer<String>> allowed = new LinkedHashMap<>();
            (format.isEmpty() ? FORMATS.matching(globs) : List.of(FORMATS.named(format)))
                    .forEach(kind -> allowed.putAll(kind.options()));
            YamlKeys layout = keys.block("layout", allowed.keySet());
            for (String option : layout.names()) {
                String text =
                        layout.isText(option)
                                ? layout.exactText(option)
                                : String.join(" ", layout.texts(option, "[residential, rental]"));
                try {
                    allowed.get(option).accept(text);
                } catch (IllegalArgumentException e) {
                    throw layout.wrong(option, "cannot be used: " + e.getMessage());
                }
                options.put(option, text);
            }
            if (options.getOrDefault("delimiter", "").equals(options.get("quote"))) {
                throw layout.wrong("quote", "is the delimiter, too; they must differ");
            }
        }
        return new Layout(format, options, fields);
    }

    private static Duration expected(YamlKeys keys) {
        return keys.parsed(
                "expected",
                "a positive ISO 8601 duration, PT24H say",
                text -> {
                    Duration duration = Duration.parse(text);
                    if (duration.isNegative() || duration.isZero()) {
                        throw new IllegalArgumentException(text);
                    }
                    return duration;
                });
    }

    private static Map<String, Value> properties(YamlKeys keys, ValueReader values) {
        YamlKeys block = keys.block("properties", null);
        Map<String, Value> properties = new LinkedHashMap<>();
        block.names().forEach(name -> properties.put(name, values.property(block, name)));
        if (properties.isEmpty()) {
            throw keys.wrong("properties", "must name at least one property, hs_price: PRICE say");
        }
        return properties;
    }
}
