package io.filedrop.hubspot.hubspot;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether HubSpot takes our calls, as far as the last answers tell. Safe for use by several
 * threads.
 */
public final class Availability {

    private static final long TELL_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private boolean away;
    private boolean needsAPerson;
    private long awaySince;
    private String why = "";
    private boolean readable = true;
    private String told = "";
    private long toldAt;

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public Availability(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call was answered in earnest. */
    synchronized void works() {
        away = false;
        needsAPerson = false;
        why = "";
    }

    /**
     * A call could not be made, or was put off.
     *
     * @return how long it has been like that
     */
    synchronized Duration failed(String reason) {
        long now = nanoTime.getAsLong();
        if (!away) {
            away = true;
            awaySince = now;
        }
        why = reason;
        return Duration.ofNanos(now - awaySince);
    }

    /** Whether people should be told: it is another trouble, or was not told for a while. */
    synchronized boolean isNews(String reason) {
        long now = nanoTime.getAsLong();
        if (reason.equals(told) && now - toldAt < TELL_AGAIN_NANOS) {
            return false;
        }
        told = reason;
        toldAt = now;
        return true;
    }

    /**
     * Reading listings is not allowed.
     *
     * @return whether this is news
     */
    synchronized boolean cannotRead() {
        boolean news = readable;
        readable = false;
        return news;
    }

    synchronized boolean canRead() {
        return readable;
    }

    /** Waiting alone will not help: a token, a scope or a setting is wrong. */
    synchronized void needsAPerson() {
        needsAPerson = true;
    }

    /** What a person must mend, if anything. */
    public synchronized Optional<String> toMend() {
        return needsAPerson ? Optional.of(why) : Optional.empty();
    }

    /** Why calls do not work now, if they do not. */
    public synchronized Optional<String> trouble() {
        return away ? Optional.of(why) : Optional.empty();
    }
}
