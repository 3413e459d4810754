package io.filedrop.hubspot.mapping;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how one property, or the key, is made: {@code PRICE}, or a block of keys. */
final class ValueReader {

    private static final Set<String> SOURCES = Set.of("column", "columns", "constant");
    private static final Set<String> CONVERSIONS =
            Set.of("number", "date", "datetime", "boolean", "values");

    static final Set<String> ID_KEYS =
            Set.of("column", "columns", "join", "expression", "property", "default-property");

    private static final Set<String> KEYS =
            Stream.of(
                            SOURCES,
                            CONVERSIONS,
                            Set.of("join", "expression", "trim", "skip", "clear", "empty"),
                            Set.of("default", "required", "optional", "unit"),
                            Set.of("others", "ignore-case", "choices"))
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    private final boolean trim;
    private final Optional<ZoneId> zone;

    /**
     * @param trim whether texts are trimmed where the property does not say
     * @param zone of times where the property does not say
     */
    ValueReader(boolean trim, Optional<ZoneId> zone) {
        this.trim = trim;
        this.zone = zone;
    }

    /** The key that stands in {@code id}. */
    Value key(YamlKeys id) {
        return Value.of(source(id), true, Optional.empty());
    }

    /** The value of that property. */
    Value property(YamlKeys properties, String name) {
        if (properties.isText(name)) {
            return Value.of(new Source.Column(properties.text(name)), trim, Optional.empty());
        }
        YamlKeys keys = properties.block(name, KEYS);
        boolean ignoreCase = keys.flag("ignore-case");
        Optional<Conversion> conversion = conversion(keys, ignoreCase);
        return new Value(
                source(keys),
                keys.has("trim") ? keys.flag("trim") : trim,
                folded(keys, "skip", ignoreCase),
                folded(keys, "clear", ignoreCase),
                ignoreCase,
                keys.optionalText("default"),
                keys.has("empty")
                        ? Optional.of(
                                Value.Empty.valueOf(
                                        keys.oneOf("empty", Set.of("ignore", "clear", "refuse"))
                                                .toUpperCase(Locale.ROOT)))
                        : Optional.empty(),
                keys.flag("required"),
                keys.flag("optional"),
                conversion,
                measure(keys));
    }

    private static Source source(YamlKeys keys) {
        List<String> given = SOURCES.stream().filter(keys::has).sorted().toList();
        if (given.size() != 1) {
            throw keys.wrong(
                    given.isEmpty()
                            ? "must have a column, columns or a constant"
                            : "has " + String.join(" and ", given) + "; keep one of them");
        }
        if (keys.has("expression")) {
            return computed(keys);
        }
        if (keys.has("join") && !keys.has("columns")) {
            throw keys.wrong("join", "needs columns");
        }
        return switch (given.get(0)) {
            case "column" -> new Source.Column(keys.text("column"));
            case "constant" -> new Source.Constant(keys.text("constant"));
            default ->
                    new Source.Joined(
                            keys.texts("columns", "[STREET, NUMBER]"),
                            keys.has("join") ? keys.exactText("join") : " ");
        };
    }

    private static Source computed(YamlKeys keys) {
        if (keys.has("constant") || keys.has("join")) {
            throw keys.wrong(
                    "expression", "needs column or columns, and neither join nor constant");
        }
        List<String> columns =
                keys.has("column")
                        ? List.of(keys.text("column"))
                        : keys.texts("columns", "[STREET, NUMBER]");
        try {
            return new Source.Computed(columns, Expression.compile(keys.text("expression")));
        } catch (IllegalArgumentException e) {
            throw keys.wrong("expression", "cannot be used: " + e.getMessage());
        }
    }

