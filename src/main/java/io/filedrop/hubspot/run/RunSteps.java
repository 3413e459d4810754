package io.filedrop.hubspot.run;

import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** The life of a run, as the routes tell it. */
@Singleton
@Named("runs")
@RegisterForReflection
public class RunSteps {

    private static final Logger LOG = Logger.getLogger(RunSteps.class);

    /** Under this key the lines of a log carry the id of their run. */
    public static final String MDC_RUN = "run";

    /** After a fault that is nobody's record, the run is tried again so much later. */
    private static final Duration SET_BACK = Duration.ofMinutes(1);

    private final Runs runs;
    private final Turns turns;
    private final Accounts accounts;
    private final Keep keep;
    private final Progress progress;
    private final Stopping stopping;
    private final Lease lease;
    private final List<RunListener> listeners;
    private final Endings endings;
    private final InDoubt inDoubt;

    @Inject
    public RunSteps(
            Runs runs,
            Turns turns,
            Accounts accounts,
            Keep keep,
            Progress progress,
            Stopping stopping,
            Lease lease,
            Endings endings,
            InDoubt inDoubt,
            @All List<RunListener> listeners) {
        this.runs = runs;
        this.turns = turns;
        this.accounts = accounts;
        this.keep = keep;
        this.progress = progress;
        this.stopping = stopping;
        this.lease = lease;
        this.listeners = listeners;
        this.endings = endings;
        this.inDoubt = inDoubt;
    }

    /** Whether the claimed file may be processed now. */
    public boolean isTurn(@Body File file) throws IOException {
        Path folder = file.toPath().toAbsolutePath().normalize().getParent();
        return !stopping.isStopping()
                && lease.isHeld()
                && !runs.isBeingTaken(folder)
                && turns.isTurn(folder);
    }

    /** Begins with the claimed file, or goes on with it. */
    public Run open(@Body File file, Exchange exchange) throws IOException {
        Path folder = file.toPath().toAbsolutePath().normalize().getParent();
        exchange.setProperty("folder", folder);
        MDC.put(MDC_RUN, folder.getFileName().toString());
        Run run = runs.open(folder);
        run.listener(outcomes -> listeners.forEach(l -> l.settled(run, outcomes)));
        listeners.forEach(listener -> listener.opened(run));
        progress.begin(run);
        stopping.watch(run);
        return run;
    }

    /** A batch more is settled. */
    public void progress(Run run) {
        progress.tell(run);
    }

    /** A batch could not be delivered for something that is nobody's record. */
    public void fail(
            @ExchangeProperty("run") Run run,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable fault) {
        if (Fatal.isIn(fault)) {
            endings.mustEnd(fault);
        }
        run.fail(fault);
    }

    /** Every batch is back: the run is through, or goes on later. */
    public void through(@ExchangeProperty("run") Run run) throws IOException {
        if (run.fault().isPresent()) {
            throw new IOException("The run could not go on", run.fault().get());
        }
        if (run.stopped().isPresent()) {
            runs.park(run, run.stopped().get(), run.rowsRead());
        } else {
            runs.through(run, run.rowsRead());
        }
    }

    /** The file as a whole cannot be used. */
    public void refuse(
            @ExchangeProperty("run") Run run,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Refusal refusal) {
        runs.refuse(run, refusal.reason());
    }

    /** The account of the run, with the files that tell it. */
    public Account account(@ExchangeProperty("run") Run run) throws IOException {
        if (!run.isThrough()) {
            return accounts.park(run, run.stopped().orElseThrow().why().toString(), run.rowsRead());
        }
        runs.closing(run);
        Account account = accounts.close(run);
        run.gotOn();
        return account;
    }

    /** Gives an outcome file its final place in the folders. */
    public void keep(
            @ExchangeProperty("destination") String destination,
            @ExchangeProperty("outcomeFile") OutcomeFile file)
            throws IOException, InterruptedException {
        lease.awaitHeld(() -> false);
        keep.keep(destination, file);
    }

    /** Everything is handed out. */
    public void over(@ExchangeProperty("run") Run run, @ExchangeProperty("account") Account account)
            throws IOException {
        run.close();
        boolean isParked = account.report().status() == Report.Status.PARKED;
        if (!isParked) {
            runs.over(run.folder());
        }
        forgetDoubt(isParked);
        progress.end(run, account.report());
        listeners.forEach(listener -> listener.reported(run, account.report()));
        // Last: a program that runs once may exit as soon as no run is under way.
        stopping.forget(run);
        MDC.remove(MDC_RUN);
    }

    /** The run may be gone by now: a fault in this must not set it back. */
    private void forgetDoubt(boolean isParked) throws IOException {
        try {
            // Nothing of a parked run is under way, and the program may end before it goes on.
            if (isParked || runs.areOver()) {
                inDoubt.nothingUnderWay();
            }
        } catch (IOException | RuntimeException e) {
            if (Fatal.isIn(e)) {
                throw e;
            }
            LOG.warnf("The next start may wait before it sends: %s", Words.name(e.toString()));
        }
    }

    private void setAside(Path folder, Sentence why) {
        if (turns.setAside(folder, why)) {
            LOG.errorf(
                    "%s stays in progress and does not go on; other files do, but for its listings. %s",
                    Words.name(folder), Words.name(why.toString()));
        }
    }

    /** The disk that made it fail may not even let it be closed; that must keep nothing else. */
    private static void close(Run run, Throwable fault) {
        try {
            run.close();
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
    }

    /** Something failed that is nobody's record: the run stays in progress, and is tried again. */
    public void setBack(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (Fatal.isIn(fault)) {
            endings.mustEnd(fault);
        }
        Run run = exchange.getProperty("run", Run.class);
        Path folder = run == null ? exchange.getProperty("folder", Path.class) : run.folder();
        if (GivenBack.isIn(fault)) {
            // Nothing failed: it is a file of the inbox again.
            turns.over(folder);
            MDC.remove(MDC_RUN);
            return;
        }
        listeners.forEach(listener -> listener.setBack(folder.getFileName().toString()));
        if (run != null) {
            close(run, fault);
            progress.forget(run);
            stopping.forget(run);
        }
        Optional<Sentence> toMend = CannotGoOn.in(fault);
        if (toMend.isPresent()) {
            if (run != null && run.brokenOff() > 0) {
                turns.avoid(folder);
            }
            setAside(folder, toMend.get());
            MDC.remove(MDC_RUN);
            return;
        }
        if (run != null && run.isThrough()) {
            // Only its account is still to be handed out.
            turns.letPass(folder);
        }
        turns.await(folder, SET_BACK);
        LOG.errorf(
                fault,
                "%s stays in progress and is tried again in %s.",
                Words.name(folder),
                Words.duration(SET_BACK));
        MDC.remove(MDC_RUN);
    }
}
