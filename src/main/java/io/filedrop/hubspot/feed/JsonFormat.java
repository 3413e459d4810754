package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * A JSON text in which one array holds the records, an object each. Option: {@code records}, the
 * way to that array, keys with slashes between them; without it, the text is the array. Fields are
 * ways, too; {@code ~1} is a slash within a key, {@code ~0} a tilde.
 */
public final class JsonFormat implements Format {

    private static final int LONGEST_GAP = 256;

    private final Limits limits;

    public JsonFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> endings() {
        return List.of(".json");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of("records", JsonFormat::steps);
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return feed(file, layout);
    }

    private JsonFeed feed(Path file, Layout layout) throws IOException, RefusedFile {
        int mark = markOf(file);
        List<String> path = layout.option("records").map(JsonFormat::steps).orElse(List.of());
        List<String> fields = layout.fields();
        if (fields.isEmpty()) {
            JsonKeys keys = new JsonKeys(limits);
            try (JsonArray array = new JsonArray(file, path, mark, limits)) {
                JsonArray.Found found;
                while ((found = array.next(keys)) != null) {
                    keys.stoodIn(found.line(), found.reason());
                }
            } catch (JsonKeys.TooMany e) {
                throw keys.tooMany();
            }
            fields = keys.names();
        }
        return new JsonFeed(
                new JsonArray(file, path, mark, limits),
                tree(layout, fields),
                new Columns(fields),
                limits);
    }

    /** The wanted fields as a tree; the names of a header are no ways. */
    static FieldTree tree(Layout layout, List<String> fields) {
        return FieldTree.of(
                fields.stream()
                        .map(field -> layout.fields().isEmpty() ? List.of(field) : steps(field))
                        .toList());
    }

    private static List<String> steps(String way) {
        List<String> steps = new ArrayList<>();
        for (String step : way.split("/", -1)) {
            if (step.isEmpty()) {
                throw new IllegalArgumentException("a way like a/b is expected, not " + way);
            }
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    /** The length of the byte order mark. JSON is UTF-8 (RFC 8259, section 8.1). */
    static int markOf(Path file) throws IOException, RefusedFile {
        TextEncoding encoding = TextEncoding.of(file, Optional.empty());
        byte[] start = TextEncoding.start(file);
        boolean zero = start.length > 1 && (start[0] == 0 || start[1] == 0);
        if (!encoding.charset().equals(StandardCharsets.UTF_8) || zero) {
            throw TextEncoding.refused("the file is in UTF-16, but JSON is written in UTF-8");
        }
        if (start.length == encoding.mark()) {
            throw new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty."));
        }
        return encoding.mark();
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        try (JsonFeed feed = feed(file, layout);
                FilePart source = new FilePart(file)) {
            source.copy(0, feed.array().arrayOffset(), out);
            boolean first = true;
            Record record;
            while ((record = feed.next()) != null) {
                if (!wanted.test(record.position().ordinal())) {
                    continue;
                }
                JsonArray.Found found = feed.found();
                // Between two elements stand one comma and white space.
                long to = found.isRest() ? source.size() : found.start();
                byte[] between = source.bytes(found.before(), to, LONGEST_GAP);
                String gap = new String(between, StandardCharsets.ISO_8859_1);
                int comma = gap.stripLeading().startsWith(",") ? gap.indexOf(',') : -1;
                if (found.isRest()) {
                    // What is broken as it is: the next reading finds the same there.
                    source.copy(found.before() + (first ? comma + 1 : 0), to, out);
                    return;
                }
                if (!first) {
                    out.write(',');
                }
                out.write(between, comma + 1, between.length - comma - 1);
                source.copy(found.start(), found.end(), out);
                first = false;
            }
            source.copy(feed.array().offset(), source.size(), out);
        }
    }

    /** The records of one array. */
    private static final class JsonFeed implements Feed {

        private final JsonArray array;
        private final FieldTree tree;
        private final Columns columns;
        private final Limits limits;
        private JsonArray.Found found;
        private long ordinal;

        JsonFeed(JsonArray array, FieldTree tree, Columns columns, Limits limits) {
            this.array = array;
            this.tree = tree;
            this.columns = columns;
            this.limits = limits;
        }

        JsonArray array() {
            return array;
        }

        /** Where the last record stands. */
        JsonArray.Found found() {
            return found;
        }

        @Override
        public Columns columns() {
            return columns;
        }

        @Override
        public Record next() throws IOException {
            JsonRow row = new JsonRow(tree, columns.names().size(), limits);
            found = array.next(row);
            if (found == null) {
                return null;
            }
            Position position = new Position(ordinal++, Long.toString(found.line()));
            return found.reason() == null
                    ? new Record.Row(position, columns, row.values())
                    : new Record.Unreadable(position, found.reason());
        }

        @Override
        public long bytesRead() {
            return array.bytesRead();
        }

        @Override
        public void close() throws IOException {
            array.close();
        }
    }
}
