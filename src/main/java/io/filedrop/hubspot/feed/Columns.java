package io.filedrop.hubspot.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a feed's fields, in file order. No name stands twice. */
public final class Columns {

    private final List<String> names;
    private final Map<String, Integer> indexes;
    private final String header;

    /** Of a feed without a header: every record has the names. */
    public Columns(List<String> names) {
        this(names, "");
    }

    /**
     * Names must differ from each other; whoever reads the header sees to it.
     *
     * @param header the place of the header, as reasons begin with it: {@code Line 1}
     */
    public Columns(List<String> names, String header) {
        this.header = header;
        this.names = List.copyOf(names);
        this.indexes = new HashMap<>();
        for (int i = 0; i < this.names.size(); i++) {
            if (indexes.put(this.names.get(i), i) != null) {
                throw new IllegalArgumentException("column given twice: " + this.names.get(i));
            }
        }
    }

    public List<String> names() {
        return names;
    }

    /** The place of the header; empty where every record has the names. */
    public String header() {
        return header;
    }

    public boolean has(String name) {
        return indexes.containsKey(name);
    }

    /** The place of that column, counted from 0, or -1. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }
}
