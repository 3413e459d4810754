package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.mapping.Definitions.Option;
import io.filedrop.hubspot.mapping.Definitions.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The properties of a portal, for tests. */
final class Portals {

    static final Definitions LISTINGS =
            new Definitions(
                    Stream.of(
                                    property("hs_name", "string", "text"),
                                    property("hs_price", "number", "number"),
                                    property("hs_bedrooms", "number", "number"),
                                    property("hs_city", "string", "text"),
                                    property("is_furnished", "bool", "booleancheckbox"),
                                    property("available_from", "date", "date"),
                                    property("last_viewed_at", "datetime", "date"),
                                    property(
                                            "hs_listing_type",
                                            "enumeration",
                                            "select",
                                            "house",
                                            "multi_family",
                                            "lots_land"),
                                    property(
                                            "features",
                                            "enumeration",
                                            "checkbox",
                                            "pool",
                                            "garage"),
                                    new Property(
                                            "hubspot_owner_id",
                                            "Owner",
                                            "enumeration",
                                            "select",
                                            List.of(),
                                            true,
                                            false,
                                            false,
                                            true),
                                    new Property(
                                            "hs_createdate",
                                            "Created",
                                            "datetime",
                                            "date",
                                            List.of(),
                                            false,
                                            true,
                                            false,
                                            true),
                                    new Property(
                                            "reference",
                                            "Reference",
                                            "string",
                                            "text",
                                            List.of(),
                                            false,
                                            false,
                                            true,
                                            false))
                            .collect(Collectors.toMap(Property::name, Function.identity())));

    private Portals() {}

    /** A property whose label is its name in words, as the labels of its options are. */
    static Property property(String name, String type, String fieldType, String... options) {
        return new Property(
                name,
                label(name),
                type,
                fieldType,
                Arrays.stream(options).map(o -> new Option(o, label(o))).toList(),
                false,
                false,
                false,
                false);
    }

    private static String label(String name) {
        String words = name.replaceFirst("^hs_", "").replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static Definitions only(Property property) {
        return new Definitions(Map.of(property.name(), property));
    }
}
