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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The elements of one array in a JSON file, one by one, with their exact places. An element that is
 * too long or no UTF-8 is passed over; where the structure itself breaks, the rest of the file is
 * one region.
 */
final class JsonArray implements Closeable {

    private static final int LONGEST_NAME = 2048;

    private final Path file;
    private final List<String> path;
    private final String pointer;
    private final Limits limits;
    private final JsonFactory factory;
    private final long arrayOffset;

    private JsonBytes bytes;
    private JsonParser parser;
    private long baseLine = 1;
    private long baseColumn;
    private long before;
    private boolean ended;

    /**
     * An element, or the rest of the file.
     *
     * @param before where the bytes begin that separate it from what stands before it
     * @param start where it begins itself
     * @param end behind its last byte
     * @param reason what is wrong with it, or null
     * @param isRest whether nothing follows, not even the end of the array
     */
    record Found(long before, long start, long end, long line, Reason reason, boolean isRest) {}

    /** Goes to the array at that path. */
    JsonArray(Path file, List<String> path, int mark, Limits limits)
            throws IOException, RefusedFile {
        this.file = file;
        this.path = path;
        this.pointer = path.isEmpty() ? "" : "/" + String.join("/", path);
        this.limits = limits;
        this.factory = factory(limits.nesting(), limits.field());
        open(mark, new byte[0]);
        try {
            descend();
        } catch (JsonProcessingException e) {
            Reason reason = broken(e, mark);
            parser.close();
            throw new RefusedFile(reason);
        } catch (JsonBytes.TooLong e) {
            parser.close();
            throw new RefusedFile(tooLong(1, 1));
        } catch (RefusedFile e) {
            parser.close();
            throw e;
        }
        this.arrayOffset = offsetBehind();
        this.before = arrayOffset;
    }

    /** Behind the bracket that opens the array. */
    long arrayOffset() {
        return arrayOffset;
    }

    /** Behind the last element that was found. */
    long offset() {
        return before;
    }

    long bytesRead() {
        return before;
    }

