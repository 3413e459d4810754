package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.SyncFailure;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jboss.logging.Logger;

/**
 * Keeps the lease on the drop directory: beats while this instance works, waits while another does,
 * and ends the program at once when another has taken over.
 */
@Singleton
@Named("lease")
public class LeaseKeeper extends LifecycleStrategySupport {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final Lease lease;
    private final DropSettings drop;
    private final DurableFiles files;
    private final Storage storage;
    private final Stopping stopping;
    private final Endings endings;
    private final Executor beginning;
    private Thread thread;
    private Lease.State last;

    /** What is done before anything else is under way. */
    private volatile boolean isBeginning;

    /** It ended with a fault, and is done again. */
    private volatile boolean hasFailed;

    @Inject
    public LeaseKeeper(
            Lease lease,
            DropSettings drop,
            DurableFiles files,
            Storage storage,
            Stopping stopping,
            Endings endings) {
        this(
                lease,
                drop,
                files,
                storage,
                stopping,
                endings,
                task -> {
                    Thread begin = new Thread(task, "begin");
                    begin.setDaemon(true);
                    begin.start();
                });
    }

    /** {@code beginning}: does what is done before anything else; never twice at once. */
    LeaseKeeper(
            Lease lease,
            DropSettings drop,
            DurableFiles files,
            Storage storage,
            Stopping stopping,
            Endings endings,
            Executor beginning) {
        this.beginning = beginning;
        this.lease = lease;
        this.drop = drop;
        this.files = files;
        this.storage = storage;
        this.stopping = stopping;
        this.endings = endings;
    }

    /**
     * Begins. When the lease is held {@code whenHeld} is done, and again at a beat until it has
     * ended without a fault: nothing is claimed or sent before. However long it takes, the beats go
     * on, or another instance would take over in the middle of it.
     */
    void start(WhenHeld whenHeld) {
        beat(whenHeld);
        thread = new Thread(() -> beatOnAndOn(whenHeld), "lease");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is to be done before anything else when this instance begins to work. */
    @FunctionalInterface
    interface WhenHeld {
        void run() throws IOException;
    }

    private void beatOnAndOn(WhenHeld whenHeld) {
        try {
            while (true) {
                Thread.sleep(lease.beatTime().toMillis());
                beat(whenHeld);
            }
        } catch (InterruptedException e) {
            // The program ends.
            Thread.currentThread().interrupt();
        }
    }

    void beat(WhenHeld whenHeld) {
        Path folder = drop.folders().directory();
        try {
            files.createDirectories(folder);
            Lease.State now = lease.beat();
            if (now != last) {
                tell(now);
            }
            last = now;
            if (now == Lease.State.HELD && !lease.isReady() && !isBeginning) {
                isBeginning = true;
                beginning.execute(() -> begin(whenHeld));
            }
            if (!hasFailed) {
                storage.works(folder);
            }
        } catch (SyncFailure e) {
            endings.mustEnd(e);
        } catch (IOException e) {
            storage.fails(folder, e);
        }
    }

    private void begin(WhenHeld whenHeld) {
        try {
            whenHeld.run();
            hasFailed = false;
            lease.ready();
        } catch (SyncFailure e) {
            endings.mustEnd(e);
        } catch (IOException e) {
            hasFailed = true;
            storage.fails(drop.folders().directory(), e);
        } finally {
            isBeginning = false;
        }
    }

    private void tell(Lease.State now) {
        String directory = drop.folders().directory().toString();
        switch (now) {
            case WAITING ->
                    LOG.infof(
                            "%s is worked on by another instance, %s. This one waits, and takes over"
                                    + " when that one ends or falls silent.",
                            directory, lease.holder());
            case BEGINNING ->
                    LOG.warnf(
                            "%s: the other instance has fallen silent. This one begins when nothing"
                                    + " of it can arrive any more.",
                            directory);
            case HELD -> LOG.infof("%s is worked on by this instance.", directory);
            case UNPROVEN ->
                    LOG.warnf(
                            "This instance was silent for too long; it sends nothing until it knows"
                                    + " that no other has taken over %s.",
                            directory);
            case LOST -> {
                LOG.fatalf(
                        "Another instance has taken over %s while this one was silent; this one"
                                + " ends. Nothing more was sent.",
                        directory);
                // Not in an orderly way: that would write into what is another's now.
                Runtime.getRuntime().halt(ExitCode.NOT_SENT);
            }
        }
    }

    /** Nothing is under way any more, so another instance may begin at once. */
    @Override
    public void onContextStopped(CamelContext context) {
        if (thread != null) {
            thread.interrupt();
        }
        try {
            if (stopping.isIdle() && !isBeginning) {
                lease.close();
            }
        } catch (IOException e) {
            LOG.warnf("The lease could not be given up; another instance waits for it: %s", e);
        }
    }
}
