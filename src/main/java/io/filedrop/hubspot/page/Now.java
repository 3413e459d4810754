package io.filedrop.hubspot.page;

import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.hubspot.Pacer;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.InboxAge;
import io.filedrop.hubspot.run.Progress;
import io.filedrop.hubspot.run.Words;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** What goes on at this moment. */
@Singleton
public class Now {

    private final Progress progress;
    private final Pacer pacer;
    private final Availability availability;
    private final Claims claims;
    private final InboxAge inbox;

    /**
     * A run under way.
     *
     * @param percent of the file that is read
     * @param left how long it will take, or empty
     */
    public record Going(
            String run,
            String file,
            String settled,
            String failed,
            String rate,
            int percent,
            String left) {}

    /**
     * Everything that goes on.
     *
     * @param waits why the next attempt waits and until when, or empty
     * @param trouble why HubSpot does not take our calls, or empty
     * @param toMend what a person must mend, or empty
     * @param queued runs claimed and not under way
     */
    public record View(
            List<Going> going,
            String waits,
            String trouble,
            String toMend,
            long inInbox,
            int queued) {}

    @Inject
    public Now(
            Progress progress,
            Pacer pacer,
            Availability availability,
            Claims claims,
            InboxAge inbox) {
        this.progress = progress;
        this.pacer = pacer;
        this.availability = availability;
        this.claims = claims;
        this.inbox = inbox;
    }

    /** As it is now. */
    public View look() throws IOException {
        List<Going> going = progress.underWay().stream().map(Now::going).toList();
        String toMend = availability.toMend().orElse("");
        return new View(
                going,
                pacer.longestWait()
                        .map(wait -> wait.why() + ", " + Clocks.time(wait.until()))
                        .orElse(""),
                toMend.isEmpty() ? availability.trouble().orElse("") : "",
                toMend,
                inbox.look().files(),
                Math.max(0, claims.folders().size() - going.size()));
    }

    private static Going going(Progress.Going run) {
        return new Going(
                run.run().id(),
                Words.name(run.run().claimed().file()),
                Words.count(run.run().rowsSettled()),
                Words.count(run.run().rowsFailed()),
                Words.count(Math.round(run.rowsPerSecond())),
                (int) Math.round(run.part() * 100),
                run.left().map(Words::duration).orElse(""));
    }
}
