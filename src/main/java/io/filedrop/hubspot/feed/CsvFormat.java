package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * CSV as RFC 4180 describes it. Options: {@code delimiter} (one character, or {@code tab}), {@code
 * quote} (one character, or {@code none}), {@code encoding}, {@code header-line} (its number, or
 * {@code none}: the columns are called 1, 2 and so on).
 */
public final class CsvFormat implements Format {

    private final Limits limits;

    public CsvFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv", ".tsv", ".txt");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of(
                "delimiter", CsvDialect::delimiter,
                "quote", CsvDialect::quote,
                "encoding", TextEncoding::named,
                "header-line", CsvDialect::headerLine);
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return new CsvFeed(file, CsvDialect.of(file, layout, limits), limits);
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        CsvDialect dialect = CsvDialect.of(file, layout, limits);
        // The mark is no character of the first field, where a quote may open.
        int mark = dialect.encoding().mark();
        try (CsvFeed feed = new CsvFeed(file, dialect, limits);
                FilePart beginning = new FilePart(file);
                CsvBytes bytes = feed.bytes(mark, 1)) {
            beginning.copy(0, mark, out);
            bytes.copyTo(dialect.headerLine(), out);
            boolean ended = true;
            if (dialect.hasHeader()) {
                bytes.copyRecord(out);
                ended = bytes.endedWithLineBreak();
            }
            Record record;
            while ((record = feed.next()) != null) {
                if (wanted.test(record.position().ordinal())) {
                    if (!ended) {
                        out.write(bytes.lineBreak());
                    }
                    bytes.skipTo(Long.parseLong(record.position().place()));
                    bytes.copyRecord(out, limits.searched());
                    ended = bytes.endedWithLineBreak();
                }
            }
        }
    }
}
