package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the records of one feed into updates. A pure function of the record, once it is made. */
public final class Mapper {

    private final String idProperty;
    private final int idIndex;
    private final String idColumn;
    private final String[] properties;
    private final int[] indexes;
    private final boolean clearEmpty;

    private Mapper(
            Mapping mapping, Columns columns, Map<String, String> properties, boolean clearEmpty) {
        this.idProperty = mapping.idProperty();
        this.idColumn = mapping.idColumn();
        this.idIndex = columns.indexOf(idColumn);
        this.properties = properties.keySet().toArray(String[]::new);
        this.indexes = properties.values().stream().mapToInt(columns::indexOf).toArray();
        this.clearEmpty = clearEmpty;
    }

    /**
     * @param clearEmpty whether an empty field empties the property
     * @param ignoreUnknown whether a header's name that is no property is passed over
     * @throws RefusedFile when the mapping and the columns, or the properties, do not fit
     */
    public static Mapper of(
            Mapping mapping,
            Columns columns,
            Definitions definitions,
            boolean clearEmpty,
            boolean ignoreUnknown)
            throws RefusedFile {
        requireColumns(mapping, columns);
        Map<String, String> properties = new LinkedHashMap<>(mapping.properties());
        if (definitions.areKnown()) {
            List<String> unknown =
                    properties.keySet().stream()
                            .filter(property -> definitions.of(property).isEmpty())
                            .toList();
            if (!unknown.isEmpty() && !(ignoreUnknown && mapping.name().isEmpty())) {
                throw unknownProperties(unknown, mapping, columns);
            }
            unknown.forEach(properties::remove);
        }
        return new Mapper(mapping, columns, properties, clearEmpty);
    }

    private static void requireColumns(Mapping mapping, Columns columns) throws RefusedFile {
        List<String> missing = new ArrayList<>();
        if (!columns.has(mapping.idColumn())) {
            missing.add(mapping.idColumn());
        }
        mapping.properties().values().stream()
                .filter(column -> !columns.has(column) && !missing.contains(column))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.MISSING_COLUMN,
                            "Line 1: the mapping "
                                    + mapping.name()
                                    + " needs the column"
                                    + (missing.size() > 1 ? "s " : " ")
                                    + String.join(", ", missing)
                                    + ". Found: "
                                    + String.join(", ", columns.names())
                                    + "."));
        }
    }

    private static RefusedFile unknownProperties(
            List<String> unknown, Mapping mapping, Columns columns) {
        String first = unknown.get(0);
        String place =
                mapping.name().isEmpty()
                        ? "Line 1, column " + (columns.indexOf(first) + 1)
                        : "The mapping " + mapping.name();
        return new RefusedFile(
                Reason.of(
                        Code.UNKNOWN_PROPERTY,
                        first,
                        "",
                        place
                                + ": HubSpot has no property "
                                + String.join(", ", unknown)
                                + " for these records. Use the internal name of a property"
                                + (mapping.name().isEmpty()
                                        ? ", or drop.unknown-columns=ignore, or a mapping."
                                        : ".")));
    }

    /** The record as an update, or its outcome where none is needed. */
    public Mapped map(Record record) {
        if (record instanceof Record.Unreadable unreadable) {
            return new Mapped.Decided(
                    Outcome.failed(unreadable.position(), "", List.of(unreadable.reason())));
        }
        Record.Row row = (Record.Row) record;
        String id = row.values()[idIndex].strip();
        if (id.isEmpty() && isBlank(row)) {
            // A line of delimiters, as spreadsheets leave them: nothing is lost by not sending it.
            return new Mapped.Decided(Outcome.unchanged(row.position(), ""));
        }
        if (id.isEmpty()) {
            return new Mapped.Decided(
                    Outcome.failed(
                            row.position(),
                            "",
                            List.of(
                                    Reason.of(
                                            Code.MISSING_ID,
                                            idColumn,
                                            "",
                                            "The column "
                                                    + idColumn
                                                    + " is empty, so nothing says which listing"
                                                    + " this is."))));
        }
        Map<String, String> values = new LinkedHashMap<>(properties.length * 2);
        for (int i = 0; i < properties.length; i++) {
            String value = row.values()[indexes[i]];
            if (clearEmpty || !value.isEmpty()) {
                values.put(properties[i], value);
            }
        }
        return values.isEmpty()
                ? new Mapped.Decided(Outcome.unchanged(row.position(), id))
                : new Mapped.Update(row.position(), id, idProperty, values);
    }

    private static boolean isBlank(Record.Row row) {
        for (String value : row.values()) {
            if (!value.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
