package io.filedrop.hubspot.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The wanted fields of a nested record, as a tree of the names on the way to each. */
final class FieldTree {

    /** Of a place that is no wanted field itself. */
    static final int NONE = -1;

    private final Map<String, FieldTree> children = new HashMap<>();
    private int column = NONE;

    /** A tree of those ways; the n-th leads to column n. */
    static FieldTree of(List<List<String>> ways) {
        FieldTree root = new FieldTree();
        for (int i = 0; i < ways.size(); i++) {
            FieldTree place = root;
            for (String name : ways.get(i)) {
                place = place.children.computeIfAbsent(name, n -> new FieldTree());
            }
            place.column = i;
        }
        return root;
    }

    /** The place of that name below this one, or null when nothing there is wanted. */
    FieldTree child(String name) {
        return children.get(name);
    }

    /** The column that the value of this place goes to, or {@link #NONE}. */
    int column() {
        return column;
    }

    boolean hasChildren() {
        return !children.isEmpty();
    }
}
