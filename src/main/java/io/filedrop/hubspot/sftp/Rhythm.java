package io.filedrop.hubspot.sftp;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a server is visited: every so often; after a failure later and later, up to a limit; and for
 * a program that runs once, until nothing is left to fetch.
 */
final class Rhythm {

    private final Duration every;
    private final SftpSettings.Limits limits;
    private final boolean once;
    private final LongSupplier nanoTime;
    private volatile long dueAt;
    private volatile boolean over;
    private volatile boolean givenUp;
    private volatile boolean missed;
    private int failures;

    Rhythm(Duration every, SftpSettings.Limits limits, boolean once, LongSupplier nanoTime) {
        this.every = every;
        this.limits = limits;
        this.once = once;
        this.nanoTime = nanoTime;
        this.dueAt = nanoTime.getAsLong();
    }

    boolean isDue() {
        return !givenUp && nanoTime.getAsLong() - dueAt >= 0;
    }

    /**
     * A visit went well; with {@code drop.once} it was the last one when nothing more is expected.
     *
     * @param somethingLeft whether files are left there that could not be fetched
     */
    void succeeded(boolean somethingExpected, boolean somethingLeft) {
        progressed();
        dueAt = nanoTime.getAsLong();
        if (once && !over && !somethingExpected) {
            missed = somethingLeft;
            over = true;
        }
    }

    /** The visit under way got something done: if it fails, it is the first one that does. */
    void progressed() {
        failures = 0;
    }

    /** A visit failed; gives the wait until the next one. */
    Duration failed(SftpFault.Kind kind) {
        failures++;
        boolean refused =
                kind == SftpFault.Kind.CREDENTIALS
                        || kind == SftpFault.Kind.HOST_KEY
                        || kind == SftpFault.Kind.ALGORITHMS;
        if (once && (refused || failures >= limits.attempts())) {
            givenUp = true;
            // Files, or results: there is no other visit when all were fetched.
            missed = true;
            over = true;
        }
        Duration wait = wait(every, limits, failures, kind);
        dueAt = nanoTime.getAsLong() + wait.toNanos();
        return wait;
    }

    /** The wait after so many failures in a row. */
    static Duration wait(
            Duration every, SftpSettings.Limits limits, int failures, SftpFault.Kind kind) {
        Duration longest =
                limits.retryLongest().compareTo(every) > 0 ? limits.retryLongest() : every;
        Duration wait = every;
        for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        if (wait.compareTo(longest) > 0) {
            wait = longest;
        }
        // Servers lock out who knocks too often.
        boolean shorter = wait.compareTo(limits.refusedWait()) < 0;
        return kind == SftpFault.Kind.CREDENTIALS && shorter ? limits.refusedWait() : wait;
    }

    /** With {@code drop.once}: whether nothing is left to fetch, or the source was given up. */
    boolean isOver() {
        return over;
    }

    /** With {@code drop.once}: whether no further visit is tried. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether the last visit left files there, or results here. */
    boolean isMissed() {
        return missed;
    }
}
