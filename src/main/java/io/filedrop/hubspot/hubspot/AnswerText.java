package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.core.JsonParser;
import io.filedrop.hubspot.run.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON text of an answer, read from front to back. What nobody asks for is passed over, checked
 * for its structure and its end, but not decoded: that is nine tenths of an answer, and a run of a
 * million records has four hundred megabytes of them. Passing over with a general parser was a
 * tenth of a run's CPU.
 */
final class AnswerText {

    /** What HubSpot answers is five deep. */
    private static final int DEEPEST = 100;

    private static final byte NOTHING = 0;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Whether an object or array has begun, and nothing of it was read so far. */
    private boolean fresh;

    AnswerText(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
        boolean mark =
                end >= 3
                        && bytes[0] == (byte) 0xEF
                        && bytes[1] == (byte) 0xBB
                        && bytes[2] == (byte) 0xBF;
        this.at = mark ? 3 : 0;
    }

    /** Goes into the object that comes next; anything else is passed over. */
    boolean entersObject() throws IOException {
        return enters('{');
    }

    /** Goes into the array that comes next; anything else is passed over. */
    boolean entersArray() throws IOException {
        return enters('[');
    }

    private boolean enters(char bracket) throws IOException {
        if (next() != bracket) {
            skip(0);
            return false;
        }
        at++;
        fresh = true;
        return true;
    }

    boolean isArray() throws IOException {
        return next() == '[';
    }

    /** The name of the object's next member, whose value comes next; null at its end. */
    String member() throws IOException {
        if (!goesOn('}')) {
            return null;
        }
        String name = string();
        take(':');
        return name;
    }

    /** Whether another element of the array comes next. */
    boolean element() throws IOException {
        return goesOn(']');
    }

    private boolean goesOn(char bracket) throws IOException {
        byte next = next();
        if (next == bracket) {
            at++;
            fresh = false;
            return false;
        }
        if (!fresh) {
            take(',');
        }
        fresh = false;
        return true;
    }

    /** The scalar's text; null, an object or an array counts as missing. */
    String text() throws IOException {
        byte next = next();
        if (next == '"') {
            return string();
        }
        int from = at;
        skip(0);
        return next == '{' || next == '[' || next == 'n' ? "" : ascii(from, at);
    }

    /** Whether it is {@code true} that comes next. */
    boolean isTrue() throws IOException {
        boolean is = next() == 't';
        skip(0);
        return is;
    }

    /** Passes a value over. */
    void skip() throws IOException {
        skip(0);
    }

    private void skip(int depth) throws IOException {
        byte first = next();
        if (first == '"') {
            at = endOfString(at + 1) + 1;
        } else if (first == '{' || first == '[') {
            if (depth == DEEPEST) {
                throw new IOException("objects and lists lie deeper than " + DEEPEST);
            }
            skipWithin(first == '{', depth + 1);
        } else {
            skipWord();
        }
    }

    private void skipWithin(boolean isObject, int depth) throws IOException {
        char bracket = isObject ? '}' : ']';
        at++;
        fresh = true;
        while (goesOn(bracket)) {
            if (isObject) {
                if (next() != '"') {
                    throw unexpected();
                }
                at = endOfString(at + 1) + 1;
                take(':');
            }
            skip(depth);
        }
    }

    /** A number, true, false or null. */
    private void skipWord() throws IOException {
        int from = at;
        while (at < end && isOfWord(bytes[at])) {
            at++;
        }
        if (from == at) {
            throw unexpected();
        }
        char first = (char) bytes[from];
        boolean known =
                switch (first) {
                    case 't' -> ascii(from, at).equals("true");
                    case 'f' -> ascii(from, at).equals("false");
                    case 'n' -> ascii(from, at).equals("null");
                    default -> first == '-' || first >= '0' && first <= '9';
                };
        if (!known) {
            throw unexpected();
        }
    }

    private static boolean isOfWord(byte b) {
        return b >= '0' && b <= '9'
                || b >= 'a' && b <= 'z'
                || b == '-'
                || b == '+'
                || b == '.'
                || b == 'E';
    }

    /** The bytes are the whole of it: nothing but blanks is left. */
    boolean isAtItsEnd() {
        return peek() == NOTHING && at == end;
    }

    private String string() throws IOException {
        if (next() != '"') {
            throw unexpected();
        }
        int from = at + 1;
        int to = endOfString(from);
        at = to + 1;
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || bytes[i] == '\\') {
                return decoded(from - 1, at);
            }
        }
        return ascii(from, to);
    }

    private String decoded(int from, int to) throws IOException {
        try (JsonParser json = Json.factory().createParser(bytes, from, to - from)) {
            json.nextToken();
            return json.getText();
        }
    }

    private String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Where the quote stands that ends the string. */
    private int endOfString(int from) throws IOException {
        byte[] text = bytes;
        int i = from;
        while (i < end) {
            byte b = text[i];
            if (b == '"') {
                return i;
            }
            if (b >= 0 && b < ' ') {
                throw unexpected();
            }
            i += b == '\\' ? 2 : 1;
        }
        throw new IOException("the body ends early");
    }

    private void take(char wanted) throws IOException {
        if (next() != wanted) {
            throw unexpected();
        }
        at++;
    }

    /** The next byte that is no blank; it stays where it is. */
    private byte next() throws IOException {
        byte next = peek();
        if (next == NOTHING) {
            throw new IOException("the body ends early");
        }
        return next;
    }

    private byte peek() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return NOTHING;
    }

    private IOException unexpected() {
        return new IOException("byte " + at + " of the body is not what JSON has there");
    }
}
