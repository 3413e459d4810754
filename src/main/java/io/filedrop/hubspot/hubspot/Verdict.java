package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an answer means for the inputs that were sent. */
public sealed interface Verdict {

    /** What the route asks for. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /**
     * A complete answer. Proof for whom it names, and for nobody else.
     *
     * @param notNamed inputs that stand neither among the results nor among the errors
     * @param putOff inputs that HubSpot could not take just now, and says so
     * @param blamesNobody whether it tells of errors without saying whose they are
     */
    record Complete(
            List<Confirmed> confirmed,
            List<Blamed> failed,
            List<Input> notNamed,
            List<Input> putOff,
            boolean blamesNobody)
            implements Verdict {}

    /** An input that the answer names as written. */
    record Confirmed(Input input, boolean created, String hubspotId, String updatedAt) {

        /** One for each of its rows. */
        List<Outcome> outcomes() {
            List<Outcome> outcomes = new ArrayList<>(input.rows().size());
            for (Update row : input.rows()) {
                // Only one of several rows can have created the listing.
                boolean byThisRow = created && outcomes.isEmpty();
                outcomes.add(
                        Outcome.confirmed(
                                row.position(), row.id(), byThisRow, hubspotId, updatedAt));
            }
            return outcomes;
        }
    }

    /** An input that is refused for these reasons, each its own. */
    record Blamed(Input input, List<Reason> reasons) {}

    /**
     * The request was refused as a whole because of some of its inputs; nothing was written.
     *
     * @param blamed inputs whose own property and value the refusal names
     * @param suspects inputs that may be at fault
     * @param innocent inputs that nothing speaks against
     * @param reason what stands for a suspect that turns out to be alone
     */
    record Refused(List<Blamed> blamed, List<Input> suspects, List<Input> innocent, Reason reason)
            implements Verdict {}

    /** The request was refused for something that is wrong with all of its inputs. */
    record AllRefused(Reason reason) implements Verdict {}

    /**
     * Not now.
     *
     * @param atLeast how long to wait; the waits of repeated attempts grow from there
     * @param cause whom it is about
     * @param mayArrive whether this attempt could still be applied
     */
    record Later(Sentence why, Duration atLeast, Cause cause, boolean mayArrive)
            implements Verdict {}

    /** What an attempt was put off for. */
    enum Cause {
        /** Other batches have to wait, too. */
        ACCOUNT,
        /** The call itself: it was one too many just then, or did not get there. */
        CALL,
        /** Unknown; it may be one of the records, which HubSpot fails on. */
        RECORDS_PERHAPS
    }

    /** The daily quota is used up; it starts again at midnight in the account's time zone. */
    record QuotaGone(Sentence why) implements Verdict {}

    /** A person must act: a token, a scope or a setting is wrong. */
    record NotAllowed(Sentence why, Wrong wrong) implements Verdict {}

    /** What a person must mend. */
    enum Wrong {
        TOKEN,
        SCOPE,
        SETTING
    }

    /** Whether anything was written cannot be told from the answer. */
    record Unclear(Sentence why) implements Verdict {}
}
