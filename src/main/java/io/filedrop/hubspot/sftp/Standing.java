package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How it stands with one source: told in the log when it changes, and to whoever asks. One thread
 * visits; others may ask.
 */
final class Standing {

    private final SftpSource source;
    private final Condition server;
    private final LeftFiles leftFiles;
    private final Condition moving;
    private final Condition results;
    private volatile boolean isVisited;

    Standing(SftpSource source, Duration remindEvery, LongSupplier nanoTime) {
        Supplier<Condition> conditions = () -> new Condition(source.name(), remindEvery, nanoTime);
        this.source = source;
        this.server = conditions.get();
        this.leftFiles = new LeftFiles(conditions.get());
        this.moving = conditions.get();
        this.results = conditions.get();
    }

    /** Files that could not be brought into the inbox. */
    LeftFiles leftFiles() {
        return leftFiles;
    }

    /** Whether files can be moved away there. */
    Condition moving() {
        return moving;
    }

    /** Whether results are taken there. */
    Condition results() {
        return results;
    }

    /** A visit went well. */
    void visited() {
        isVisited = true;
        server.well("files are picked up from " + source.address() + ".");
    }

    /**
     * A visit failed.
     *
     * @param then a sentence
     */
    void failed(Throwable fault, String then) {
        SftpFault.Kind kind = SftpFault.kindOf(fault);
        String where = kind == SftpFault.Kind.HERE ? "" : source.address() + ": ";
        String why =
                fault instanceof SftpFault
                        ? fault.getMessage()
                        : "files cannot be kept here: " + fault + ".";
        server.trouble(kind.name(), where + why + " " + then);
    }

    /** What is in trouble, a sentence. */
    Optional<String> trouble() {
        return server.trouble().or(leftFiles::trouble).or(moving::trouble).or(results::trouble);
    }

    /** The trouble there is, or that there is none so far; a sentence. */
    String state() {
        String visits =
                isVisited
                        ? " is visited every " + Words.duration(source.pollInterval())
                        : " was not visited yet";
        return trouble().orElse(source.address() + visits);
    }
}
