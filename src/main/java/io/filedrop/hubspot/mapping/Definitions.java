package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the portal's property definitions say, as far as the checks before sending need it.
 *
 * @param properties by internal name; empty when HubSpot would not tell
 */
public record Definitions(Map<String, Property> properties) {

    /** HubSpot would not tell; nothing can be checked before sending. */
    public static final Definitions UNKNOWN = new Definitions(Map.of());

    /**
     * One property.
     *
     * @param label as people see it
     * @param type HubSpot's: string, number, bool, enumeration, date, datetime, …
     * @param fieldType HubSpot's: checkbox, select, text, …
     * @param options of an enumeration
     * @param externalOptions whether the options are kept elsewhere (owners, pipelines), so that
     *     {@code options} does not have them
     * @param readOnly {@code modificationMetadata.readOnlyValue}
     * @param unique {@code hasUniqueValue}
     * @param builtIn {@code hubspotDefined}
     */
    public record Property(
            String name,
            String label,
            String type,
            String fieldType,
            List<Option> options,
            boolean externalOptions,
            boolean readOnly,
            boolean unique,
            boolean builtIn) {}

    /** One option of an enumeration: what is sent, and what people see. */
    public record Option(String value, String label) {}

    public boolean areKnown() {
        return !properties.isEmpty();
    }

    public Optional<Property> of(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** The property that a mistaken name most likely means: by its label, or by its spelling. */
    String nearest(String mistaken) {
        return properties.values().stream()
                .filter(property -> property.label().equalsIgnoreCase(mistaken))
                .map(Property::name)
                .findFirst()
                .orElseGet(() -> Words.nearest(mistaken, properties.keySet()));
    }
}
