package io.filedrop.hubspot.page;

import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.hubspot.Pacer;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.InboxAge;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Progress;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Turns;
import io.filedrop.hubspot.run.Words;
import io.filedrop.hubspot.sftp.Pickups;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What goes on at this moment. */
@Singleton
public class Now {

    private final Progress progress;
    private final Pacer pacer;
    private final Availability availability;
    private final Claims claims;
    private final InboxAge inbox;
    private final Turns turns;
    private final Storage storage;
    private final Pickups pickups;
    private final Lease lease;

    /** What those read who may not see why: it names files, hosts and settings. */
    enum Withheld implements Sentence.Phrase {
        WHY("the log says why, and so does this page after a login");

        private final String english;

        Withheld(String english) {
            this.english = english;
        }

        @Override
        public String english() {
            return english;
        }
    }

    /**
     * A run under way.
     *
     * @param percent of the file whose rows are settled, as far as that can be told
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
     * A run that a person must mend.
     *
     * @param why empty for those who may not see it: it names folders and settings
     */
    public record Stuck(String run, String why) {}

    /**
     * Everything that goes on.
     *
     * @param waits why the next attempt waits and until when, or empty
     * @param trouble why HubSpot does not take our calls, or empty
     * @param toMend what a person must mend before HubSpot takes our calls, or empty; of these
     *     three, those who may not see it read only that there is something
     * @param folders which folders cannot be used, and why
     * @param servers SFTP servers that are in trouble, and why, in English; empty for those who may
     *     not see it
     * @param stuck runs that cannot go on
     * @param otherInstance who works instead of this instance, or empty; withheld likewise
     * @param queued runs claimed and not under way
     */
    public record View(
            List<Going> going,
            String waits,
            String trouble,
            String toMend,
            List<String> folders,
            List<String> servers,
            List<Stuck> stuck,
            String otherInstance,
            long inInbox,
            int queued) {}

    @Inject
    public Now(
            Progress progress,
            Pacer pacer,
            Availability availability,
            Claims claims,
            InboxAge inbox,
            Turns turns,
            Storage storage,
            Pickups pickups,
            Lease lease) {
        this.progress = progress;
        this.pacer = pacer;
        this.availability = availability;
        this.claims = claims;
        this.inbox = inbox;
        this.turns = turns;
        this.storage = storage;
        this.pickups = pickups;
        this.lease = lease;
    }

    /**
     * As it is now.
     *
     * @param trusted whether files, hosts and settings may be named
     */
    public View look(Locale locale, boolean trusted) throws IOException {
        List<Going> going = progress.underWay().stream().map(run -> going(run, locale)).toList();
        Optional<Sentence> toMend = availability.toMend();
        Optional<Sentence> trouble = toMend.isEmpty() ? availability.trouble() : Optional.empty();
        String withheld = say(Withheld.WHY.of(), locale);
        Function<Sentence, String> why = sentence -> trusted ? say(sentence, locale) : withheld;
        return new View(
                going,
                pacer.longestWait()
                        .map(wait -> why.apply(wait.why()) + ", " + Clocks.time(wait.until()))
                        .orElse(""),
                trouble.map(why).orElse(""),
                toMend.map(why).orElse(""),
                trusted ? storage.troubles().stream().map(why).toList() : List.of(),
                trusted ? servers() : List.of(),
                turns.setAside().entrySet().stream()
                        .map(
                                run ->
                                        new Stuck(
                                                Words.name(run.getKey().getFileName()),
                                                trusted ? say(run.getValue(), locale) : ""))
                        .toList(),
                otherInstance(trusted ? lease.holder() : withheld),
                inbox.look().map(Inbox.Lying::files).orElse(0L),
                Math.max(0, claims.folders().size() - going.size()));
    }

    private List<String> servers() {
        return pickups.all().stream()
                .flatMap(from -> from.trouble().map(why -> from.name() + ": " + why).stream())
                .toList();
    }

    private String otherInstance(String who) {
        return lease.isOtherAlive() ? who : "";
    }

    private static String say(Sentence sentence, Locale locale) {
        return Words.name(Sentences.say(sentence, locale));
    }

    /** How many rows a file has is known at its end only; until then, by how much of it is read. */
    private static int percent(Progress.Going run) {
        long read = run.run().rowsRead();
        double settled = read == 0 ? 0 : Math.min(1, (double) run.run().rowsSettled() / read);
        return (int) Math.floor(run.part() * settled * 100);
    }

    private static Going going(Progress.Going run, Locale locale) {
        return new Going(
                run.run().id(),
                Words.name(run.run().claimed().file()),
                Figures.count(run.run().rowsSettled(), locale),
                Figures.count(run.run().rowsFailed(), locale),
                Figures.count(Math.round(run.rowsPerSecond()), locale),
                percent(run),
                run.left().map(Words::duration).orElse(""));
    }
}
