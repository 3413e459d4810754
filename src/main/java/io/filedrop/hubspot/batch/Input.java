package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One listing's update as it goes to HubSpot: one row of the file, or several merged.
 *
 * @param traceId the input's {@code objectWriteTraceId}, unique in its run
 * @param properties what is sent; of a property given by several rows, the last one
 * @param rows the rows it came from, in file order, at least one
 */
public record Input(
        String id,
        String idProperty,
        String traceId,
        Map<String, String> properties,
        List<Update> rows) {

    /** An input is itself; one that looks alike came from other rows. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return traceId.hashCode();
    }

    /**
     * Whether a row can be merged with earlier ones of its listing. A value that begins with a
     * semicolon adds to the options that HubSpot has (properties guide): merged with another value
     * of its property, one of the two would never get there.
     */
    static boolean canMerge(List<Update> rows, Update next) {
        return next.properties().entrySet().stream()
                .filter(property -> property.getValue().startsWith(";"))
                .noneMatch(
                        property ->
                                rows.stream()
                                        .anyMatch(
                                                r ->
                                                        r.properties()
                                                                .containsKey(property.getKey())));
    }

    /** The input of these rows of one listing, merged property by property, the last one wins. */
    public static Input of(List<Update> rows) {
        Update first = rows.get(0);
        String traceId = Long.toString(first.position().ordinal(), Character.MAX_RADIX);
        if (rows.size() == 1) {
            return new Input(
                    first.id(), first.idProperty(), traceId, first.properties(), List.of(first));
        }
        Map<String, String> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.putAll(row.properties()));
        return new Input(first.id(), first.idProperty(), traceId, merged, List.copyOf(rows));
    }
}
