package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a feed reads, on one line that a table of tests can hold. */
final class Shown {

    private Shown() {}

    /** The default ones, but for the bytes of a field and of a record. */
    static Limits limits(int field, int record) {
        Limits d = Limits.DEFAULT;
        return new Limits(
                field,
                record,
                d.file(),
                d.ratio(),
                d.entries(),
                d.columns(),
                d.nesting(),
                d.sharedTexts(),
                d.names());
    }

    /** ⏎ is LF, ␍ is CR, ⇥ is a tab, ␌ is a form feed. */
    static String text(String table) {
        return table.replace('⏎', '\n').replace('␍', '\r').replace('⇥', '\t').replace('␌', '\f');
    }

    static Layout layout(Map<String, String> options, String... fields) {
        return new Layout("", options, List.of(fields));
    }

    static List<Record> records(Format format, Path file, Layout layout)
            throws IOException, RefusedFile {
        List<Record> records = new ArrayList<>();
        try (Feed feed = format.open(file, layout)) {
            Record record;
            while ((record = feed.next()) != null) {
                assertThat(record.position().ordinal()).isEqualTo(records.size());
                records.add(record);
            }
            assertThat(feed.next()).isNull();
        }
        return records;
    }

    /**
     * A record as place:field|field, or place!CODE; nothing in a field is ∅, several are joined by
     * +.
     */
    static String read(Format format, Path file, Layout layout) throws IOException, RefusedFile {
        return records(format, file, layout).stream()
                .map(Shown::record)
                .collect(Collectors.joining(" "));
    }

    private static String record(Record record) {
        String place = record.position().place();
        return record instanceof Record.Row row
                ? place
                        + ":"
                        + Stream.of(row.values())
                                .map(value -> value == null ? "∅" : hidden(value))
                                .collect(Collectors.joining("|"))
                : place + "!" + ((Record.Unreadable) record).reason().code();
    }

    static String hidden(String text) {
        return text.replace('\n', '⏎')
                .replace('\r', '␍')
                .replace(' ', '_')
                .replace(RowValues.BETWEEN, '+');
    }

    static List<String> messages(Format format, Path file, Layout layout)
            throws IOException, RefusedFile {
        return records(format, file, layout).stream()
                .filter(Record.Unreadable.class::isInstance)
                .map(record -> ((Record.Unreadable) record).reason().message())
                .toList();
    }

    static byte[] copy(Format format, Path file, Layout layout, Long... wanted)
            throws IOException, RefusedFile {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.copy(file, layout, List.of(wanted)::contains, out);
        return out.toByteArray();
    }

    static String copied(Format format, Path file, Layout layout, Long... wanted)
            throws IOException, RefusedFile {
        return new String(copy(format, file, layout, wanted), StandardCharsets.UTF_8);
    }
}
