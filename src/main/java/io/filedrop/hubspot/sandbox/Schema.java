package io.filedrop.hubspot.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of the sandbox's listings, and what HubSpot says to a value that does not fit
 * (properties guide; error bodies as recorded).
 */
final class Schema {

    private static final int LONGEST_TEXT = 65_536;

    /** By internal name, in the order they are shown. */
    static final Map<String, Property> LISTING = new LinkedHashMap<>();

    /** {@code options} are the internal values; empty for other types than enumeration. */
    record Property(
            String name,
            String label,
            String type,
            List<String> options,
            boolean multiple,
            boolean unique,
            boolean readOnly) {}

    /** What is wrong with a value. */
    record Wrong(String code, String property, String value, String message) {}

    static {
        text("hs_name", "Listing name");
        number("hs_price", "Price");
        number("hs_bedrooms", "Bedrooms");
        number("hs_bathrooms", "Bathrooms");
        number("hs_square_footage", "Square footage");
        number("hs_lot_size", "Lot size");
        number("hs_year_built", "Year built");
        text("hs_address_1", "Address 1");
        text("hs_address_2", "Address 2");
        text("hs_city", "City");
        text("hs_state_province", "State/Province");
        text("hs_zip", "Postal code");
        text("hs_neighborhood", "Neighborhood");
        choice(
                "hs_listing_type",
                "Listing type",
                false,
                "house",
                "townhouse",
                "multi_family",
                "condos_co_ops",
                "lots_land",
                "apartments",
                "manufactured");
        add("reference", "Reference", "string", List.of(), false, true, false);
        choice(
                "listing_status",
                "Status",
                false,
                "for_sale",
                "under_offer",
                "sold",
                "rented",
                "withdrawn");
        choice("features", "Features", true, "pool", "garage", "garden", "lift", "terrace");
        add("available_from", "Available from", "date", List.of(), false, false, false);
        add("last_viewed_at", "Last viewed", "datetime", List.of(), false, false, false);
        add("is_furnished", "Furnished", "bool", List.of(), false, false, false);
        text("description", "Description");
        add("hs_object_id", "Record ID", "number", List.of(), false, false, true);
        add("hs_createdate", "Create date", "datetime", List.of(), false, false, true);
        add("hs_lastmodifieddate", "Last modified", "datetime", List.of(), false, false, true);
    }

    private Schema() {}

    private static void text(String name, String label) {
        add(name, label, "string", List.of(), false, false, false);
    }

    private static void number(String name, String label) {
        add(name, label, "number", List.of(), false, false, false);
    }

    private static void choice(String name, String label, boolean multiple, String... options) {
        add(name, label, "enumeration", List.of(options), multiple, false, false);
    }

    private static void add(
            String name,
            String label,
            String type,
            List<String> options,
            boolean multiple,
            boolean unique,
            boolean readOnly) {
        LISTING.put(name, new Property(name, label, type, options, multiple, unique, readOnly));
    }

    static boolean isUnique(String name) {
        return LISTING.containsKey(name) && LISTING.get(name).unique();
    }

    /** What HubSpot has against that value, if anything. */
    static Optional<Wrong> wrong(String name, String value) {
        Property property = LISTING.get(name);
        if (property == null) {
            return wrong(
                    "PROPERTY_DOESNT_EXIST",
                    name,
                    value,
                    "Property \"" + name + "\" does not exist");
        }
        if (property.readOnly()) {
            return wrong(
                    "READ_ONLY_VALUE",
                    name,
                    value,
                    "\"" + name + "\" is a read only property; its value cannot be set.");
        }
        return value.isEmpty() ? Optional.empty() : wrongFor(property, value);
    }

    private static Optional<Wrong> wrongFor(Property property, String value) {
        String name = property.name();
        return switch (property.type()) {
            case "number" ->
                    check(
                            value.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?"),
                            "INVALID_INTEGER",
                            name,
                            value,
                            value + " was not a valid number");
            case "bool" ->
                    check(
                            value.equals("true") || value.equals("false"),
                            "INVALID_BOOLEAN",
                            name,
                            value,
                            value + " was not a valid boolean");
            case "date" ->
                    check(
                            value.matches("\\d{4}-\\d\\d-\\d\\d") || isMidnight(value),
                            "INVALID_DATE",
                            name,
                            value,
                            value + " was not a valid date");
            case "datetime" ->
                    check(
                            value.matches(
                                    "-?\\d+|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?"
                                            + "(Z|[+-]\\d\\d:?\\d\\d)"),
                            "INVALID_DATE",
                            name,
                            value,
                            value + " was not a valid datetime");
            case "enumeration" -> wrongOption(property, value);
            default ->
                    check(
                            value.length() <= LONGEST_TEXT,
                            "VALUE_TOO_LONG",
                            name,
                            value,
                            "The value of " + name + " is too long");
        };
    }

    private static boolean isMidnight(String value) {
        return value.matches("-?\\d{1,15}") && Long.parseLong(value) % 86_400_000 == 0;
    }

    private static Optional<Wrong> wrongOption(Property property, String value) {
        List<String> chosen = property.multiple() ? List.of(value.split(";")) : List.of(value);
        for (String option : chosen) {
            if (!option.isEmpty() && !property.options().contains(option)) {
                return wrong(
                        "INVALID_OPTION",
                        property.name(),
                        value,
                        option + " was not one of the allowed options: " + property.options());
            }
        }
        return Optional.empty();
    }

    private static Optional<Wrong> check(
            boolean fits, String code, String name, String value, String message) {
        return fits ? Optional.empty() : wrong(code, name, value, message);
    }

    private static Optional<Wrong> wrong(String code, String name, String value, String message) {
        return Optional.of(new Wrong(code, name, value, message));
    }
}
