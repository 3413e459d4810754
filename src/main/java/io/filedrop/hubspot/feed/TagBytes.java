package io.filedrop.hubspot.feed;

/**
 * The tags in an XML text, as its bytes pass. A parser would keep whatever the text makes it keep;
 * this keeps one name and one value, each cut, so that it can look before a parser may. Where a
 * text is not well-formed, what this tells of the rest means nothing; no parser goes on there.
 */
abstract class TagBytes {

    /** Names and values are cut to so many bytes. */
    static final int KEPT = 64;

    private enum Place {
        TEXT,
        NAME,
        TAG,
        KEY,
        EQUALS,
        VALUE,
        SKIPPED
    }

    private final StringBuilder name = new StringBuilder(KEPT);
    private final StringBuilder key = new StringBuilder(KEPT);
    private final StringBuilder value = new StringBuilder(KEPT);
    private Place place = Place.TEXT;
    private boolean isInstruction;
    private boolean isEnd;
    private boolean isEmpty;
    private boolean hasZeroes;
    private boolean hasDeclaration;
    private char quote;
    private char skipped;
    private int run;
    private char before;

    /** Whether zeroes stand between the bytes: the text is in UTF-16 or UTF-32. */
    final boolean hasZeroes() {
        return hasZeroes;
    }

    /** Whether there is a declaration, of a document type say. */
    final boolean hasDeclaration() {
        return hasDeclaration;
    }

    /** The next bytes of the text. */
    void read(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] == 0) {
                hasZeroes = true;
            } else {
                next((char) (bytes[i] & 0xFF));
            }
        }
    }

    /** An attribute with its value as it is written; {@code ?xml} is a name, too. */
    abstract void attribute(CharSequence name, CharSequence key, CharSequence value);

    /** The tag that begins an element, behind its attributes. The name has no prefix. */
    abstract void opened(CharSequence name, boolean isEmpty);

    /** The tag that ends an element. */
    abstract void closed(CharSequence name);

    /** One more byte of text, or of what is marked as such. */
    abstract void text();

    private void next(char c) {
        if (place == Place.TEXT) {
            if (c == '<') {
                begin();
            } else {
                text();
            }
        } else if (place != Place.SKIPPED) {
            inTag(c);
        } else if (c == '>' && run >= 2) {
            place = Place.TEXT;
        } else {
            inSkipped(c);
        }
        before = c;
    }

    private void inSkipped(char c) {
        run = c == skipped ? run + 1 : 0;
        if (skipped == ']') {
            text();
        }
    }

    private void begin() {
        name.setLength(0);
        isInstruction = false;
        isEnd = false;
        isEmpty = false;
        place = Place.NAME;
    }

    private void inTag(char c) {
        if (c == '>' && (isInstruction ? before == '?' : place != Place.VALUE)) {
            place = Place.TEXT;
            end();
        } else if (c == '<' && !isInstruction) {
            begin();
        } else if (place == Place.NAME) {
            inName(c);
        } else if (place == Place.VALUE) {
            if (c == quote) {
                attribute(name, key, value);
                place = Place.TAG;
            } else {
                keep(value, c);
            }
        } else {
            besideValue(c);
        }
    }

    private void end() {
        if (isEnd) {
            closed(name);
        } else if (!isInstruction) {
            opened(name, isEmpty);
        }
    }

    private void inName(char c) {
        if (isSpace(c)) {
            place = Place.TAG;
        } else if (c == '/') {
            isEnd = name.length() == 0;
            isEmpty = !isEnd;
        } else if (c == ':' && !isInstruction) {
            name.setLength(0);
        } else {
            isInstruction |= c == '?' && name.length() == 0;
            keep(name, c);
            if (name.charAt(0) == '!') {
                declaration();
            }
        }
    }

    private void declaration() {
        if ("!--".contentEquals(name)) {
            skip('-');
        } else if ("![CDATA[".contentEquals(name)) {
            skip(']');
        } else {
            hasDeclaration |= "!D".contentEquals(name);
        }
    }

    private void skip(char what) {
        skipped = what;
        run = 0;
        place = Place.SKIPPED;
    }

    private void besideValue(char c) {
        if (c == '"' || c == '\'') {
            quote = c;
            value.setLength(0);
            place = Place.VALUE;
        } else if (c == '/') {
            isEmpty = true;
        } else if (c == '=' || isSpace(c)) {
            place = place == Place.KEY ? Place.EQUALS : place;
        } else {
            if (place != Place.KEY) {
                key.setLength(0);
            }
            keep(key, c);
            place = Place.KEY;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static void keep(StringBuilder kept, char c) {
        if (kept.length() < KEPT) {
            kept.append(c);
        }
    }
}
