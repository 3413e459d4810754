package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.batch.Batches;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunSteps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * Brings the batches of a file together again. Every batch ends here, delivered or not: its
 * listings may get something newer from now on.
 */
@Singleton
@Named("outcomes")
@RegisterForReflection
public class OutcomeStrategy implements AggregationStrategy {

    private final RunSteps runs;
    private final BatchListeners listeners;

    @Inject
    public OutcomeStrategy(RunSteps runs, BatchListeners listeners) {
        this.runs = runs;
        this.listeners = listeners;
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange batch) {
        Run run = batch.getProperty("run", Run.class);
        Batches batches = batch.getProperty("batches", Batches.class);
        Delivery delivery = batch.getProperty("delivery", Delivery.class);
        if (batch.getException() != null) {
            run.fail(batch.getException());
        }
        if (delivery != null) {
            listeners.ended(run, delivery);
            batches.settled(delivery.batch(), delivery.holdUntil());
        } else {
            batches.settled(batch.getMessage().getBody(Batch.class), OptionalLong.empty());
        }
        runs.progress(run);
        // An exchange of its own: a batch whose fault was handled would stop the file's route here.
        return before == null ? new DefaultExchange(batch.getContext()) : before;
    }
}
