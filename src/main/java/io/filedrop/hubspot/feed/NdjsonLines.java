package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lines of an NDJSON file that hold a record. A wrong line costs itself and no other. */
final class NdjsonLines implements Closeable {

    private final ByteRuns runs;
    private final Limits limits;
    private final JsonFactory factory;

    /**
     * A line.
     *
     * @param reason what is wrong with it, or null
     */
    record Found(ByteRuns.Run run, Reason reason) {}

    NdjsonLines(Path file, int mark, Limits limits) throws IOException, RefusedFile {
        this.limits = limits;
        this.factory = JsonCursor.factory(limits.nesting(), limits.field());
        this.runs = new ByteRuns(file, mark, limits.record());
        try (ByteRuns first = new ByteRuns(file, mark, limits.record())) {
            ByteRuns.Run run = first.next('\n');
            while (run != null && isPassedOver(run.bytes())) {
                run = first.next('\n');
            }
            if (run != null
                    && new String(run.bytes(), StandardCharsets.UTF_8).strip().startsWith("[")) {
                runs.close();
                throw new RefusedFile(
                        Reason.of(
                                Code.WRONG_SHAPE,
                                "Line "
                                        + run.line()
                                        + ": a line with one object is expected here, but there is"
                                        + " a list; if the whole file is one, call it .json."));
            }
        }
    }

    long offset() {
        return runs.offset();
    }

    /** The next line, which that reader takes in, or null behind the last one. */
    Found next(JsonElement reader) throws IOException {
        ByteRuns.Run run = runs.next('\n');
        while (run != null && isPassedOver(run.bytes())) {
            run = runs.next('\n');
        }
        return run == null ? null : new Found(run, reason(run, reader));
    }

    private Reason reason(ByteRuns.Run run, JsonElement reader) throws IOException {
        String line = "Line " + run.line();
        if (run.isCut()) {
            return Reason.of(
                    Code.TOO_LONG,
                    line + ": it is longer than " + Words.count(limits.record()) + " bytes.");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run.bytes()));
        } catch (CharacterCodingException e) {
            return Reason.of(
                    Code.WRONG_ENCODING,
                    line
                            + ", in the record from byte "
                            + run.start()
                            + ": the bytes are not UTF-8; write the file in UTF-8.");
        }
        try (JsonParser parser = factory.createParser(new ByteArrayInputStream(run.bytes()))) {
            parser.nextToken();
            JsonElement.Fault fault = reader.read(parser);
            if (fault != null) {
                return JsonRow.reason(fault, at(run, fault.location()), "");
            }
            if (parser.nextToken() != null) {
                return Reason.of(
                        Code.BROKEN_STRUCTURE,
                        at(run, parser.currentTokenLocation())
                                + ": the line goes on behind the end of its object.");
            }
            return null;
        } catch (StreamConstraintsException e) {
            boolean deep = e.getMessage().contains("depth");
            return Reason.of(
                    deep ? Code.TOO_DEEP : Code.TOO_LONG,
                    line
                            + ": "
                            + (deep
                                    ? "objects and lists lie deeper within each other than "
                                            + limits.nesting()
                                    : "a text, a number or a key is longer than the limit")
                            + ".");
        } catch (JsonProcessingException e) {
            return Reason.of(
                    Code.BROKEN_STRUCTURE,
                    at(run, e.getLocation())
                            + ": this is not JSON ("
                            + Words.name(Words.excerpt(e.getOriginalMessage()))
                            + ").");
        }
    }

    private static String at(ByteRuns.Run run, JsonLocation location) {
        return JsonPlace.at(run.line(), location == null ? 1 : location.getColumnNr());
    }

    private static boolean isPassedOver(byte[] line) {
        int at = 0;
        while (at < line.length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
            at++;
        }
        return at == line.length
                || line[at] == '#'
                || line[at] == '/' && at + 1 < line.length && line[at + 1] == '/';
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
