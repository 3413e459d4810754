package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Excel workbooks. Options: {@code sheet}, its name, else the first one that is not hidden; {@code
 * header-row}, its number, else the first row that holds anything. Old workbooks, protected ones
 * and those with macros are refused.
 */
public final class XlsxFormat implements Format {

    private final Limits limits;

    public XlsxFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "xlsx";
    }

    @Override
    public List<String> endings() {
        return List.of(".xlsx", ".xlsm", ".xlsb", ".xls");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of("sheet", name -> {}, "header-row", XlsxSheet::headerRow);
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return feed(file, layout);
    }

    private XlsxFeed feed(Path file, Layout layout) throws IOException, RefusedFile {
        return XlsxFeed.open(file, layout, limits, seen(file));
    }

    private WorkbookParts.Seen seen(Path file) throws IOException, RefusedFile {
        WorkbookParts.Seen seen = WorkbookParts.require(file, limits);
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.xls[mb]")) {
            throw WorkbookParts.unknown("it is of a kind that may hold macros; save it as .xlsx");
        }
        return seen;
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        WorkbookParts.Seen seen = seen(file);
        try (XlsxFeed feed = XlsxFeed.open(file, layout, limits, seen)) {
            if (isWantedToItsBrokenEnd(feed, wanted)) {
                Files.copy(file, out);
                return;
            }
        }
        try (XlsxFeed feed = XlsxFeed.open(file, layout, limits, seen);
                XlsxCopy copy = new XlsxCopy(feed.sheet().name(), seen, out)) {
            feed.sheet().top().forEach(copy::keepPlace);
            Record record;
            while ((record = feed.next()) != null) {
                if (!wanted.test(record.position().ordinal())) {
                    continue;
                }
                if (feed.row() != null) {
                    copy.add(feed.row());
                } else {
                    // The rows before it were sent, so the whole workbook must not come back.
                    copy.add(missing(record), feed.columns().names().size());
                }
            }
        }
    }

    private static boolean isWantedToItsBrokenEnd(XlsxFeed feed, LongPredicate wanted)
            throws IOException {
        boolean isBroken = false;
        Record record;
        while ((record = feed.next()) != null) {
            if (!wanted.test(record.position().ordinal())) {
                return false;
            }
            isBroken = feed.row() == null;
        }
        return isBroken;
    }

    private static String missing(Record rest) {
        return "What stood behind "
                + rest.position().place()
                + " could not be read and is missing here. It is in the dropped workbook, in the"
                + " folder archive. Put it in the place of this row.";
    }
}
