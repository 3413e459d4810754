package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.io.IOException;

/** A visit to a server failed. The message is a sentence without any secret. */
public final class SftpFault extends IOException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What has to be mended, and where. */
    public enum Kind {
        /** The server cannot be reached, hangs, or closed the connection. */
        UNREACHABLE,
        /** It is not the server that known_hosts names. */
        HOST_KEY,
        /** It does not take our key or password, or they cannot be read. */
        CREDENTIALS,
        /** It speaks only algorithms that are no longer safe. */
        ALGORITHMS,
        /** It refused what was asked, a folder say. */
        REFUSED,
        /** A file did not arrive as it was listed. */
        FILE,
        /** Something failed on this side, the disk say. */
        HERE
    }

    public SftpFault(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What any fault of a visit is; one that is not of the server is of this side. */
    static Kind kindOf(Throwable fault) {
        return fault instanceof SftpFault known ? known.kind() : Kind.HERE;
    }

    /** What a fault says of itself, in one line: often in the server's own words. */
    static String said(Exception e) {
        return Words.excerpt(Words.name(String.valueOf(e.getMessage())));
    }
}
