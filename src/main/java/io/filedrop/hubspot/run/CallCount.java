package io.filedrop.hubspot.run;

import java.io.IOException;

/** How often HubSpot was asked on behalf of a run. Safe for use by several threads. */
final class CallCount {

    private final Attempts attempts;
    private long calls;
    private long retries;
    private long rateLimited;

    CallCount(Entry.Calls before, Attempts attempts) {
        this.attempts = attempts;
        this.calls = before.calls();
        this.retries = before.retries();
        this.rateLimited = before.rateLimited();
    }

    /** A call is about to be made; {@code again}: one that repeats an earlier one. */
    synchronized void called(boolean again) throws IOException {
        attempts.sending();
        calls++;
        retries += again ? 1 : 0;
    }

    /** That call never left. */
    synchronized void notCalled(boolean again) {
        calls--;
        retries -= again ? 1 : 0;
        if (calls == 0) {
            // Nor is another one under way.
            attempts.notSent();
        }
    }

    /** A call was answered 429. */
    synchronized void wasRateLimited() {
        rateLimited++;
    }

    synchronized Entry.Calls soFar() {
        return new Entry.Calls(calls, retries, rateLimited);
    }

    /** Whether a call may have left, at this start of the program or an earlier one. */
    synchronized boolean isAny() {
        return calls > 0 || attempts.haveSent();
    }
}
