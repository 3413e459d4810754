package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the keys of all records of a file, which without a mapping are its columns. */
final class JsonKeys implements JsonElement {

    /** The line of the record in which each first stood, once that record is read. */
    private final Map<String, Long> keys = new LinkedHashMap<>();

    private final List<String> fresh = new ArrayList<>();
    private final Limits limits;
    private Reason fault;

    /** There are more keys than the limit; {@link #tooMany} says so. */
    static final class TooMany extends IOException {

        private static final long serialVersionUID = 1L;
    }

    JsonKeys(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Fault read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                if (keys.putIfAbsent(parser.currentName(), 0L) == null) {
                    fresh.add(parser.currentName());
                }
                if (keys.size() > limits.columns()) {
                    throw new TooMany();
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        return null;
    }

    /**
     * The record that was read last.
     *
     * @param line that it begins in
     * @param wrong what is wrong with it, or null; the first fault is why there may be no keys
     */
    void stoodIn(long line, Reason wrong) {
        fresh.forEach(key -> keys.put(key, line));
        fresh.clear();
        fault = fault == null ? wrong : fault;
    }

    /** The keys, in the order in which they first stood. */
    List<String> names() throws RefusedFile {
        if (keys.isEmpty() && fault != null) {
            throw new RefusedFile(fault);
        }
        for (String key : keys.keySet()) {
            if (key.isBlank() || HeaderNames.hasInvisible(key) || !key.strip().equals(key)) {
                throw bad(
                        "one is empty or holds invisible characters: \""
                                + Words.name(Words.excerpt(key))
                                + "\", first in the record of line "
                                + keys.get(key));
            }
        }
        return new ArrayList<>(keys.keySet());
    }

    RefusedFile tooMany() {
        return bad("they are more than " + Words.count(limits.columns()));
    }

    private static RefusedFile bad(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        "Without a mapping the keys of the records name properties, but "
                                + what
                                + "."));
    }
}
