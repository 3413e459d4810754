package io.filedrop.hubspot.run;

import java.io.IOException;

/**
 * Somebody went on writing into a claimed file before its run began: it is in the inbox again, and
 * has to settle. Or it is no longer in the folder of its run, whoever took it. Nothing was sent of
 * it.
 */
public class GivenBack extends IOException {

    private static final long serialVersionUID = 1L;

    GivenBack() {
        super("The file is in the inbox again.");
    }

    /** Whether that is what happened. */
    static boolean isIn(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof GivenBack) {
                return true;
            }
        }
        return false;
    }
}
