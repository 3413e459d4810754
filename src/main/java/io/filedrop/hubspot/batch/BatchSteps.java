package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Iterator;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gathers updates into batches. */
@Singleton
@Named("batches")
@RegisterForReflection
public class BatchSteps {

    private final UnderWay underWay;
    private final DropSettings drop;
    private final ParkedSteps parked;
    private final int inFlight;

    /** {@code inFlight}: the setting {@code hubspot.max-in-flight}. */
    @Inject
    public BatchSteps(
            UnderWay underWay,
            DropSettings drop,
            ParkedSteps parked,
            @ConfigProperty(name = "hubspot.max-in-flight") int inFlight) {
        this.underWay = underWay;
        this.drop = drop;
        this.parked = parked;
        this.inFlight = inFlight;
    }

    /** The updates in batches, cut as they are asked for. */
    public Batches of(@Body Iterator<Mapped> updates, @ExchangeProperty("run") Run run) {
        Batches.Watch watch =
                new Batches.Watch() {
                    @Override
                    public boolean isStopped() {
                        return run.isStopped();
                    }

                    @Override
                    public boolean goesOn() {
                        return run.goesOn();
                    }

                    @Override
                    public void failed(Throwable fault) {
                        run.fail(fault);
                    }
                };
        Batches.Limits limits =
                new Batches.Limits(drop.batchSize(), drop.setAside(), drop.readAhead(), inFlight);
        return new Batches(parked.passing(updates, run), underWay, limits, watch);
    }
}
