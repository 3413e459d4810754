package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.filedrop.hubspot.run.Stopping;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/**
 * Lets later files pass a parked one where no listing is shared, with {@code
 * drop.when-parked=continue}.
 */
@Singleton
@Named("parked")
@RegisterForReflection
public class ParkedSteps implements RunListener {

    private final ParkedListings parked;
    private final DropSettings drop;
    private final Stopping stopping;
    private final Clock clock;

    @Inject
    public ParkedSteps(ParkedListings parked, DropSettings drop, Stopping stopping, Clock clock) {
        this.parked = parked;
        this.drop = drop;
        this.stopping = stopping;
        this.clock = clock;
    }

    /**
     * The updates without those that must not overtake an earlier, parked run: they stay unsent.
     */
    Iterator<Mapped> passing(Iterator<Mapped> updates, Run run) {
        if (!drop.passParked() || !parked.isAnyBefore(run.id())) {
            return updates;
        }
        return new Iterator<>() {

            private Mapped next;

            @Override
            public boolean hasNext() {
                while (next == null && updates.hasNext()) {
                    Mapped candidate = updates.next();
                    if (candidate instanceof Mapped.Update update
                            && parked.isHeld(run.id(), Listing.of(update))) {
                        run.withhold();
                    } else {
                        next = candidate;
                    }
                }
                return next != null;
            }

            @Override
            public Mapped next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Mapped given = next;
                next = null;
                return given;
            }
        };
    }

    /** Whether the run is about to be parked, and others may pass it. */
    public boolean mayBePassed(@ExchangeProperty("run") Run run) {
        if (run.withheld() > 0) {
            run.stop(
                    new Run.Stop(
                            "an earlier file that is parked has unsent rows of the same listings",
                            clock.instant()));
        }
        return drop.passParked() && run.stopped().isPresent() && !stopping.isStopping();
    }

    /** Remembers which listings have rows that are not sent. */
    public void remember(@Body Iterator<Mapped> left, @ExchangeProperty("run") Run run) {
        parked.remember(run.id(), left);
    }

    @Override
    public void reported(Run run, Report report) {
        if (report.status() != Report.Status.PARKED) {
            parked.forget(run.id());
        }
    }
}
