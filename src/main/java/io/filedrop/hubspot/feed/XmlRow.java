package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the wanted fields of one XML element, which it consumes to its end, faults or not. */
final class XmlRow {

    private static final FieldTree NOTHING = FieldTree.of(List.of());

    private final FieldTree tree;
    private final String rootUri;
    private final Limits limits;
    private final RowValues values;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Open> texts = new ArrayList<>();
    private Fault fault;

    /** What is wrong with the record, and in which field. */
    record Fault(Code code, String way, String what, int line, int column) {}

    /** An element that is not at its end yet. */
    private record Open(FieldTree place, String way, StringBuilder text, boolean withInner) {}

    XmlRow(FieldTree tree, int columns, String rootUri, Limits limits) {
        this.tree = tree;
        this.rootUri = rootUri;
        this.limits = limits;
        this.values = new RowValues(columns, limits);
    }

    String[] values() {
        return values.values();
    }

    /** Null when nothing is wrong. */
    Fault fault() {
        return fault;
    }

    /** From the beginning of the element, where the reader stands, to its end. */
    void read(XMLStreamReader reader, DecodedText text, XmlVocabulary vocabulary)
            throws XMLStreamException {
        FieldTree name = tree.child("name()");
        if (name != null) {
            add(reader, name.column(), "name()", reader.getLocalName());
        }
        attributes(reader, tree, "");
        FieldTree own = tree.child(".");
        push(new Open(tree, "", own == null ? null : new StringBuilder(), false));
        long begun = reader.getLocation().getCharacterOffset();
        while (!open.isEmpty()) {
            int event = reader.next();
            if (reader.getLocation().getCharacterOffset() - begun < limits.record()) {
                text.allow();
            }
            vocabulary.take(reader);
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> begin(reader);
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE ->
                        text(reader);
                case XMLStreamConstants.END_ELEMENT -> end(reader, own);
                default -> {
                    // Comments and instructions are no data.
                }
            }
        }
    }

    private void begin(XMLStreamReader reader) {
        Open parent = open.peek();
        FieldTree place = child(parent.place(), reader.getNamespaceURI(), reader.getLocalName());
        String way =
                place == NOTHING
                        ? parent.way()
                        : (parent.way().isEmpty() ? "" : parent.way() + "/")
                                + reader.getLocalName();
        attributes(reader, place, way);
        boolean wanted = place.column() != FieldTree.NONE;
        push(new Open(place, way, wanted ? new StringBuilder() : null, true));
    }

    private void push(Open element) {
        open.push(element);
        if (element.text() != null) {
            texts.add(element);
        }
    }

    private FieldTree child(FieldTree place, String uri, String local) {
        String space = uri == null ? "" : uri;
        FieldTree child = place.child("{" + space + "}" + local);
        if (child == null && (space.isEmpty() || space.equals(rootUri))) {
            child = place.child(local);
        }
        return child == null ? NOTHING : child;
    }

    private void attributes(XMLStreamReader reader, FieldTree place, String way) {
        if (!place.hasChildren()) {
            return;
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String uri = reader.getAttributeNamespace(i);
            String local = reader.getAttributeLocalName(i);
            FieldTree wanted =
                    place.child(
                            uri == null || uri.isEmpty() ? "@" + local : "@{" + uri + "}" + local);
            if (wanted != null) {
                String at = (way.isEmpty() ? "" : way + "/") + "@" + local;
                add(reader, wanted.column(), at, reader.getAttributeValue(i));
            }
        }
    }

    private void text(XMLStreamReader reader) {
        int depth = open.size();
        String text = null;
        for (Open element : texts) {
            if (element.withInner() || depth == 1) {
                text = text == null ? reader.getText() : text;
                if (element.text().length() + text.length() > limits.field()) {
                    note(
                            reader,
                            Code.TOO_LONG,
                            element.way(),
                            "the value is longer than the limit");
                } else {
                    element.text().append(text);
                }
            }
        }
    }

    private void end(XMLStreamReader reader, FieldTree own) {
        Open element = open.pop();
        if (element.text() != null) {
            texts.remove(texts.size() - 1);
            int column = element.withInner() ? element.place().column() : own.column();
            add(reader, column, element.way(), element.text().toString());
        }
    }

    private void add(XMLStreamReader reader, int column, String way, String text) {
        Code wrong = fault == null ? values.add(column, text) : null;
        if (wrong == Code.TOO_LONG) {
            note(reader, wrong, way, "the value, or the record with it, is longer than the limit");
        } else if (wrong != null) {
            note(reader, wrong, way, "the value holds a control character, which no property can");
        }
    }

    private void note(XMLStreamReader reader, Code code, String way, String what) {
        if (fault == null) {
            fault =
                    new Fault(
                            code,
                            way,
                            what,
                            reader.getLocation().getLineNumber(),
                            reader.getLocation().getColumnNumber());
        }
    }
}
