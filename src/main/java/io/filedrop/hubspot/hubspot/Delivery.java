package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.hubspot.Verdict.Confirmed;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is left to do for one batch: parts, strictly one after the other, so that rows of one
 * listing stay in order. Used by one thread at a time; does nothing by itself.
 */
public final class Delivery {

    /** After so many complete answers that do not name an input, a read has the last word. */
    private static final int ANSWERS_UNTIL_UNKNOWN = 3;

    private final Batch batch;
    private final Parts parts = new Parts();
    private final Map<Input, Integer> silentAnswers = new HashMap<>();
    private final Set<Input> oneByOne = new HashSet<>();
    private OptionalLong holdUntil = OptionalLong.empty();
    private OptionalLong troubleSince = OptionalLong.empty();
    private final long beganAt;
    private long sentAt;
    private long tokenGeneration;
    private Pacer.Departure departure;

    Delivery(Batch batch, long now) {
        this.batch = batch;
        this.beganAt = now;
        if (!batch.inputs().isEmpty()) {
            parts.putFirst(Part.update(batch.inputs(), now));
        }
    }

    public Batch batch() {
        return batch;
    }

    boolean isDone() {
        return parts.isEmpty();
    }

    /** The part whose turn it is. */
    Part current() {
        return parts.first();
    }

    /** What can go on does not wait for what waits itself. */
    void takeTurns() {
        parts.takeTurns(part -> part.due(holdUntil));
    }

    /** When its call is due, as {@code System.nanoTime()}. */
    long due() {
        return current().due(holdUntil);
    }

    /**
     * Another attempt for this batch settled nothing.
     *
     * @return how long none has
     */
    Duration inTrouble(long now) {
        if (troubleSince.isEmpty()) {
            troubleSince = OptionalLong.of(now);
        }
        return Duration.ofNanos(now - troubleSince.getAsLong());
    }

    /** An attempt settled something. */
    void gotOn() {
        troubleSince = OptionalLong.empty();
    }

    /** The current part's call has left. */
    void left(Pacer.Departure call) {
        departure = call;
    }

    Pacer.Departure departure() {
        return departure;
    }

    /** The attempt is made now, with the token of that generation. */
    void sent(long now, long generation) {
        sentAt = now;
        tokenGeneration = generation;
    }

    /** When the batch began, as {@code System.nanoTime()}. */
    long beganAt() {
        return beganAt;
    }

    /** When the last attempt began, as {@code System.nanoTime()}. */
    long sentAt() {
        return sentAt;
    }

    long tokenGeneration() {
        return tokenGeneration;
    }

    /** When an attempt of unknown end can no longer arrive, if there was one. */
    public OptionalLong holdUntil() {
        return holdUntil;
    }

    /** An attempt ended that could still be applied until then. */
    void mayArriveUntil(long nanos) {
        holdUntil = OptionalLong.of(Part.later(nanos, holdUntil.orElse(nanos)));
    }

    /** The current part is to be tried again, before anything else. */
    void postpone(long until, Sentence why) {
        parts.putFirst(parts.takeFirst().again(until, why));
    }

    /**
     * The current part was tried in vain, and one of its records may be the cause: what can go on
     * without it goes first, and when its halving is due, its halves come instead of it.
     *
     * @param look whether its listings are to be looked at before they are sent again
     * @param othersTaken whether HubSpot took other records since this part was first due
     * @return whether it was halved
     */
    boolean triedInVain(boolean look, long at, Sentence why, boolean othersTaken, Halving halving) {
        Part part = parts.takeFirst();
        Part again = part.again(part.inputs(), look, at, why);
        if (!halving.isDue(again, parts.size(), othersTaken)) {
            parts.putBack(again);
            return false;
        }
        int half = again.inputs().size() / 2;
        parts.putBack(again.only(again.inputs().subList(0, half)));
        parts.putBack(again.only(again.inputs().subList(half, again.inputs().size())));
        return true;
    }

    /** The current part is to be sent without being looked at any more. */
    void sendWithoutLooking(long at, Sentence why) {
        Part part = parts.takeFirst();
        sendAgain(part, part.inputs(), at, why);
    }

