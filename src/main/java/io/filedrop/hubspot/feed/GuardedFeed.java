package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A feed that never fails but for the disk: when its reader throws anything else, an {@code Error}
 * included, the rest of the file is one region that cannot be read, and the feed ends.
 */
@RegisterForReflection
final class GuardedFeed implements Feed {

    private final Feed feed;
    private long ordinal;
    private String place = "1";
    private boolean ended;

    GuardedFeed(Feed feed) {
        this.feed = feed;
    }

    @Override
    public Columns columns() {
        return feed.columns();
    }

    @Override
    public Record next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            Record record = feed.next();
            if (record == null) {
                ended = true;
            } else {
                ordinal = record.position().ordinal() + 1;
                place = record.position().place();
            }
            return record;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (OutOfMemoryError e) {
            // No fault of the file alone: the program ends and begins anew.
            throw e;
        } catch (RuntimeException | Error e) {
            ended = true;
            return new Record.Unreadable(
                    new Position(ordinal, place),
                    Reason.of(
                            Code.READER_FAILED,
                            "What follows the record at "
                                    + place
                                    + " cannot be read: the reader failed with "
                                    + e.getClass().getSimpleName()
                                    + "."));
        }
    }

    @Override
    public long bytesRead() {
        return feed.bytesRead();
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }
}
