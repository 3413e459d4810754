package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import io.filedrop.hubspot.run.Code;
import java.io.IOException;

/** Takes one element of a JSON text in. */
@FunctionalInterface
interface JsonElement {

    /**
     * What is wrong with an element that is well-formed.
     *
     * @param pointer from the element on
     * @param location of the parser that read it
     */
    record Fault(Code code, String pointer, String what, JsonLocation location) {}

    /**
     * Consumes the element whose first token is the parser's current one, to its end.
     *
     * @return what is wrong with it, or null
     */
    Fault read(JsonParser parser) throws IOException;
}
