package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Whether a mapping, the columns of a file and the portal's properties go together, before the
 * first record is read.
 */
final class Fitting {

    private static final Logger LOG = Logger.getLogger(Fitting.class);

    private Fitting() {}

    /**
     * The properties that are mapped for this file.
     *
     * @throws RefusedFile when they do not go together
     */
    static Map<String, Value> of(Mapping mapping, Columns columns, Mapper.Fit fit)
            throws RefusedFile {
        requireFolder(mapping, fit.folder());
        requireColumns(mapping, columns);
        requireUnique(mapping, fit.definitions());
        Map<String, Value> properties = new LinkedHashMap<>(mapping.properties());
        properties.values().removeIf(value -> isAbsent(value, columns));
        if (fit.definitions().areKnown()) {
            passOver(properties, mapping, columns, fit);
        }
        return properties;
    }

    private static boolean isAbsent(Value value, Columns columns) {
        return value.optional()
                && !value.source().columns().isEmpty()
                && value.source().columns().stream().noneMatch(columns::has);
    }

    private static void requireFolder(Mapping mapping, String folder) throws RefusedFile {
        boolean needed =
                mapping.id().source().needsFolder()
                        || mapping.properties().values().stream()
                                .anyMatch(value -> value.source().needsFolder());
        if (needed && folder.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_SOURCE,
                            "The mapping "
                                    + mapping.name()
                                    + " uses {source}, the inbox folder that a file comes from; put"
                                    + " the file into a folder of the inbox."));
        }
    }

    private static void requireColumns(Mapping mapping, Columns columns) throws RefusedFile {
        Set<String> missing = new LinkedHashSet<>(mapping.id().columns());
        mapping.properties().values().stream()
                .filter(value -> !value.optional())
                .forEach(value -> missing.addAll(value.columns()));
        missing.removeIf(columns::has);
        if (!missing.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.MISSING_COLUMN,
                            (columns.header().isEmpty()
                                            ? "The mapping "
                                            : columns.header() + ": the mapping ")
                                    + mapping.name()
                                    + " needs the column"
                                    + (missing.size() > 1 ? "s " : " ")
                                    + String.join(", ", missing)
                                    + ". Found: "
                                    + String.join(", ", columns.names())
                                    + "."));
        }
    }

    private static void requireUnique(Mapping mapping, Definitions definitions) throws RefusedFile {
        String name = mapping.idProperty();
        if (name.isEmpty() || !definitions.areKnown()) {
            return;
        }
        Optional<Definitions.Property> property = definitions.of(name);
        if (property.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.UNKNOWN_PROPERTY,
                            name,
                            "",
                            "HubSpot has no property "
                                    + Words.name(name)
                                    + ", by whose values the listings are to be found; did you mean "
                                    + definitions.nearest(name)
                                    + "? Name it in the mapping's id or in hubspot.id-property."));
        }
        // Of HubSpot's own properties, some find records without being marked as unique.
        if (!property.get().unique() && !property.get().builtIn()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.ID_PROPERTY_NOT_UNIQUE,
                            name,
                            "",
                            "The property "
                                    + Words.name(name)
                                    + " cannot find listings: it was not made with unique values,"
                                    + " which can only be chosen when a property is made."));
        }
    }

    private static void passOver(
            Map<String, Value> properties, Mapping mapping, Columns columns, Mapper.Fit fit)
            throws RefusedFile {
        List<String> unknown =
                properties.keySet().stream()
                        .filter(property -> fit.definitions().of(property).isEmpty())
                        .toList();
        boolean mayIgnore = fit.ignoreUnknown() && mapping.name().isEmpty();
        List<String> wrong =
                unknown.stream()
                        .filter(property -> !mayIgnore && !properties.get(property).optional())
                        .toList();
        if (!wrong.isEmpty()) {
            throw new RefusedFile(unknown(wrong, mapping, columns, fit.definitions()));
        }
        if (!unknown.isEmpty()) {
            LOG.infof(
                    "Not sent, because HubSpot has no such property for these records: %s.",
                    unknown.stream().map(Words::name).collect(Collectors.joining(", ")));
        }
        unknown.forEach(properties::remove);
    }

    private static Reason unknown(
            List<String> wrong, Mapping mapping, Columns columns, Definitions definitions) {
        String first = wrong.get(0);
        boolean isPlain = mapping.name().isEmpty();
        String column =
                columns.header().isEmpty()
                        ? "The field " + Words.name(first)
                        : columns.header() + ", column " + (columns.indexOf(first) + 1);
        return Reason.of(
                Code.UNKNOWN_PROPERTY,
                first,
                "",
                (isPlain ? column : "The mapping " + mapping.name())
                        + ": HubSpot has no property "
                        + wrong.stream().map(Words::name).collect(Collectors.joining(", "))
                        + " for these records; did you mean "
                        + definitions.nearest(first)
                        + "? Use the internal name of a property"
                        + (isPlain ? ", or drop.unknown-columns=ignore, or a mapping." : "."));
    }
}