    /**
     * A complete answer to an update.
     *
     * @param retryAt when those are sent again that HubSpot could not take just now
     * @param settleAt when the listings that it does not name are looked at, or sent again
     * @param canLook whether they can be looked at
     * @return the outcomes that are settled by it
     */
    List<Outcome> answered(
            Verdict.Complete answer, long now, long retryAt, long settleAt, boolean canLook) {
        Part part = parts.takeFirst();
        List<Outcome> outcomes = outcomes(answer.confirmed());
        follow(Blame.of(answer.failed()), now, outcomes);
        if (!answer.putOff().isEmpty()) {
            parts.putBack(part.again(answer.putOff(), false, retryAt, Why.PUT_OFF.of()));
        }
        List<Input> notNamed = answer.notNamed();
        if (!notNamed.isEmpty()) {
            Sentence why = Why.NOT_NAMED.of();
            if (answer.blamesNobody()) {
                oneByOne.addAll(notNamed);
            } else {
                notNamed.forEach(input -> silentAnswers.merge(input, 1, Integer::sum));
            }
            if (canLook) {
                parts.putBack(part.again(notNamed, true, settleAt, why));
            } else {
                sendAgain(part, notNamed, settleAt, why);
            }
        }
        return outcomes;
    }

    /**
     * A complete answer to a read.
     *
     * @param notShown listings that do not hold what was sent
     * @return the outcomes that are settled by it
     */
    List<Outcome> lookedAt(List<Confirmed> confirmed, List<Input> notShown, long now) {
        Part part = parts.takeFirst();
        List<Outcome> outcomes = outcomes(confirmed);
        List<Input> again = new ArrayList<>();
        for (Input input : notShown) {
            if (silentAnswers.getOrDefault(input, 0) >= ANSWERS_UNTIL_UNKNOWN) {
                Reason reason =
                        Reason.of(
                                Code.NOT_NAMED,
                                "HubSpot took the record "
                                        + ANSWERS_UNTIL_UNKNOWN
                                        + " times without naming it, and does not show its values:"
                                        + " the listing may have been merged into another one.");
                input.rows()
                        .forEach(r -> outcomes.add(Outcome.unknown(r.position(), r.id(), reason)));
            } else {
                again.add(input);
            }
        }
        sendAgain(part, again, now, Why.NOT_SHOWN.of());
        return outcomes;
    }

    /** Together, but for those that an error may be about which names nobody. */
    private void sendAgain(Part part, List<Input> inputs, long at, Sentence why) {
        List<Input> together = new ArrayList<>();
        for (Input input : inputs) {
            if (oneByOne.contains(input)) {
                parts.putBack(part.again(List.of(input), false, at, why));
            } else {
                together.add(input);
            }
        }
        if (!together.isEmpty()) {
            parts.putBack(part.again(together, false, at, why));
        }
    }

    /**
     * The current part was refused as a whole because of some of its inputs. The innocent are sent
     * at once, the suspects behind them, in halves when there is nobody else.
     *
     * @return the outcomes that are settled by it
     */
    List<Outcome> refused(Verdict.Refused refusal, long now) {
        Part part = parts.takeFirst();
        List<Outcome> outcomes = new ArrayList<>();
        List<Blamed> blamed = new ArrayList<>(refusal.blamed());
        List<Input> suspects = refusal.suspects();
        if (suspects.size() == 1 && part.inputs().size() == 1) {
            blamed.add(new Blamed(suspects.get(0), List.of(refusal.reason())));
            suspects = List.of();
        }
        follow(Blame.of(blamed), now, outcomes);
        if (suspects.size() == part.inputs().size()) {
            int half = suspects.size() / 2;
            parts.putFirst(Part.update(suspects.subList(half, suspects.size()), now));
            parts.putFirst(Part.update(suspects.subList(0, half), now));
        } else if (!suspects.isEmpty()) {
            parts.putFirst(Part.update(suspects, now));
        }
        if (!refusal.innocent().isEmpty()) {
            parts.putFirst(Part.update(refusal.innocent(), now));
        }
        return outcomes;
    }

    /** The current part was refused for something that is wrong with all of it. */
    List<Outcome> allRefused(Reason reason) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Input input : parts.takeFirst().inputs()) {
            input.rows()
                    .forEach(
                            row ->
                                    outcomes.add(
                                            Outcome.failed(
                                                    row.position(), row.id(), List.of(reason))));
        }
        return outcomes;
    }

    private static List<Outcome> outcomes(List<Confirmed> confirmed) {
        List<Outcome> outcomes = new ArrayList<>(confirmed.size());
        confirmed.forEach(proof -> outcomes.addAll(proof.outcomes()));
        return outcomes;
    }

    private void follow(Blame blame, long now, List<Outcome> outcomes) {
        outcomes.addAll(blame.failed());
        for (int i = blame.rounds().size() - 1; i >= 0; i--) {
            parts.putFirst(Part.newer(blame.rounds().get(i), now));
        }
    }
}
