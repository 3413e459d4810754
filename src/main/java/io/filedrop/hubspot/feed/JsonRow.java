package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the wanted fields of one JSON object. Values are the text that stands there: a number never
 * becomes a double on the way. The whole object is consumed, also behind a fault.
 */
final class JsonRow implements JsonElement {

    private final FieldTree tree;
    private final RowValues values;
    private final Limits limits;
    private JsonStreamContext around;
    private int keys;
    private Fault fault;

    JsonRow(FieldTree tree, int columns, Limits limits) {
        this.tree = tree;
        this.limits = limits;
        this.values = new RowValues(columns, limits);
    }

    @Override
    public Fault read(JsonParser parser) throws IOException {
        around = parser.getParsingContext().getParent();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            around = parser.getParsingContext();
            note(
                    parser,
                    Code.WRONG_SHAPE,
                    "an object with the fields of one record is expected here, but there is "
                            + kind(parser.currentToken()));
            parser.skipChildren();
            parser.finishToken();
            return fault;
        }
        object(parser, tree);
        return fault;
    }

    String[] values() {
        return values.values();
    }

    private void object(JsonParser parser, FieldTree place) throws IOException {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (++keys > limits.columns()) {
                note(parser, Code.TOO_LONG, "the record has more keys than the limit");
            } else if (!names.add(name)) {
                note(parser, Code.DUPLICATE_KEY, "this key stands twice in one object");
            }
            parser.nextToken();
            value(parser, place == null ? null : place.child(name));
        }
    }

    private void array(JsonParser parser, FieldTree place) throws IOException {
        if (place != null && place.column() != FieldTree.NONE) {
            values.empty(place.column());
        }
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            FieldTree byIndex = place == null ? null : place.child(Integer.toString(index));
            value(parser, byIndex == null ? place : byIndex);
            index++;
        }
    }

    private void value(JsonParser parser, FieldTree place) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            if (place != null && place.column() != FieldTree.NONE && !place.hasChildren()) {
                note(
                        parser,
                        Code.WRONG_SHAPE,
                        "a value, or a list of values, is expected here, but there is an object");
            }
            object(parser, place);
        } else if (token == JsonToken.START_ARRAY) {
            array(parser, place);
        } else if (place != null && place.column() != FieldTree.NONE) {
            scalar(parser, place.column());
        } else if (place != null && place.hasChildren() && token != JsonToken.VALUE_NULL) {
            note(
                    parser,
                    Code.WRONG_SHAPE,
                    "an object is expected here, but there is " + kind(token));
        }
    }

    private void scalar(JsonParser parser, int column) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            values.empty(column);
            return;
        }
        Code wrong = fault == null ? values.add(column, parser.getText()) : null;
        if (wrong == Code.TOO_LONG) {
            note(parser, wrong, "the value, or the record with it, is longer than the limit");
        } else if (wrong == Code.CONTROL_CHARACTER) {
            note(parser, wrong, "the value holds a control character, which no property can");
        } else if (wrong != null) {
            note(parser, wrong, "the value holds half a surrogate pair, which is no text");
        }
    }

    private void note(JsonParser parser, Code code, String what) {
        if (fault == null) {
            String pointer = JsonPlace.within(parser, around);
            fault = new Fault(code, pointer, what, parser.currentTokenLocation());
        }
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_NULL -> "null";
            default -> "true or false";
        };
    }

    /** The reason for a fault that was found at that place. */
    static Reason reason(Fault fault, String where, String elementPointer) {
        String pointer = elementPointer + fault.pointer();
        return Reason.of(
                fault.code(),
                Words.excerpt(fault.pointer().replaceFirst("^/", "")),
                "",
                where
                        + (pointer.isEmpty() ? "" : " (" + pointer + ")")
                        + ": "
                        + fault.what()
                        + ".");
    }
}
