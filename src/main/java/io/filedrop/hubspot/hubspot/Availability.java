package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Whether HubSpot takes our calls, as far as the last answers tell. Safe for use by several
 * threads.
 */
public final class Availability {

    private static final long TELL_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private final long readAgainNanos;
    private OptionalLong awaySince = OptionalLong.empty();
    private OptionalLong lastTaken = OptionalLong.empty();
    private boolean needsAPerson;
    private Optional<Sentence> why = Optional.empty();
    private OptionalLong unreadableWith = OptionalLong.empty();
    private long unreadableSince;
    private Optional<Sentence> told = Optional.empty();
    private long toldAt;

    /**
     * @param nanoTime as {@link System#nanoTime()}: a clock that nobody can set
     * @param readAgain when reading is tried again after it was not allowed
     */
    public Availability(LongSupplier nanoTime, Duration readAgain) {
        this.nanoTime = nanoTime;
        this.readAgainNanos = readAgain.toNanos();
    }

    /** A call was answered in earnest. */
    synchronized void works() {
        awaySince = OptionalLong.empty();
        needsAPerson = false;
        why = Optional.empty();
    }

    /** HubSpot decided about records: it wrote them, or refused them. */
    synchronized void tookRecords() {
        lastTaken = OptionalLong.of(nanoTime.getAsLong());
    }

    /** Whether it has done so since that time, as {@link System#nanoTime()}. */
    synchronized boolean tookRecordsSince(long nanos) {
        return lastTaken.isPresent() && lastTaken.getAsLong() - nanos > 0;
    }

    /**
     * A call could not be made, or was put off.
     *
     * @return how long it has been like that
     */
    synchronized Duration failed(Sentence reason) {
        long now = nanoTime.getAsLong();
        if (awaySince.isEmpty()) {
            awaySince = OptionalLong.of(now);
        }
        why = Optional.of(reason);
        return Duration.ofNanos(now - awaySince.getAsLong());
    }

    /** HubSpot is there, and takes no more calls until a known time: that is no outage. */
    synchronized void waits(Sentence reason) {
        works();
        why = Optional.of(reason);
    }

    /** Whether people should be told: it is another trouble, or was not told for a while. */
    synchronized boolean isNews(Sentence reason) {
        long now = nanoTime.getAsLong();
        if (told.filter(reason::equals).isPresent() && now - toldAt < TELL_AGAIN_NANOS) {
            return false;
        }
        told = Optional.of(reason);
        toldAt = now;
        return true;
    }

    /**
     * Reading listings is not allowed with the token of that generation.
     *
     * @return whether this is news
     */
    synchronized boolean cannotRead(long generation) {
        boolean news = unreadableWith.isEmpty() || unreadableWith.getAsLong() != generation;
        unreadableWith = OptionalLong.of(generation);
        unreadableSince = nanoTime.getAsLong();
        return news;
    }

    /** Another token may have the scope to read, or the same one may have got it meanwhile. */
    synchronized boolean canRead(long generation) {
        return unreadableWith.isEmpty()
                || unreadableWith.getAsLong() != generation
                || nanoTime.getAsLong() - unreadableSince >= readAgainNanos;
    }

    /** Waiting alone will not help: a token, a scope or a setting is wrong. */
    synchronized void needsAPerson() {
        needsAPerson = true;
    }

    /** What a person must mend, if anything. */
    public synchronized Optional<Sentence> toMend() {
        return needsAPerson ? why : Optional.empty();
    }

    /** Why calls do not work now, if they do not. */
    public synchronized Optional<Sentence> trouble() {
        return why;
    }
}
