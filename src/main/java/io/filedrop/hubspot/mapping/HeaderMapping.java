package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mapping of a file that has none: its header names HubSpot's properties and the key. */
final class HeaderMapping {

    private static final String RECORD_ID = "hs_object_id";

    private HeaderMapping() {}

    /**
     * @param idProperty the setting {@code hubspot.id-property}, or empty
     * @throws RefusedFile when no column, or more than one, could be the key
     */
    static Mapping of(Columns columns, String idProperty) throws RefusedFile {
        Set<String> candidates = new LinkedHashSet<>(List.of("id", RECORD_ID));
        if (!idProperty.isEmpty()) {
            candidates.add(idProperty);
        }
        List<String> keys = candidates.stream().filter(columns::has).toList();
        if (keys.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_COLUMN,
                            (columns.header().isEmpty()
                                            ? "No field"
                                            : columns.header() + ": no column")
                                    + " says which listing a record is; one must be named "
                                    + String.join(" or ", candidates)
                                    + ", or a mapping must name it. Found: "
                                    + String.join(", ", columns.names())
                                    + "."));
        }
        if (keys.size() > 1) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_COLUMN,
                            (columns.header().isEmpty()
                                            ? "The fields "
                                            : columns.header() + ": the columns ")
                                    + String.join(" and ", keys)
                                    + " could each say which listing a record is; keep one of them."));
        }
        String key = keys.get(0);
        boolean isTable = !columns.header().isEmpty();
        Map<String, Value> properties = new LinkedHashMap<>();
        columns.names().stream()
                .filter(name -> !name.equals(key))
                .forEach(name -> properties.put(name, value(name, isTable)));
        return new Mapping(
                "",
                "",
                List.of(),
                Layout.UNSAID,
                Value.of(new Source.Column(key), true, Optional.empty()),
                key.equals(RECORD_ID) ? "" : idProperty,
                Optional.empty(),
                properties);
    }

    /** A field as it is; a list becomes the options of a multi-checkbox property. */
    private static Value value(String name, boolean isTable) {
        return isTable
                ? Value.of(name)
                : Value.of(new Source.Column(name), false, Optional.of(Conversion.LISTS));
    }
}
