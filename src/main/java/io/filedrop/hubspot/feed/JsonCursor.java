package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A parser somewhere in a JSON file that knows its places in all of the file. */
final class JsonCursor implements Closeable {

    private static final int LONGEST_NAME = 2048;

    private final Path file;
    private final Limits limits;
    private final JsonFactory factory;

    private JsonBytes bytes;
    private JsonParser parser;
    private long baseLine = 1;
    private long baseColumn;

    /** Begins at that offset, where the first line of the file's text begins. */
    JsonCursor(Path file, long offset, Limits limits) throws IOException {
        this.file = file;
        this.limits = limits;
        this.factory = factory(limits.nesting(), limits.field());
        open(offset, new byte[0]);
    }

    JsonParser parser() {
        return parser;
    }

    /** The line that the parser began in. */
    long baseLine() {
        return baseLine;
    }

    /** One more record may be read; a longer one ends with {@link JsonBytes.TooLong}. */
    void allow() {
        bytes.allow();
    }

    /**
     * Begins again at that offset, behind an element of the list at that path.
     *
     * @param line of the offset
     * @param column how many columns of its line are before it
     */
    void goOn(long offset, long line, long column, Iterable<String> path) throws IOException {
        baseLine = line;
        baseColumn = column;
        StringBuilder beginning = new StringBuilder();
        for (String key : path) {
            beginning.append("{\"\":");
        }
        // A text, because what follows cannot become a part of it, as it could of a number.
        beginning.append("[\"\"");
        byte[] ours = beginning.toString().getBytes(StandardCharsets.US_ASCII);
        open(offset, ours);
        baseColumn -= ours.length;
        while (parser.nextToken() != JsonToken.VALUE_STRING) {
            // The way to the array.
        }
        parser.finishToken();
    }

    private void open(long offset, byte[] beginning) throws IOException {
        bytes = new JsonBytes(file, offset, beginning, false, limits.searched());
        parser = factory.createParser(bytes);
    }

    /** Where in the file the parser is. */
    long offset() {
        return bytes.inFile(parser.currentLocation().getByteOffset());
    }

    /** How reasons name that place. */
    String place(JsonLocation location) {
        return JsonPlace.at(line(location), column(location));
    }

    long line(JsonLocation location) {
        return baseLine + location.getLineNr() - 1;
    }

    long column(JsonLocation location) {
        return location.getColumnNr() + (location.getLineNr() == 1 ? baseColumn : 0);
    }

    /** Whether the fault is of bytes that are no UTF-8. */
    boolean isOfBytes(JsonProcessingException fault) {
        long at = parser.currentLocation().getByteOffset();
        return bytes.firstBad() < (at < 0 ? Long.MAX_VALUE : bytes.inFile(at) + 1);
    }

    /** The place in the file of something that the parser has told. */
    long inFile(JsonLocation location) {
        return bytes.inFile(location.getByteOffset());
    }

    /** Why the text cannot be read, in the record that begins at that offset. */
    Reason broken(JsonProcessingException fault, long start) {
        JsonLocation location =
                fault.getLocation() == null ? parser.currentLocation() : fault.getLocation();
        String where = place(location) + ", in the record from byte " + start + ": ";
        if (isOfBytes(fault)) {
            return Reason.of(
                    Code.WRONG_ENCODING,
                    where + "the bytes are not UTF-8; write the file in UTF-8.");
        }
        if (fault instanceof StreamConstraintsException) {
            boolean deep = fault.getMessage().contains("depth");
            return Reason.of(
                    deep ? Code.TOO_DEEP : Code.TOO_LONG,
                    where
                            + (deep
                                    ? "objects and lists lie deeper within each other than "
                                            + limits.nesting()
                                    : "a text, a number or a key is longer than the limit")
                            + ".");
        }
        return Reason.of(
                Code.BROKEN_STRUCTURE,
                where
                        + "this is not JSON ("
                        + Words.name(Words.excerpt(fault.getOriginalMessage()))
                        + ").");
    }

    /** A parser's constraints: with a long text allowed, numbers may be long as well. */
    static JsonFactory factory(int nesting, int longest) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // A zero byte is no sign of UTF-16 here; the encoding is known.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(nesting)
                                .maxStringLength(longest)
                                .maxNumberLength(Math.max(LONGEST_NAME, longest / 16))
                                .maxNameLength(LONGEST_NAME)
                                .build())
                .build();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
