package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunSteps;
import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
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

    /** A run that was parked because HubSpot is away tries again so much later. */
    private static final Duration PARKED_FOR = Duration.ofMinutes(15);

    private final HubSpotSettings settings;
    private final DropSettings drop;
    private final Pacer pacer;
    private final Availability availability;
    private final BearerToken token;
    private final BatchListeners listeners;
    private final Backoff backoff;

    @Inject
    public DeliverySteps(
            HubSpotSettings settings,
            DropSettings drop,
            Pacer pacer,
            Availability availability,
            BearerToken token,
            BatchListeners listeners) {
        this.settings = settings;
        this.drop = drop;
        this.pacer = pacer;
        this.availability = availability;
        this.token = token;
        this.listeners = listeners;
        this.backoff = new Backoff(settings.retryFirst(), settings.retryLongest(), Math::random);
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
            throws InterruptedException {
        if (delivery.isDone() || run.isStopped()) {
            return false;
        }
        Part part = delivery.current();
        if (!pacer.depart(part.notBefore(), part.why(), run::isStopped)) {
            return false;
        }
        run.called(part.attempt() > 0);
        return true;
    }

    /** A complete answer: whom it names is settled, the others are looked at. */
    public void settle(
            @ExchangeProperty("verdict") Verdict verdict,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        availability.works();
        delivery.gotThrough();
        long now = System.nanoTime();
        List<Outcome> outcomes;
        if (verdict instanceof Verdict.AllRefused refused) {
            outcomes = delivery.allRefused(refused.reason());
        } else {
            Verdict.Complete answer = (Verdict.Complete) verdict;
            outcomes =
                    delivery.current().read()
                            ? delivery.lookedAt(answer.confirmed(), answer.notNamed(), now)
                            : delivery.answered(answer, now, now + settings.settleTime().toNanos());
        }
        run.settle(outcomes);
    }

    /** A refusal because of some inputs: they are parted from the others. */
    public void takeApart(
            @ExchangeProperty("verdict") Verdict.Refused refusal,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        availability.works();
        delivery.gotThrough();
        run.settle(delivery.refused(refusal, System.nanoTime()));
    }

    /** Not now: the same again, later. */
    public void putOff(
            @ExchangeProperty("verdict") Verdict.Later later,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        long now = System.nanoTime();
        Duration wait = backoff.after(delivery.current().attempt(), later.atLeast());
        if (later.mayArrive()) {
            delivery.mayArriveUntil(now + settings.settleTime().toNanos());
        }
        if (later.everyone()) {
            pacer.pauseUntil(now + later.atLeast().toNanos(), later.why());
        }
        delivery.postpone(now + wait.toNanos(), later.why());
        trouble(later.why(), wait, delivery, run);
    }

    /** Whether anything was written is not clear: the listings are looked at after a while. */
    public void lookAfter(
            @ExchangeProperty("verdict") Verdict.Unclear unclear,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        long at = System.nanoTime() + settings.settleTime().toNanos();
        if (availability.canRead()) {
            delivery.lookAt(at, unclear.why());
        } else {
            delivery.sendAgain(at, unclear.why());
        }
        trouble(unclear.why(), settings.settleTime(), delivery, run);
    }

    /** A person must act, or the quota must start again. */
    public void halt(
            @ExchangeProperty("verdict") Verdict verdict,
            @ExchangeProperty("delivery") Delivery delivery,
            @ExchangeProperty("run") Run run) {
        if (verdict instanceof Verdict.QuotaGone gone) {
            run.stop(new Run.Stop(gone.why() + "; it starts again at midnight", midnight()));
            availability.failed(gone.why());
            return;
        }
        Verdict.NotAllowed refused = (Verdict.NotAllowed) verdict;
        if (refused.credentials() && token.refused(delivery.tokenGeneration())) {
            delivery.postpone(System.nanoTime(), "another access token is there");
            return;
        }
        if (refused.credentials() && delivery.current().read()) {
            goOnWithoutReading(refused, delivery, run);
            return;
        }
        if (drop.once()) {
            run.stop(new Run.Stop(refused.why(), Instant.now().plus(PARKED_FOR)));
        }
        Duration wait = backoff.after(delivery.current().attempt(), Duration.ZERO);
        delivery.postpone(System.nanoTime() + wait.toNanos(), refused.why());
        availability.needsAPerson();
        trouble(refused.why(), wait, delivery, run);
    }

    /** Setting a value twice does no harm, so without the scope to read it is simply sent again. */
    private void goOnWithoutReading(Verdict.NotAllowed refused, Delivery delivery, Run run) {
        if (availability.cannotRead()) {
            LOG.warnf(
                    "Unclear answers cannot be read back: %s. Updates are sent again instead.",
                    refused.why());
        }
        run.settle(delivery.lookedAt(List.of(), delivery.current().inputs(), System.nanoTime()));
    }

    private void trouble(String why, Duration wait, Delivery delivery, Run run) {
        Duration everywhere = availability.failed(why);
        Duration here = delivery.inTrouble(System.nanoTime());
        Duration away = everywhere.compareTo(here) > 0 ? everywhere : here;
        if (availability.isNews(why)) {
            LOG.warnf("%s; next attempt in %s.", why, Words.duration(wait));
        }
        if (away.compareTo(settings.outageDeadline()) >= 0) {
            run.stop(
                    new Run.Stop(
                            "HubSpot has not taken our calls for "
                                    + Words.duration(away)
                                    + ", last because "
                                    + why,
                            Instant.now().plus(PARKED_FOR)));
        }
    }

    private Instant midnight() {
        ZonedDateTime now = ZonedDateTime.now(settings.timeZone());
        return now.toLocalDate().plusDays(1).atStartOfDay(settings.timeZone()).toInstant();
    }
}
