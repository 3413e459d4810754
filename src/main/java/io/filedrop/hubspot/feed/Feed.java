package io.filedrop.hubspot.feed;

import java.io.Closeable;
import java.io.IOException;

/**
 * The records of one update file, in file order, read one at a time. Not safe for use by several
 * threads at once.
 */
public interface Feed extends Closeable {

    /** The header's names. Known as soon as the feed is open. */
    Columns columns();

    /**
     * The next record, or null at the end of the file. A fault in a record is a {@link
     * Record.Unreadable} and the next call goes on behind it; only the disk can make this fail.
     */
    Record next() throws IOException;

    /** How many bytes of the file were read so far, for those who tell how far a run is. */
    long bytesRead();
}
