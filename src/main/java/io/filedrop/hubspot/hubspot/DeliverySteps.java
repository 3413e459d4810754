package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.InDoubt;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunSteps;
import io.filedrop.hubspot.run.Runs;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.WhyParked;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Follows the verdicts of one batch until every record of it is settled, or its run stops. */
@Singleton
@Named("delivery")
@RegisterForReflection
public class DeliverySteps {

    private static final Logger LOG = Logger.getLogger(DeliverySteps.class);

    private final HubSpotSettings settings;
    private final DropSettings drop;
    private final Pacer pacer;
    private final Availability availability;
    private final Patience patience;
    private final BearerToken token;
    private final BatchListeners listeners;
    private final Clock clock;
    private final Runs runs;
    private final Lease lease;
    private final InDoubt inDoubt;
    private final Backoff backoff;
    private final Halving halving;

    @Inject
    public DeliverySteps(
            HubSpotSettings settings,
            DropSettings drop,
            Pacer pacer,
            Availability availability,
            Patience patience,
            BearerToken token,
            BatchListeners listeners,
            Runs runs,
            Lease lease,
            InDoubt inDoubt,
            Clock clock) {
        this.settings = settings;
        this.drop = drop;
        this.pacer = pacer;
        this.availability = availability;
        this.patience = patience;
        this.token = token;
        this.listeners = listeners;
        this.clock = clock;
        this.runs = runs;
        this.lease = lease;
        this.inDoubt = inDoubt;
        this.backoff = new Backoff(settings.retryFirst(), settings.retryLongest(), Math::random);
        this.halving = new Halving(settings.triesTogether());
    }

    /** Begins with a batch. What needs no call is settled at once. */
    public Delivery begin(@Body Batch batch, @ExchangeProperty("run") Run run) {
        // This thread served another run before, perhaps.
        MDC.put(RunSteps.MDC_RUN, run.id());
        listeners.begun(run, batch);
        run.settle(batch.decided());
        return new Delivery(batch, System.nanoTime());
    }

    /** Waits until the next call may leave. False when none is left, or the run has stopped. */
    public boolean awaitTurn(
            @ExchangeProperty("delivery") Delivery delivery, @ExchangeProperty("run") Run run)
            throws InterruptedException, IOException {
        if (delivery.isDone() || run.isStopped()) {
            return false;
        }
        if (!runs.hasRoom(run)) {
            // Its turn comes again as soon as there is room, not before.
            run.stop(new Run.Stop(WhyParked.NO_ROOM.of(), clock.instant()));
            return false;
        }
        run.gotOn();
        delivery.takeTurns();
        Part part = delivery.current();
        Optional<Pacer.Departure> left = pacer.depart(delivery.due(), part.why(), run::isStopped);
        if (left.isEmpty()) {
            return false;
        }
        if (!lease.awaitHeld(run::isStopped)) {
            return false;
        }
        inDoubt.sending();
        delivery.left(left.get());
        run.called(part.attempt() > 0);
        return true;
    }

    /** A complete answer: whom it names is settled, the others are looked at. */
    public void settle(
            @ExchangeProperty("verdict") Verdict verdict,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        availability.works();
        if (verdict instanceof Verdict.AllRefused refused) {
            availability.tookRecords();
            run.settle(delivery.allRefused(refused.reason()));
            delivery.gotOn();
            return;
        }
        Verdict.Complete answer = (Verdict.Complete) verdict;
        long now = System.nanoTime();
        Part part = delivery.current();
        if (part.read()) {
            settle(
                    delivery.lookedAt(answer.confirmed(), answer.notNamed(), now),
                    part,
                    Why.NOT_SHOWN,
                    delivery,
                    run);
            return;
        }
        if (!answer.confirmed().isEmpty() || !answer.failed().isEmpty()) {
            availability.tookRecords();
        }
        long settleAt = now + settings.settleTime().toNanos();
        Duration wait = backoff.after(part.attempt(), Duration.ZERO);
        if (!answer.notNamed().isEmpty() || !answer.putOff().isEmpty()) {
            mayArrive(now, delivery);
        }
        settle(
                delivery.answered(answer, now, now + wait.toNanos(), settleAt, canLook(delivery)),
                part,
                answer.notNamed().isEmpty() ? Why.PUT_OFF : Why.NOT_NAMED,
                delivery,
                run);
    }

    private boolean canLook(Delivery delivery) {
        return availability.canRead(delivery.tokenGeneration());
    }

