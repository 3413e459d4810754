package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.filedrop.hubspot.run.Words;

/** Where something stands in a JSON text, as a sentence begins with it. */
final class JsonPlace {

    private JsonPlace() {}

    /** The pointer from the element to where the parser stands: {@code /price}, say. */
    static String within(JsonParser parser, JsonStreamContext element) {
        StringBuilder pointer = new StringBuilder();
        for (JsonStreamContext at = parser.getParsingContext();
                at != null && at != element && !at.inRoot();
                at = at.getParent()) {
            if (at.inArray() ? at.getCurrentIndex() < 0 : at.getCurrentName() == null) {
                // The container itself is at fault, and nothing within it.
                continue;
            }
            String step = at.inArray() ? String.valueOf(at.getCurrentIndex()) : at.getCurrentName();
            pointer.insert(0, "/" + step.replace("~", "~0").replace("/", "~1"));
        }
        return Words.name(Words.excerpt(pointer.toString()));
    }

    static String at(long line, long column) {
        return "Line " + line + ", column " + column;
    }

    static String at(JsonLocation location) {
        return at(location.getLineNr(), location.getColumnNr());
    }
}
