package io.filedrop.hubspot.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * How many calls the sandbox takes, in ten seconds and in a day. Not safe for use by several
 * threads at once; the sandbox calls it from one.
 */
final class Quota {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SandboxSettings settings;
    private final Deque<Long> window = new ArrayDeque<>();
    private long today;
    private int refusedForRate;

    Quota(SandboxSettings settings) {
        this.settings = settings;
    }

    int refusedForRate() {
        return refusedForRate;
    }

    /** Counts the call, and answers it when it is one too many. */
    boolean allows(Turn turn) {
        long now = System.nanoTime();
        while (!window.isEmpty() && now - window.peekFirst() >= WINDOW_NANOS) {
            window.removeFirst();
        }
        int limit = settings.rateLimit();
        if (limit > 0) {
            boolean over = window.size() >= limit;
            if (!over) {
                window.addLast(now);
            }
            turn.header("X-HubSpot-RateLimit-Max", "" + limit);
            turn.header("X-HubSpot-RateLimit-Remaining", "" + (limit - window.size()));
            turn.header("X-HubSpot-RateLimit-Interval-Milliseconds", "10000");
            if (over) {
                refusedForRate++;
                turn.json(429, Bodies.limited("TEN_SECONDLY_ROLLING"));
                return false;
            }
        }
        int day = settings.dailyLimit();
        if (day > 0) {
            today++;
            turn.header("X-HubSpot-RateLimit-Daily", "" + day);
            turn.header("X-HubSpot-RateLimit-Daily-Remaining", "" + Math.max(0, day - today));
            if (today > day) {
                turn.json(429, Bodies.limited("DAILY"));
                return false;
            }
        }
        return true;
    }
}