    private void settle(
            List<Outcome> outcomes, Part part, Why whyNothing, Delivery delivery, Run run) {
        run.settle(outcomes);
        if (!outcomes.isEmpty()) {
            delivery.gotOn();
        } else if (!delivery.isDone()) {
            patience.nothingSettled(part, whyNothing.of(), delivery, run);
        }
    }

    /** A refusal because of some inputs: they are parted from the others. */
    public void takeApart(
            @ExchangeProperty("verdict") Verdict.Refused refusal,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        availability.works();
        availability.tookRecords();
        // A smaller part of it is what comes next, so this goes on, even if nothing is settled yet.
        delivery.gotOn();
        run.settle(delivery.refused(refusal, System.nanoTime()));
    }

    /** Not now: the same again, later. */
    public void putOff(
            @ExchangeProperty("verdict") Verdict.Later later,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        long now = System.nanoTime();
        Part part = delivery.current();
        Duration wait = backoff.after(part.attempt(), later.atLeast());
        if (later.mayArrive()) {
            mayArrive(now, delivery);
        }
        long at = now + wait.toNanos();
        if (later.cause() == Verdict.Cause.RECORDS_PERHAPS) {
            triedInVain(part.read(), at, later.why(), delivery);
        } else {
            delivery.postpone(at, later.why());
        }
        if (later.cause() == Verdict.Cause.ACCOUNT) {
            pacer.pauseUntil(now + later.atLeast().toNanos(), later.why());
        }
        patience.notTaken(part, later.why(), wait, delivery, run);
    }

    /** Whether anything was written is not clear: the listings are looked at after a while. */
    public void lookAfter(
            @ExchangeProperty("verdict") Verdict.Unclear unclear,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        Part part = delivery.current();
        long at = mayArrive(System.nanoTime(), delivery);
        triedInVain(canLook(delivery), at, unclear.why(), delivery);
        patience.notTaken(part, unclear.why(), settings.settleTime(), delivery, run);
    }

    /** Once more, and in halves when its records are suspected. */
    private void triedInVain(boolean look, long at, Sentence why, Delivery delivery) {
        Part part = delivery.current();
        boolean othersTaken = availability.tookRecordsSince(part.since());
        boolean halved = delivery.triedInVain(look, at, why, othersTaken, halving);
        int tries = part.attempt() + 1;
        if (halved) {
            LOG.warnf(
                    "%s, %d times in a row for the records of line %s: they are tried in halves.",
                    why, tries, part.places());
        } else if (othersTaken && tries == settings.triesTogether()) {
            LOG.warnf(
                    "%s, %d times in a row for the record of line %s, and takes others. It is tried on"
                            + " until the outage deadline; they go ahead.",
                    why, tries, part.places());
        }
    }

    /** A person must act, or the quota must start again. */
    public void halt(
            @ExchangeProperty("verdict") Verdict verdict,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        if (verdict instanceof Verdict.QuotaGone gone) {
            patience.stopUntilMidnight(WhyParked.QUOTA_GONE.of(gone.why()), run);
            availability.waits(gone.why());
            return;
        }
        Verdict.NotAllowed refused = (Verdict.NotAllowed) verdict;
        boolean byToken = refused.wrong() != Verdict.Wrong.SETTING;
        if (byToken && token.refused(delivery.tokenGeneration())) {
            delivery.postpone(System.nanoTime(), Why.OTHER_TOKEN.of());
            return;
        }
        if (refused.wrong() == Verdict.Wrong.SCOPE && delivery.current().read()) {
            goOnWithoutReading(refused, delivery);
            return;
        }
        if (drop.once()) {
            patience.stopForAWhile(refused.why(), run);
        }
        Part part = delivery.current();
        Duration wait = backoff.after(part.attempt(), Duration.ZERO);
        long at = System.nanoTime() + wait.toNanos();
        pacer.pauseUntil(at, refused.why());
        delivery.postpone(at, refused.why());
        availability.needsAPerson();
        patience.notTaken(part, refused.why(), wait, delivery, run);
    }

    /** Setting a value twice does no harm, so without the scope to read it is simply sent again. */
    private void goOnWithoutReading(Verdict.NotAllowed refused, Delivery delivery) {
        if (availability.cannotRead(delivery.tokenGeneration())) {
            LOG.warnf(
                    "Unclear answers cannot be read back: %s. Updates are sent again instead.",
                    refused.why());
        }
        delivery.sendWithoutLooking(System.nanoTime(), delivery.current().why());
    }

    /** When an attempt that ended now can no longer arrive. */
    private long mayArrive(long now, Delivery delivery) {
        long until = now + settings.settleTime().toNanos();
        delivery.mayArriveUntil(until);
        inDoubt.mayArriveUntil(until);
        return until;
    }
}
