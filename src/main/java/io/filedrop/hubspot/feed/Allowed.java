package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;

/** Counts bytes while they are unpacked, and refuses what becomes too much. */
final class Allowed {

    private final Limits limits;
    private final long most;
    private long total;

    /**
     * @param packed how many bytes are being unpacked
     */
    Allowed(Limits limits, long packed) {
        this.limits = limits;
        // A little may become much more without being a danger.
        this.most = Math.max(limits.field(), packed * limits.ratio());
    }

    void add(int bytes) throws RefusedFile {
        total += bytes;
        if (total > limits.file()) {
            throw refused("becomes larger than " + Words.count(limits.file()) + " bytes");
        }
        if (total > most) {
            throw refused("becomes more than " + limits.ratio() + " times as large");
        }
    }

    long total() {
        return total;
    }

    private static RefusedFile refused(String what) {
        return new RefusedFile(Reason.of(Code.FILE_TOO_LARGE, "Unpacked, the file " + what + "."));
    }
}
