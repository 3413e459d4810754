package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one place that waits: for the turn of an attempt, and for HubSpot's rolling limit. Knows at
 * any time why it waits and until when. Safe for use by several threads.
 *
 * <p>HubSpot counts the calls of any ten seconds as they arrive. So a call may leave when the one
 * that lies as many calls back as the limit allows has arrived ten seconds ago. When it arrived
 * nobody tells; but what it took longer than the fastest of its time, it may have spent on its way.
 */
public final class Pacer {

    private static final int LIMIT_UNTIL_TOLD = 100;
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    /** Clocks and ways differ by so much; more of it costs as much of every interval. */
    private static final long MARGIN_NANOS = Duration.ofMillis(30).toNanos();

    /** Each interval with a refused call shows that the margin is too small, up to this. */
    private static final long MARGIN_STEP_NANOS = Duration.ofMillis(50).toNanos();

    private static final long LONGEST_MARGIN_NANOS = Duration.ofMillis(500).toNanos();

    /** A call is not assumed to be longer on its way than this; the rest is HubSpot's work. */
    private static final long LONGEST_WAY_NANOS = Duration.ofMillis(500).toNanos();

    /** The fastest of so many calls tells what HubSpot itself takes. */
    private static final int FASTEST_OF = 1000;

    /** How long at most until a stop is noticed. */
    private static final long LONGEST_NAP_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final OptionalInt ceiling;

    private final Deque<Departure> departures = new ArrayDeque<>();

    /** The times of the last calls, without those that a later one was faster than. */
    private final Deque<Took> fastestTimes = new ArrayDeque<>();

    private long served;
    private long marginNanos = MARGIN_NANOS;
    private long widenedAt;
    private boolean widened;
    private final Set<Wait> waits = new HashSet<>();
    private final Map<Cause, Long> waitedNanos = new EnumMap<>(Cause.class);
    private int limit;
    private long intervalNanos = INTERVAL_NANOS;
    private long pausedUntil;
    private Sentence pausedBecause = Why.ITS_TURN.of();
    private boolean paused;

    /** What an attempt waited for. */
    public enum Cause {
        /** Its own time: a repeated attempt, or a look at what became of an unclear one. */
        RETRY,
        /** HubSpot said when calls are welcome again. */
        ASKED_TO_WAIT,
        /** The limit of calls. */
        RATE_LIMIT
    }

    /** A call that left. */
    static final class Departure {

        private final long at;

        /** Until its end is known, nobody knows how long it was on its way. */
        private long took = Long.MAX_VALUE;

        private Departure(long at) {
            this.at = at;
        }
    }

    private record Took(long number, long nanos) {}

    /** A wait that is going on: why, and until when at the latest. */
    public record Wait(Sentence why, Instant until) {}

    /**
     * @param ceiling the setting {@code hubspot.rate-limit}, calls per 10 seconds
     * @param nanoTime as {@link System#nanoTime()}: a clock that nobody can set
     */
    public Pacer(OptionalInt ceiling, LongSupplier nanoTime) {
        this.ceiling = ceiling;
        this.nanoTime = nanoTime;
        this.limit = ceiling.orElse(LIMIT_UNTIL_TOLD);
    }

