package io.filedrop.hubspot.run;

/** What the program must not live on with: a disk that does not sync, or no memory left. */
public final class Fatal {

    private Fatal() {}

    /** Whether that is why something failed. */
    public static boolean isIn(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SyncFailure || t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