    private Optional<Conversion> conversion(YamlKeys keys, boolean ignoreCase) {
        List<String> given = CONVERSIONS.stream().filter(keys::has).sorted().toList();
        if (given.size() > 1) {
            throw keys.wrong("has " + String.join(" and ", given) + "; keep one of them");
        }
        if (keys.has("others") && !keys.has("values")) {
            throw keys.wrong("others", "needs values");
        }
        String kind = given.isEmpty() ? "" : given.get(0);
        if (keys.has("choices")) {
            if (!given.isEmpty() && !kind.equals("values")) {
                throw keys.wrong("choices", "cannot stand beside " + kind);
            }
            return Optional.of(choices(keys, ignoreCase));
        }
        return switch (kind) {
            case "number" -> Optional.of(number(keys));
            case "date" -> Optional.of(time(keys, "date"));
            case "datetime" -> Optional.of(time(keys, "datetime"));
            case "boolean" -> Optional.of(booleans(keys, ignoreCase));
            case "values" -> Optional.of(values(keys, ignoreCase));
            default -> Optional.empty();
        };
    }

    private static Conversion number(YamlKeys keys) {
        return NumberNotation.named(keys.oneOf("number", NumberNotation.names()));
    }

    private Conversion time(YamlKeys keys, String kind) {
        YamlKeys at = keys;
        String key = kind;
        Optional<ZoneId> where = zone;
        if (!keys.isText(kind)) {
            at = keys.block(kind, Set.of("format", "zone"));
            key = "format";
            if (at.has("zone")) {
                where =
                        Optional.of(
                                at.parsed("zone", "a time zone, Europe/Madrid say", ZoneId::of));
            }
        }
        String format = at.text(key);
        try {
            return kind.equals("date") ? Times.date(format, where) : Times.dateTime(format, where);
        } catch (IllegalArgumentException e) {
            throw at.wrong(key, "cannot be used: " + e.getMessage());
        }
    }

    private static Conversion booleans(YamlKeys keys, boolean ignoreCase) {
        YamlKeys words = keys.block("boolean", Set.of("true", "false"));
        Set<String> yes = Set.copyOf(words.texts("true", "[yes, \"1\"]"));
        Set<String> no = Set.copyOf(words.texts("false", "[no, \"0\"]"));
        if (yes.stream().anyMatch(no::contains)) {
            throw keys.wrong("boolean", "has a word that means both true and false");
        }
        return new Booleans(yes, no, ignoreCase);
    }

    private static ValueTable values(YamlKeys keys, boolean ignoreCase) {
        Map<String, String> table = keys.table("values");
        Set<String> folded = new LinkedHashSet<>();
        for (String found : table.keySet()) {
            if (!folded.add(ValueTable.folded(found, ignoreCase))) {
                throw keys.wrong("values", "has " + found + " twice, but for upper and lower case");
            }
        }
        String others =
                keys.has("others")
                        ? keys.oneOf("others", Set.of("refuse", "skip", "keep"))
                        : "refuse";
        return new ValueTable(
                table, ValueTable.Others.valueOf(others.toUpperCase(Locale.ROOT)), ignoreCase);
    }

    private static Conversion choices(YamlKeys keys, boolean ignoreCase) {
        Optional<ValueTable> table =
                keys.has("values") ? Optional.of(values(keys, ignoreCase)) : Optional.empty();
        YamlKeys block = keys.block("choices", Set.of("split", "append"));
        return new Choices(
                block.has("split") ? block.exactText("split") : "", block.flag("append"), table);
    }

    private static Optional<Measure> measure(YamlKeys keys) {
        if (!keys.has("unit")) {
            return Optional.empty();
        }
        if (!keys.has("number")) {
            throw keys.wrong("unit", "needs number, which says how the number is written");
        }
        YamlKeys unit = keys.block("unit", Set.of("from", "column", "to"));
        if (!unit.has("from") && !unit.has("column")) {
            throw keys.wrong("unit", "must say from which unit, or which column holds it");
        }
        return Optional.of(
                new Measure(
                        unit.optionalText("column").orElse(""),
                        unit.has("from") ? Optional.of(unit(unit, "from")) : Optional.empty(),
                        unit(unit, "to")));
    }

    private static Measure.Unit unit(YamlKeys keys, String key) {
        return keys.parsed(
                key,
                "one of " + Measure.Unit.known(),
                text -> Measure.Unit.named(text).orElseThrow());
    }

    private static Set<String> folded(YamlKeys keys, String key, boolean ignoreCase) {
        return keys.has(key)
                ? keys.texts(key, "[\"0\", x]").stream()
                        .map(text -> ValueTable.folded(text.strip(), ignoreCase))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
