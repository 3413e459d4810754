package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Words;

/**
 * What the files of one source wait for on this side: others have to leave the inbox, or the disk
 * needs room. One thread fetches; others may ask.
 */
final class Room {

    private static final long NONE = -1;

    private final Storage storage;
    private volatile boolean crowded;
    private volatile long needed = NONE;

    Room(Storage storage) {
        this.storage = storage;
    }

    /** Another visit begins. */
    void begin() {
        crowded = false;
        needed = NONE;
    }

    /** A file waits until others have left the inbox, for a place there or for its name. */
    void crowded() {
        crowded = true;
    }

    /** Whether the file fits on the disk besides the reserve. */
    boolean fits(RemoteFile file) {
        boolean fits = storage.roomInInbox() >= file.size();
        if (!fits) {
            needed = file.size();
        }
        return fits;
    }

    /** Why a file that does not fit is left, a sentence. */
    static String tooLittleFor(RemoteFile file) {
        return "%s waits on the server: its %s bytes do not fit here besides drop.reserve."
                .formatted(Words.excerpt(Words.name(file.name())), Words.count(file.size()));
    }

    /** Whether a file did not fit, so that those behind it wait, too. */
    boolean isShort() {
        return needed != NONE;
    }

    boolean isWaitedFor() {
        return crowded || isShort();
    }

    /**
     * Whether there will be no room as long as nobody makes some.
     *
     * @param isBlocked whether nothing leaves the inbox any more
     */
    boolean isWaitedForInVain(boolean isBlocked) {
        return isBlocked && crowded || isShort() && storage.roomInInbox() < needed;
    }
}
