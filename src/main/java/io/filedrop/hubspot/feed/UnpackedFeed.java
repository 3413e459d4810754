package io.filedrop.hubspot.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The feed of a packed file, read from a copy that is deleted when the feed is closed. */
final class UnpackedFeed implements Feed {

    private final Feed feed;
    private final Path unpacked;
    private final double packedShare;

    /**
     * @param packed bytes of the file as it was dropped
     */
    UnpackedFeed(Feed feed, Path unpacked, long packed) throws IOException {
        this.feed = feed;
        this.unpacked = unpacked;
        this.packedShare = (double) packed / Math.max(1, Files.size(unpacked));
    }

    @Override
    public Columns columns() {
        return feed.columns();
    }

    @Override
    public Record next() throws IOException {
        return feed.next();
    }

    /** Of the packed file, as far as the part that is read tells. */
    @Override
    public long bytesRead() {
        return (long) (feed.bytesRead() * packedShare);
    }

    @Override
    public void close() throws IOException {
        try {
            feed.close();
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }
}
