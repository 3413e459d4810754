package io.filedrop.hubspot.run;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jboss.logging.Logger;

/**
 * Ends what is under way when the program is told to stop: no new batch begins, no wait goes on,
 * and the runs keep what they have.
 *
 * <p>Camel finds lifecycle strategies by name only: without one nothing here would be called.
 */
@Singleton
@Named("stopping")
public class Stopping extends LifecycleStrategySupport {

    private static final Logger LOG = Logger.getLogger(Stopping.class);

    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private final InDoubt inDoubt;
    private volatile boolean stopping;

    @Inject
    public Stopping(InDoubt inDoubt) {
        this.inDoubt = inDoubt;
    }

    void watch(Run run) {
        runs.add(run);
        if (stopping) {
            stop(run);
        }
    }

    void forget(Run run) {
        runs.remove(run);
    }

    /** Whether the program is about to end. */
    public boolean isStopping() {
        return stopping;
    }

    /** Whether a run is under way. */
    public boolean isIdle() {
        return runs.isEmpty();
    }

    /**
     * Before Camel waits for what is under way. With no run there nobody else says that nothing is
     * in doubt any more.
     */
    @Override
    public void onContextStopping(CamelContext context) {
        stopping = true;
        runs.forEach(Stopping::stop);
        if (isIdle()) {
            try {
                inDoubt.nothingUnderWay();
            } catch (IOException e) {
                LOG.warnf("The next start waits before it sends: %s", e);
            }
        }
    }

    private static void stop(Run run) {
        run.stop(new Run.Stop(WhyParked.TOLD_TO_STOP.of(), Instant.now()));
    }
}
