package io.filedrop.hubspot.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The keys of one block of a mapping file. Whatever is not as it should be is named with file, line
 * and key.
 */
final class YamlKeys {

    private final String file;
    private final String path;
    private final Node node;
    private final Map<String, Node> keys;

    private YamlKeys(String file, String path, Node node, Map<String, Node> keys) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.keys = keys;
    }

    /**
     * The outermost keys of that file.
     *
     * @param allowed null: any
     */
    static YamlKeys parse(String file, String yaml, Set<String> allowed) {
        try {
            Node root =
                    new Compose(LoadSettings.builder().setLabel(file).build())
                            .composeString(yaml)
                            .orElseThrow(
                                    () ->
                                            new MappingReader.WrongMapping(
                                                    file + ": the mapping is empty."));
            return block(file, "", root, allowed);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new MappingReader.WrongMapping(
                    file + ", line " + line + ": this is not YAML: " + e.getProblem() + ".");
        }
    }

    private static YamlKeys block(String file, String path, Node node, Set<String> allowed) {
        YamlKeys block = new YamlKeys(file, path, node, new LinkedHashMap<>());
        if (!(node instanceof MappingNode mapping)) {
            throw block.wrong(node, block.here(), "must be a list of keys with values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = block.text(tuple.getKeyNode(), block.here());
            if (allowed != null && !allowed.contains(key)) {
                throw block.wrong(
                        tuple.getKeyNode(),
                        block.full(key),
                        "is not known here; "
                                + block.here()
                                + " has "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
            if (block.keys.put(key, tuple.getValueNode()) != null) {
                throw block.wrong(tuple.getKeyNode(), block.full(key), "stands twice");
            }
        }
        return block;
    }

    Set<String> names() {
        return keys.keySet();
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    /** Whether the value of that key is a single text, and not a block or a list. */
    boolean isText(String key) {
        return keys.get(key) instanceof ScalarNode;
    }

    /** The block under that key. */
    YamlKeys block(String key, Set<String> allowed) {
        return block(file, full(key), required(key), allowed);
    }

    /** The text of that key; it must be there, and hold something. */
    String text(String key) {
        return text(required(key), full(key));
    }

    /** The text of that key, which may be nothing but blanks. */
    String exactText(String key) {
        if (required(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(key, "must be a text");
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** true or false; false when the key is not there. */
    boolean flag(String key) {
        return has(key) && Boolean.parseBoolean(oneOf(key, Set.of("true", "false")));
    }

    String oneOf(String key, Set<String> allowed) {
        String text = text(key);
        if (!allowed.contains(text)) {
            throw wrong(
                    key, "must be one of " + String.join(", ", allowed.stream().sorted().toList()));
        }
        return text;
    }

    /** The text of that key, read by something that throws for what it cannot use. */
    <T> T parsed(String key, String expected, Function<String, T> parse) {
        String text = text(key);
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw wrong(key, "must be " + expected);
        }
    }

    /**
     * The texts of a list.
     *
     * @param example how such a list looks
     */
    List<String> texts(String key, String example) {
        if (!(required(key) instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw wrong(key, "must be a list, " + example + " say");
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                throw wrong(item, full(key), "must be a list of texts, " + example + " say");
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    /** Texts by their keys, all of one block. */
    Map<String, String> table(String key) {
        YamlKeys block = block(key, null);
        Map<String, String> table = new LinkedHashMap<>();
        block.names().forEach(name -> table.put(name, block.exactText(name)));
        if (table.isEmpty()) {
            throw wrong(key, "must have at least one line");
        }
        return table;
    }

    MappingReader.WrongMapping wrong(String key, String sentence) {
        return wrong(keys.getOrDefault(key, node), full(key), sentence);
    }

    /** Something is wrong with the block as a whole. */
    MappingReader.WrongMapping wrong(String sentence) {
        return wrong(node, here(), sentence);
    }

    private Node required(String key) {
        Node found = keys.get(key);
        if (found == null) {
            throw new MappingReader.WrongMapping(
                    file + ", line " + line(node) + ": " + full(key) + " is missing.");
        }
        return found;
    }

    private String text(Node scalar, String key) {
        if (scalar instanceof ScalarNode text && !text.getValue().isBlank()) {
            return text.getValue();
        }
        throw wrong(scalar, key, "must be a text");
    }

    private MappingReader.WrongMapping wrong(Node at, String key, String sentence) {
        return new MappingReader.WrongMapping(
                file + ", line " + line(at) + ": " + key + " " + sentence + ".");
    }

    private String here() {
        return path.isEmpty() ? "the mapping" : path;
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
