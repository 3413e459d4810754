package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * BLM, the format of Rightmove's version 3: a header that names the characters behind each field
 * and each record, a definition of the columns, and the records. Option: {@code encoding}.
 */
public final class BlmFormat implements Format {

    private final Limits limits;

    public BlmFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "blm";
    }

    @Override
    public List<String> endings() {
        return List.of(".blm");
    }

    @Override
    public Map<String, Consumer<String>> options() {
        return Map.of("encoding", TextEncoding::named);
    }

    @Override
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        return new BlmFeed(file, BlmHeader.of(file, layout, limits), limits);
    }

    @Override
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        BlmHeader header = BlmHeader.of(file, layout, limits);
        try (BlmFeed feed = new BlmFeed(file, header, limits);
                FilePart source = new FilePart(file)) {
            source.copy(0, header.dataOffset(), out);
            Record record;
            while ((record = feed.next()) != null) {
                // Where the file ends right behind a record, the rest has no bytes.
                boolean isRest = feed.run() == null || feed.endOffset() < feed.bytesRead();
                if (!isRest && wanted.test(record.position().ordinal())) {
                    source.copy(feed.run().start(), feed.run().end(), out);
                }
            }
            // The end as it is, or what is broken there.
            source.copy(feed.endOffset(), source.size(), out);
        }
    }
}
