package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The elements of one array in a JSON file, one by one, with their exact places. An element that is
 * too long or no UTF-8 is passed over; where the structure itself breaks, the rest of the file is
 * one region.
 */
final class JsonArray implements Closeable {

    private final Path file;
    private final List<String> path;
    private final String pointer;
    private final Limits limits;
    private final JsonCursor cursor;
    private final long arrayOffset;

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
        this.cursor = new JsonCursor(file, mark, limits);
        try {
            descend();
        } catch (JsonProcessingException e) {
            Reason reason = cursor.broken(e, mark);
            cursor.close();
            throw new RefusedFile(reason);
        } catch (JsonBytes.TooLong e) {
            cursor.close();
            throw new RefusedFile(
                    Reason.of(
                            Code.TOO_LONG,
                            "The list of records does not begin within the first "
                                    + Words.count(limits.searched())
                                    + " bytes of the file."));
        } catch (RefusedFile e) {
            cursor.close();
            throw e;
        }
        this.arrayOffset = cursor.offset();
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
        JsonParser parser = cursor.parser();
        long start = before;
        long line = cursor.baseLine();
        long column = 1;
        boolean inElement = false;
        cursor.allow();
        try {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return finish();
            }
            JsonLocation location = parser.currentTokenLocation();
            start = cursor.inFile(location);
            line = cursor.line(location);
            inElement = true;
            column = cursor.column(location);
            JsonElement.Fault fault = reader.read(parser);
            Reason reason =
                    fault == null
                            ? null
                            : JsonRow.reason(fault, cursor.place(fault.location()), pointer);
            return found(start, line, column, reason);
        } catch (JsonBytes.TooLong e) {
            return rest(tooLong(line, column), line);
        } catch (StreamConstraintsException e) {
            return inElement ? pass(e, start, line, column) : rest(cursor.broken(e, start), line);
        } catch (JsonProcessingException e) {
            return inElement && cursor.isOfBytes(e)
                    ? pass(e, start, line, column)
                    : rest(cursor.broken(e, start), line);
        }
    }

    private Found found(long start, long line, long column, Reason reason) {
        long end = cursor.offset();
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
        Reason reason = cursor.broken(fault, start);
        cursor.close();
        try (JsonBytes all = new JsonBytes(file, start, new byte[0], true, limits.searched());
                JsonParser skipping =
                        JsonCursor.factory(limits.nesting(), limits.record()).createParser(all)) {
            skipping.nextToken();
            skipping.skipChildren();
            skipping.finishToken();
            JsonLocation behind = skipping.currentLocation();
            long end = all.inFile(behind.getByteOffset());
            long lines = behind.getLineNr() - 1L;
            Found found = new Found(before, start, end, line, reason, false);
            before = end;
            long columns = behind.getColumnNr() - 1 + (lines == 0 ? column - 1 : 0);
            cursor.goOn(end, line + lines, columns, path);
            return found;
        } catch (JsonProcessingException | JsonBytes.TooLong e) {
            return rest(reason, line);
        }
    }

    private Found rest(Reason reason, long line) throws IOException {
        ended = true;
        cursor.close();
        return new Found(before, before, Long.MAX_VALUE, line, reason, true);
    }

    /**
     * Behind the array the objects around it may go on, but not with a key that led to the array:
     * which of the two is meant, readers understand differently.
     */
    private Found finish() throws IOException {
        try {
            JsonParser parser = cursor.parser();
            // How many of the objects on the way to the array are not at their end yet.
            int onTheWay = path.size();
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (onTheWay == 0) {
                    return trailing("the text goes on behind its end");
                }
                int depth = parser.getParsingContext().getNestingDepth();
                onTheWay = Math.min(onTheWay, depth);
                if (token == JsonToken.FIELD_NAME
                        && depth == onTheWay
                        && parser.currentName().equals(path.get(depth - 1))) {
                    return trailing(
                            "the key "
                                    + Words.name(Words.excerpt(parser.currentName()))
                                    + " stands twice");
                }
            }
            ended = true;
            cursor.close();
            return null;
        } catch (JsonBytes.TooLong e) {
            return rest(tooLong(cursor.baseLine(), 1), cursor.baseLine());
        } catch (JsonProcessingException e) {
            return rest(cursor.broken(e, before), cursor.baseLine());
        }
    }

    private Found trailing(String what) throws IOException {
        JsonLocation location = cursor.parser().currentTokenLocation();
        return rest(
                Reason.of(Code.BROKEN_STRUCTURE, cursor.place(location) + ": " + what + "."),
                cursor.line(location));
    }

    private void descend() throws IOException, RefusedFile {
        JsonParser parser = cursor.parser();
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
                        cursor.place(cursor.parser().currentTokenLocation())
                                + (reached.isEmpty() ? "" : " (" + Words.name(reached) + ")")
                                + ": "
                                + what
                                + "."));
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
