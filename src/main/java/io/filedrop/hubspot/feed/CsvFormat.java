package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongPredicate;

/** CSV as RFC 4180 describes it, with {@code ,} {@code ;} {@code |} or tab between the fields. */
public final class CsvFormat implements Format {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public boolean matches(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt");
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return new CsvFeed(file, CsvDialect.of(file));
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        CsvDialect dialect = CsvDialect.of(file);
        try (CsvFeed feed = new CsvFeed(file, dialect);
                CsvBytes bytes = new CsvBytes(file, 0, 1, String.valueOf(dialect.delimiter()))) {
            bytes.copyTo(dialect.headerLine(), out);
            bytes.copyRecord(out);
            boolean ended = bytes.endedWithLineBreak();
            Record record;
            while ((record = feed.next()) != null) {
                if (wanted.test(record.position().ordinal())) {
                    if (!ended) {
                        out.write('\n');
                    }
                    bytes.skipTo(Long.parseLong(record.position().place()));
                    bytes.copyRecord(out);
                    ended = bytes.endedWithLineBreak();
                }
            }
        }
    }
}
