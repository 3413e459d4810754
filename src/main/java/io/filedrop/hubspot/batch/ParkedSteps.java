package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Glance;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.run.Turns;
import io.filedrop.hubspot.run.WhyParked;
import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

/**
 * Lets later files pass where no listing is shared: a run that waits for a person always, a parked
 * one with {@code drop.when-parked=continue}.
 */
@Singleton
@Named("parked")
@RegisterForReflection
public class ParkedSteps implements RunListener {

    private static final Logger LOG = Logger.getLogger(ParkedSteps.class);

    private final ParkedListings parked;
    private final Turns turns;
    private final SetAside setAside;

    /** The runs that wait for a person and were looked into. */
    private final Set<String> seen = new HashSet<>();

    /** Of them, those whose rows nobody can tell, and where their files came from. */
    private final Map<String, Optional<String>> unread = new TreeMap<>();

    private final DropSettings drop;
    private final Stopping stopping;
    private final Clock clock;

    @Inject
    public ParkedSteps(
            ParkedListings parked,
            Turns turns,
            SetAside setAside,
            DropSettings drop,
            Stopping stopping,
            Clock clock) {
        this.parked = parked;
        this.turns = turns;
        this.setAside = setAside;
        this.drop = drop;
        this.stopping = stopping;
        this.clock = clock;
    }

    /**
     * The updates without those that must not overtake an earlier run that is parked or waits for a
     * person: they stay unsent.
     */
    Iterator<Mapped> passing(Iterator<Mapped> updates, Run run) {
        // Given back, put in order without its file, or moved away: it sends nothing any more.
        Path inProgress = drop.folders().inProgress();
        parked.forgetIf(other -> Files.notExists(inProgress.resolve(other)));
        boolean isAllHeld = isAllHeld(run);
        if (!isAllHeld && !parked.isAnyBefore(run.id())) {
            return updates;
        }
        return new Iterator<>() {

            private Mapped next;

            @Override
            public boolean hasNext() {
                while (next == null && updates.hasNext()) {
                    Mapped candidate = updates.next();
                    if (candidate instanceof Mapped.Update update
                            && (isAllHeld || parked.isHeld(run.id(), Listing.of(update)))) {
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

    /** Whether a file of the same source that nobody can read any more was before that run's. */
    private synchronized boolean isAllHeld(Run run) {
        Set<Path> waiting = turns.setAside().keySet();
        Set<String> ids = new HashSet<>();
        waiting.forEach(folder -> ids.add(idOf(folder)));
        for (String gone : List.copyOf(seen)) {
            if (!ids.contains(gone)) {
                seen.remove(gone);
                unread.remove(gone);
                parked.forget(gone);
            }
        }
        for (Path folder : waiting) {
            if (idOf(folder).compareTo(run.id()) < 0 && seen.add(idOf(folder))) {
                lookInto(folder);
            }
        }
        return unread.entrySet().stream()
                .filter(other -> other.getKey().compareTo(run.id()) < 0)
                .map(Map.Entry::getValue)
                .anyMatch(source -> source.isEmpty() || source.get().equals(source(run)));
    }

    private void lookInto(Path folder) {
        try {
            setAside.unsent(folder, left -> parked.remember(idOf(folder), left));
        } catch (IOException | RuntimeException e) {
            unread.put(idOf(folder), Glance.sourceOf(folder));
            LOG.warnf(
                    "Nobody can tell which listings %s still has to send, so that later files from"
                            + " where it came from wait: %s",
                    Words.name(folder), Words.name(e.toString()));
        }
    }

    private static String idOf(Path folder) {
        return folder.getFileName().toString();
    }

    private static String source(Run run) {
        return run.claimed().source();
    }

    /** Whether the run is about to be parked, and others may pass it. */
    public boolean mayBePassed(@ExchangeProperty("run") Run run) {
        if (run.withheld() > 0) {
            run.stop(new Run.Stop(WhyParked.EARLIER_FILE.of(), clock.instant()));
        }
        return (drop.passParked() || run.withheld() > 0)
                && run.stopped().isPresent()
                && !stopping.isStopping();
    }

    /** Remembers which listings have rows that are not sent. */
    public void remember(@Body Iterator<Mapped> left, @ExchangeProperty("run") Run run) {
        parked.remember(run.id(), left);
        turns.letPass(run.folder());
    }

    /**
     * A run was set back, perhaps before it was known which listings it has not sent: its file
     * tells, as that of a run which waits for a person. If it does not, later files wait.
     */
    public void learn(@ExchangeProperty("folder") Path folder) {
        if (folder == null || !turns.isUnknown(folder) || stopping.isStopping()) {
            return;
        }
        try {
            setAside.unsent(folder, left -> parked.remember(idOf(folder), left));
            turns.letPass(folder);
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "Nobody can tell yet which listings %s has to send, so that later files wait: %s",
                    Words.name(folder), Words.name(e.toString()));
        }
    }

    @Override
    public void reported(Run run, Report report) {
        if (report.status() != Report.Status.PARKED) {
            parked.forget(run.id());
        }
    }
}
