package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * XML in which one kind of element, or several, hold a record each. Options: {@code record}, names
 * of those elements or the ways to them from the root on, with blanks between several; {@code
 * encoding}, instead of what the file declares; {@code doctype: ignore}, for feeds that name a
 * document type, which is never opened. Fields are ways from the record on: {@code a/b}, {@code
 * a/@c}, {@code @c}, {@code .} for the record's own text, {@code name()} for its name.
 */
public final class XmlFormat implements Format {

    private static final Pattern DECLARATION =
            Pattern.compile(
                    "^\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']{1,40})[\"']",
                    Pattern.DOTALL);

    private final Limits limits;

    public XmlFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "xml";
    }

    @Override
    public List<String> endings() {
        return List.of(".xml");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of(
                "record",
                XmlNames::ways,
                "encoding",
                TextEncoding::named,
                "doctype",
                XmlFormat::requireIgnore);
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return feed(file, layout);
    }

    private XmlFeed feed(Path file, Layout layout) throws IOException, RefusedFile {
        if (layout.fields().isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.WRONG_LAYOUT,
                            "An XML file needs a mapping that says which elements are records and"
                                    + " which of their fields are meant."));
        }
        FieldTree tree = FieldTree.of(layout.fields().stream().map(XmlFormat::steps).toList());
        Columns columns = new Columns(layout.fields());
        return new XmlFeed(
                new XmlRecords(
                        file, encoding(file, layout), layout, tree, columns.names().size(), limits),
                columns);
    }

    private static void requireIgnore(String said) {
        if (!said.equals("ignore")) {
            throw new IllegalArgumentException("doctype can only be ignore, but is " + said);
        }
    }

    private static List<String> steps(String field) {
        return field.equals(".") || field.equals("name()")
                ? List.of(field)
                : XmlNames.steps(field.replace("@{", "{@")).stream()
                        .map(step -> step.startsWith("{@") ? "@{" + step.substring(2) : step)
                        .toList();
    }

    private static TextEncoding encoding(Path file, Layout layout) throws IOException, RefusedFile {
        byte[] start = TextEncoding.start(file);
        Optional<String> said = layout.option("encoding");
        if (said.isEmpty() && TextEncoding.startsWith(start, '<', 0)) {
            said = Optional.of("UTF-16LE");
        } else if (said.isEmpty() && TextEncoding.startsWith(start, 0, '<')) {
            said = Optional.of("UTF-16BE");
        }
        String beginning =
                new String(start, StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)", "");
        if (beginning.isBlank()) {
            throw new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty."));
        }
        Matcher declaration = DECLARATION.matcher(beginning);
        if (layout.option("encoding").isPresent() || !declaration.find()) {
            return TextEncoding.of(file, said);
        }
        Charset declared;
        try {
            declared = TextEncoding.named(declaration.group(1));
        } catch (IllegalArgumentException e) {
            throw TextEncoding.refused(e.getMessage());
        }
        boolean wide = declared.name().startsWith("UTF-16");
        Optional<String> narrow = wide ? Optional.empty() : Optional.of(declared.name());
        TextEncoding found = TextEncoding.of(file, said.or(() -> narrow));
        if (wide != (found.unit() == 2)) {
            throw TextEncoding.refused(
                    "the file declares the encoding "
                            + declared
                            + ", but its bytes are "
                            + found.charset());
        }
        return found;
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        try (XmlFeed feed = feed(file, layout);
                FilePart source = new FilePart(file)) {
            long copied = 0;
            Record record;
            while ((record = feed.next()) != null) {
                XmlRecords.Found found = feed.found();
                if (found.isRest()) {
                    break;
                }
                if (!wanted.test(record.position().ordinal())) {
                    // Everything is kept but the records that are not wanted.
                    source.copy(copied, endOfText(source, copied, found.start()), out);
                    copied = found.end();
                }
            }
            source.copy(copied, source.size(), out);
        }
    }

    /** The white space before a record goes with it. */
    private static long endOfText(FilePart source, long from, long to) throws IOException {
        byte[] before = source.bytes(Math.max(from, to - 256), to, 256);
        int end = before.length;
        while (end > 0 && " \t\r\n\0".indexOf(before[end - 1]) >= 0) {
            end--;
        }
        // In UTF-16 a character is two bytes, of which one of white space is zero.
        return to - (before.length - end) + (before.length - end) % 2 * zeroes(before, end);
    }

    private static int zeroes(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return 1;
            }
        }
        return 0;
    }

    /** The records of one XML file. */
    private static final class XmlFeed implements Feed {

        private final XmlRecords records;
        private final Columns columns;
        private XmlRecords.Found found;
        private long ordinal;

        XmlFeed(XmlRecords records, Columns columns) {
            this.records = records;
            this.columns = columns;
        }

        XmlRecords.Found found() {
            return found;
        }

        @Override
        public Columns columns() {
            return columns;
        }

        @Override
        public Record next() throws IOException {
            found = records.next();
            if (found == null) {
                return null;
            }
            Position position = new Position(ordinal, "element " + ++ordinal);
            return found.reason() == null
                    ? new Record.Row(position, columns, found.values())
                    : new Record.Unreadable(position, found.reason());
        }

        @Override
        public long bytesRead() {
            return records.bytesRead();
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
