package io.filedrop.hubspot.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * JSON as the program reads and writes it. It is made when it is first asked for and not with the
 * class: the classes of a native executable are initialised while it is built, and what is made
 * here takes a seed from the clock.
 */
public final class Json {

    private static volatile ObjectMapper mapper;

    private Json() {}

    /** Trees. */
    public static ObjectMapper mapper() {
        if (mapper == null) {
            mapper = new ObjectMapper();
        }
        return mapper;
    }

    /** Token by token. */
    public static JsonFactory factory() {
        return mapper().getFactory();
    }
}
