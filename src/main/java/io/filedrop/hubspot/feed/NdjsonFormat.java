package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * One JSON object on each line. Empty lines are passed over, and so are those that begin with
 * {@code //} or {@code #}. Fields are ways, as in {@link JsonFormat}.
 */
public final class NdjsonFormat implements Format {

    private final Limits limits;

    public NdjsonFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public List<String> endings() {
        return List.of(".ndjson", ".jsonl");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of();
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return feed(file, layout);
    }

    private NdjsonFeed feed(Path file, Layout layout) throws IOException, RefusedFile {
        int mark = JsonFormat.markOf(file);
        List<String> fields = layout.fields();
        if (fields.isEmpty()) {
            JsonKeys keys = new JsonKeys(limits);
            try (NdjsonLines lines = new NdjsonLines(file, mark, limits)) {
                NdjsonLines.Found found;
                while ((found = lines.next(keys)) != null) {
                    keys.stoodIn(found.run().line(), found.reason());
                }
            } catch (JsonKeys.TooMany e) {
                throw keys.tooMany();
            }
            fields = keys.names();
        }
        return new NdjsonFeed(
                new NdjsonLines(file, mark, limits),
                JsonFormat.tree(layout, fields),
                new Columns(fields),
                limits);
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        try (NdjsonFeed feed = feed(file, layout);
                FilePart source = new FilePart(file)) {
            source.copy(0, JsonFormat.markOf(file), out);
            boolean ended = true;
            Record record;
            while ((record = feed.next()) != null) {
                if (wanted.test(record.position().ordinal())) {
                    if (!ended) {
                        out.write('\n');
                    }
                    ByteRuns.Run run = feed.found().run();
                    source.copy(run.start(), run.end(), out);
                    ended = run.isEnded();
                }
            }
        }
    }

    /** The records of a file, line by line. */
    private static final class NdjsonFeed implements Feed {

        private final NdjsonLines lines;
        private final FieldTree tree;
        private final Columns columns;
        private final Limits limits;
        private NdjsonLines.Found found;
        private long ordinal;

        NdjsonFeed(NdjsonLines lines, FieldTree tree, Columns columns, Limits limits) {
            this.lines = lines;
            this.tree = tree;
            this.columns = columns;
            this.limits = limits;
        }

        NdjsonLines.Found found() {
            return found;
        }

        @Override
        public Columns columns() {
            return columns;
        }

        @Override
        public Record next() throws IOException {
            JsonRow row = new JsonRow(tree, columns.names().size(), limits);
            found = lines.next(row);
            if (found == null) {
                return null;
            }
            Position position = new Position(ordinal++, Long.toString(found.run().line()));
            return found.reason() == null
                    ? new Record.Row(position, columns, row.values())
                    : new Record.Unreadable(position, found.reason());
        }

        @Override
        public long bytesRead() {
            return lines.offset();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
