package io.filedrop.hubspot.mapping;

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
     * @param type HubSpot's: string, number, bool, enumeration, date, datetime, …
     * @param readOnly {@code modificationMetadata.readOnlyValue}
     * @param unique {@code hasUniqueValue}
     */
    public record Property(String name, String type, boolean readOnly, boolean unique) {}

    public boolean areKnown() {
        return !properties.isEmpty();
    }

    public Optional<Property> of(String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
