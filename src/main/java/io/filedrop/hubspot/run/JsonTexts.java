package io.filedrop.hubspot.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Gives texts to a generator as an array of characters. It asks a {@code String} for each of them,
 * which takes half as long again, and a million records have twenty million texts.
 */
public final class JsonTexts {

    private final JsonGenerator json;
    private char[] characters = new char[256];

    public JsonTexts(JsonGenerator json) {
        this.json = json;
    }

    /** Writes a text, as {@link JsonGenerator#writeString(String)} does. */
    public void write(String text) throws IOException {
        int length = text.length();
        if (length > characters.length) {
            characters = new char[Math.max(length, 2 * characters.length)];
        }
        text.getChars(0, length, characters, 0);
        json.writeString(characters, 0, length);
    }
}
