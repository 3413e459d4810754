package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Layout;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one mapping. What it does not understand, it names with its line and key. */
final class MappingReader {

    private static final Set<String> KEYS = Set.of("files", "expected", "id", "properties");
    private static final Set<String> ID_KEYS = Set.of("column", "property");

    private final String name;

    private MappingReader(String name) {
        this.name = name;
    }

    /**
     * The mapping that this text describes.
     *
     * @param defaultIdProperty for a mapping whose id names no property
     * @throws WrongMapping with file, line, key and what is expected there
     */
    static Mapping read(String name, String sha256, String yaml, String defaultIdProperty) {
        return new MappingReader(name).read(sha256, yaml, defaultIdProperty);
    }

    /** A mapping that cannot be used; the message is a sentence for the person who wrote it. */
    static final class WrongMapping extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongMapping(String message) {
            super(message);
        }
    }

    private Mapping read(String sha256, String yaml, String defaultIdProperty) {
        Map<String, Node> keys = keys(root(yaml), "the mapping", KEYS);
        Map<String, Node> id = keys(required(keys, "id", null), "id", ID_KEYS);
        String idProperty =
                id.containsKey("property")
                        ? text(id.get("property"), "id.property")
                        : defaultIdProperty;
        if (idProperty.equals("hs_object_id")) {
            // HubSpot refuses it as idProperty; a record id goes without one.
            idProperty = "";
        }
        return new Mapping(
                name,
                sha256,
                texts(required(keys, "files", null), "files"),
                Layout.UNSAID,
                text(required(id, "column", keys.get("id")), "id.column"),
                idProperty,
                Optional.ofNullable(keys.get("expected")).map(this::expected),
                properties(required(keys, "properties", null)));
    }

    private Node root(String yaml) {
        try {
            return new Compose(LoadSettings.builder().setLabel(name).build())
                    .composeString(yaml)
                    .orElseThrow(() -> new WrongMapping(name + ": the mapping is empty."));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new WrongMapping(
                    name + ", line " + line + ": this is not YAML: " + e.getProblem() + ".");
        }
    }

    private Duration expected(Node node) {
        try {
            Duration every = Duration.parse(text(node, "expected"));
            if (!every.isNegative() && !every.isZero()) {
                return every;
            }
        } catch (DateTimeParseException e) {
            // Told below, with the line.
        }
        throw wrong(node, "expected", "must be a positive ISO 8601 duration, PT24H say");
    }

    private Map<String, String> properties(Node node) {
        if (!(node instanceof MappingNode)) {
            throw wrong(
                    node, "properties", "must name a column for each property, hs_price: PRICE");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : keys(node, "properties", null).entrySet()) {
            properties.put(entry.getKey(), text(entry.getValue(), "properties." + entry.getKey()));
        }
        if (properties.isEmpty()) {
            throw wrong(node, "properties", "must name at least one property");
        }
        return properties;
    }

    private Map<String, Node> keys(Node node, String where, Set<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, where, "must be a list of keys with values");
        }
        Map<String, Node> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), where);
            if (allowed != null && !allowed.contains(key)) {
                throw wrong(
                        tuple.getKeyNode(),
                        key,
                        "is not known here; "
                                + where
                                + " has "
                                + String.join(", ", sorted(allowed)));
            }
            if (keys.put(key, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), key, "stands twice");
            }
        }
        return keys;
    }

    private Node required(Map<String, Node> keys, String key, Node place) {
        Node node = keys.get(key);
        if (node == null) {
            int line = place == null ? 1 : line(place);
            throw new WrongMapping(name + ", line " + line + ": " + key + " is missing.");
        }
        return node;
    }

    private List<String> texts(Node node, String key) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw wrong(node, key, "must be a list of file names, [\"export*.csv\"] say");
        }
        List<String> texts = new ArrayList<>();
        sequence.getValue().forEach(item -> texts.add(text(item, key)));
        return texts;
    }

    private String text(Node node, String key) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw wrong(node, key, "must be a text");
    }

    private WrongMapping wrong(Node node, String key, String sentence) {
        return new WrongMapping(name + ", line " + line(node) + ": " + key + " " + sentence + ".");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