    /** The next element, which that reader takes in, or null behind the last one. */
    Found next(JsonElement reader) throws IOException {
        if (ended) {
            return null;
        }
        long start = before;
        long line = baseLine;
        long column = 1;
        boolean inElement = false;
        bytes.allow();
        try {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return finish();
            }
            JsonLocation location = parser.currentTokenLocation();
            start = bytes.inFile(location.getByteOffset());
            line = line(location);
            inElement = true;
            column = column(location);
            JsonElement.Fault fault = reader.read(parser);
            Reason reason =
                    fault == null ? null : JsonRow.reason(fault, place(fault.location()), pointer);
            return found(start, line, column, reason);
        } catch (JsonBytes.TooLong e) {
            return rest(tooLong(line, column), line);
        } catch (StreamConstraintsException e) {
            return inElement ? pass(e, start, line, column) : rest(broken(e, start), line);
        } catch (JsonProcessingException e) {
            boolean wrongBytes = bytes.firstBad() < offsetOf(e);
            return inElement && wrongBytes
                    ? pass(e, start, line, column)
                    : rest(broken(e, start), line);
        }
    }

    private Found found(long start, long line, long column, Reason reason) {
        long end = offsetBehind();
        Reason why = reason;
        if (why == null && end - start > limits.record()) {
            why = tooLong(line, column);
        }
        Found found = new Found(before, start, end, line, why, false);
        before = end;
        return found;
    }

    private Reason tooLong(long line, long column) {
        return Reason.of(
                Code.TOO_LONG,
                JsonPlace.at(line, column)
                        + ": the record is longer than "
                        + Words.count(limits.record())
                        + " bytes.");
    }

    /** Finds the end of an element that cannot be taken in, and goes on behind it. */
    private Found pass(JsonProcessingException fault, long start, long line, long column)
            throws IOException {
        Reason reason = broken(fault, start);
        parser.close();
        try (JsonBytes all = new JsonBytes(file, start, new byte[0], true, limits.searched());
                JsonParser skipping =
                        factory(limits.nesting(), limits.record()).createParser(all)) {
            skipping.nextToken();
            skipping.skipChildren();
            skipping.finishToken();
            JsonLocation behind = skipping.currentLocation();
            long end = all.inFile(behind.getByteOffset());
            long lines = behind.getLineNr() - 1L;
            Found found = new Found(before, start, end, line, reason, false);
            before = end;
            baseColumn = behind.getColumnNr() - 1 + (lines == 0 ? column - 1 : 0);
            baseLine = line + lines;
            goOn(end);
            return found;
        } catch (JsonProcessingException | JsonBytes.TooLong e) {
            return rest(reason, line);
        }
    }

    /** Begins again at that offset, behind an element, with a parser that knows where it is. */
    private void goOn(long offset) throws IOException {
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

    private Found rest(Reason reason, long line) throws IOException {
        ended = true;
        parser.close();
        return new Found(before, before, Long.MAX_VALUE, line, reason, true);
    }

    /** Behind the array nothing may follow but the ends of the objects around it. */
    private Found finish() throws IOException {
        try {
            Set<String> names = new HashSet<>();
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                boolean outermost = parser.getParsingContext().inRoot();
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(lastOf(path))) {
                    names.add(parser.currentName());
                }
                if (outermost && token != JsonToken.END_OBJECT) {
                    return trailing("the text goes on behind its end");
                }
                if (names.contains(lastOf(path))) {
                    return trailing("the key " + lastOf(path) + " may stand twice");
                }
            }
            ended = true;
            parser.close();
            return null;
        } catch (JsonBytes.TooLong e) {
            return rest(tooLong(baseLine, 1), baseLine);
        } catch (JsonProcessingException e) {
            return rest(broken(e, before), baseLine);
        }
    }

    private static String lastOf(List<String> path) {
        return path.isEmpty() ? "" : path.get(path.size() - 1);
    }

    private Found trailing(String what) throws IOException {
        JsonLocation location = parser.currentTokenLocation();
        return rest(
                Reason.of(Code.BROKEN_STRUCTURE, place(location) + ": " + what + "."),
                line(location));
    }

    private void descend() throws IOException, RefusedFile {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty."));
        }
        String reached = "";
        for (String key : path) {
            requireKind(JsonToken.START_OBJECT, token, reached, "an object with the key " + key);
            boolean there = false;
            while (!there && parser.nextToken() != JsonToken.END_OBJECT) {
                there = parser.currentName().equals(key);
                token = parser.nextToken();
                if (!there) {
                    parser.skipChildren();
                }
            }
            if (!there) {
                throw wrongShape(reached, "there is no key " + key);
            }
            reached += "/" + key;
        }
        requireKind(JsonToken.START_ARRAY, token, reached, "a list of records");
    }

    private void requireKind(JsonToken wanted, JsonToken token, String reached, String what)
            throws RefusedFile {
        if (token != wanted) {
            throw wrongShape(
                    reached,
                    what
                            + " is expected here, but there is "
                            + JsonRow.kind(token)
                            + (wanted == JsonToken.START_ARRAY && token == JsonToken.START_OBJECT
                                    ? "; a mapping says where the list is (records)"
                                    : ""));
        }
    }

    private RefusedFile wrongShape(String reached, String what) {
        return new RefusedFile(
                Reason.of(
                        Code.WRONG_SHAPE,
                        place(parser.currentTokenLocation())
                                + (reached.isEmpty() ? "" : " (" + Words.name(reached) + ")")
                                + ": "
                                + what
                                + "."));
    }

    private Reason broken(JsonProcessingException fault, long start) {
        JsonLocation location =
                fault.getLocation() == null ? parser.currentLocation() : fault.getLocation();
        String where = place(location) + ", in the record from byte " + start + ": ";
        if (bytes.firstBad() < offsetOf(fault)) {
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

    private void open(long offset, byte[] beginning) throws IOException {
        bytes = new JsonBytes(file, offset, beginning, false, limits.searched());
        parser = factory.createParser(bytes);
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

    private long offsetBehind() {
        return bytes.inFile(parser.currentLocation().getByteOffset());
    }

    private long offsetOf(JsonProcessingException fault) {
        JsonLocation at = parser.currentLocation();
        return at.getByteOffset() < 0 ? Long.MAX_VALUE : bytes.inFile(at.getByteOffset()) + 1;
    }

    private String place(JsonLocation location) {
        return JsonPlace.at(line(location), column(location));
    }

    private long line(JsonLocation location) {
        return baseLine + location.getLineNr() - 1;
    }

    private long column(JsonLocation location) {
        return location.getColumnNr() + (location.getLineNr() == 1 ? baseColumn : 0);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
