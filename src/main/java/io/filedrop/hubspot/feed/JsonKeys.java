package io.filedrop.hubspot.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers the keys of all records of a file, which without a mapping are its columns. */
final class JsonKeys implements JsonElement {

    private final Set<String> keys = new LinkedHashSet<>();
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
                keys.add(parser.currentName());
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

    /** What is wrong with a record, or null; the first fault is why there may be no keys. */
    void noteFault(Reason of) {
        fault = fault == null ? of : fault;
    }

    /** The keys, in the order in which they first stood. */
    List<String> names() throws RefusedFile {
        if (keys.isEmpty() && fault != null) {
            throw new RefusedFile(fault);
        }
        for (String key : keys) {
            if (key.isBlank() || HeaderNames.hasInvisible(key) || !key.strip().equals(key)) {
                throw bad(
                        "one is empty or holds invisible characters: \""
                                + Words.name(Words.excerpt(key))
                                + "\"");
            }
        }
        return new ArrayList<>(keys);
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
