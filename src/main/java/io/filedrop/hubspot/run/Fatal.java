package io.filedrop.hubspot.run;

import java.nio.file.Path;
import java.util.function.Predicate;

/** What the program must not live on with: a disk that does not sync, or no memory left. */
public final class Fatal {

    private Fatal() {}

    /** Whether that is why something failed. */
    public static boolean isIn(Throwable fault) {
        return isIn(fault, sync -> true);
    }

    /**
     * Whether that is why something failed that was written elsewhere, too: that a share knows no
     * sync of a folder tells nothing of our disk.
     *
     * @param own the folder that everything of ours is kept in
     */
    public static boolean isIn(Throwable fault, Path own) {
        return isIn(fault, sync -> sync.isWithin(own) || !sync.isOfAFolderThatKnowsNone());
    }

    private static boolean isIn(Throwable fault, Predicate<SyncFailure> counts) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError
                    || t instanceof SyncFailure sync && counts.test(sync)) {
                return true;
            }
        }
        return false;
    }
}
