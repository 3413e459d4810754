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
                            "Line 1: no column says which listing a row is; one must be named "
                                    + String.join(" or ", candidates)
                                    + ", or a mapping must name it. Found: "
                                    + String.join(", ", columns.names())
                                    + "."));
        }
        if (keys.size() > 1) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_COLUMN,
                            "Line 1: the columns "
                                    + String.join(" and ", keys)
                                    + " could each say which listing a row is; keep one of them."));
        }
        String key = keys.get(0);
        Map<String, String> properties = new LinkedHashMap<>();
        columns.names().stream()
                .filter(name -> !name.equals(key))
                .forEach(name -> properties.put(name, name));
        return new Mapping(
                "",
                "",
                List.of(),
                Layout.UNSAID,
                key,
                key.equals(RECORD_ID) ? "" : idProperty,
                Optional.empty(),
                properties);
    }
}