    /**
     * Waits until a call may leave, and counts it as left.
     *
     * @param notBefore as {@code System.nanoTime()}, when the attempt is due
     * @param why it is due only then
     * @param stopped ends the wait
     * @return empty when the wait ended without leave to call
     */
    synchronized Optional<Departure> depart(long notBefore, Sentence why, BooleanSupplier stopped)
            throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            long now = nanoTime.getAsLong();
            long due = notBefore - now;
            Sentence because = why;
            Cause cause = Cause.RETRY;
            if (paused && pausedUntil - now > due) {
                due = pausedUntil - now;
                because = pausedBecause;
                cause = Cause.ASKED_TO_WAIT;
            }
            long turn = untilTurn(now);
            if (turn > due) {
                due = turn;
                because = Why.OUR_PACE.of(limit);
                cause = Cause.RATE_LIMIT;
            }
            if (due <= 0) {
                Departure departure = new Departure(now);
                departures.addLast(departure);
                return Optional.of(departure);
            }
            nap(due, because);
            waitedNanos.merge(cause, nanoTime.getAsLong() - now, Long::sum);
        }
        return Optional.empty();
    }

    /**
     * The call that left is over.
     *
     * @param wasServed whether it was done: a refusal takes HubSpot less time, and tells nothing of
     *     the others
     */
    synchronized void ended(Departure departure, boolean wasServed) {
        departure.took = nanoTime.getAsLong() - departure.at;
        if (wasServed) {
            note(departure.took);
        }
        notifyAll();
    }

    /**
     * When a call had arrived at the latest. Asked for late, because the first calls are slow ones:
     * only those after them show what HubSpot itself takes.
     */
    private long arrived(Departure departure) {
        long fastest = fastestTimes.isEmpty() ? 0 : fastestTimes.peekFirst().nanos();
        return departure.at + Math.min(Math.max(departure.took - fastest, 0), LONGEST_WAY_NANOS);
    }

    private void note(long took) {
        while (!fastestTimes.isEmpty() && fastestTimes.peekLast().nanos() >= took) {
            fastestTimes.removeLast();
        }
        fastestTimes.addLast(new Took(served++, took));
        if (fastestTimes.peekFirst().number() <= served - 1 - FASTEST_OF) {
            fastestTimes.removeFirst();
        }
    }

    /** HubSpot refused a call for its limit: it sees them closer together than they left here. */
    synchronized void wasLimited() {
        long now = nanoTime.getAsLong();
        if (!widened || now - widenedAt >= intervalNanos) {
            widened = true;
            widenedAt = now;
            marginNanos = Math.min(marginNanos + MARGIN_STEP_NANOS, LONGEST_MARGIN_NANOS);
        }
    }

    private long untilTurn(long now) {
        while (departures.size() > limit) {
            departures.removeFirst();
        }
        return departures.size() < limit
                ? 0
                : arrived(departures.peekFirst()) + intervalNanos + marginNanos - now;
    }

    private void nap(long nanos, Sentence because) throws InterruptedException {
        Wait wait = new Wait(because, Instant.now().plusNanos(nanos));
        waits.add(wait);
        try {
            long nap = Math.min(nanos, LONGEST_NAP_NANOS);
            // Rounded up: waking a moment early would only mean to nap again.
            wait(nap / 1_000_000 + 1);
        } finally {
            waits.remove(wait);
        }
    }

    /** Nobody calls before that time. */
    public synchronized void pauseUntil(long nanos, Sentence why) {
        if (!paused || nanos - pausedUntil > 0) {
            paused = true;
            pausedUntil = nanos;
            pausedBecause = why;
        }
    }

    /**
     * Takes over the limit that an answer's headers tell; the setting stays the ceiling.
     *
     * @param max {@code X-HubSpot-RateLimit-Max}
     * @param intervalMillis {@code X-HubSpot-RateLimit-Interval-Milliseconds}
     */
    synchronized void learn(int max, long intervalMillis) {
        int told = Math.min(max, ceiling.orElse(max));
        long interval = intervalMillis * 1_000_000;
        if (told > 0 && interval > 0 && (told != limit || interval != intervalNanos)) {
            limit = told;
            intervalNanos = interval;
            notifyAll();
        }
    }

    /** Wakes everybody who waits, so that they look at what has changed. */
    public synchronized void wake() {
        notifyAll();
    }

    /** How long attempts have waited for that so far, added up over those side by side. */
    public synchronized Duration waited(Cause cause) {
        return Duration.ofNanos(waitedNanos.getOrDefault(cause, 0L));
    }

    /** The wait that ends last, if anybody waits. */
    public synchronized Optional<Wait> longestWait() {
        return waits.stream().max(Comparator.comparing(Wait::until));
    }
}
