package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.ClaimSteps;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Turns;
import io.filedrop.hubspot.run.Words;
import io.filedrop.hubspot.sftp.Pickups;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Ends a program that runs once, when nothing is left to do. */
@Singleton
@Named("once")
@RegisterForReflection
public class OnceSteps {

    private static final Logger LOG = Logger.getLogger(OnceSteps.class);

    private final Inbox inbox;
    private final Claims claims;
    private final ClaimSteps claimSteps;
    private final Turns turns;
    private final Stopping stopping;
    private final Pickups pickups;
    private final Lease lease;
    private final ExitCode exitCode;
    private final Storage storage;

    @Inject
    public OnceSteps(
            Inbox inbox,
            Claims claims,
            ClaimSteps claimSteps,
            Turns turns,
            Stopping stopping,
            Pickups pickups,
            Lease lease,
            ExitCode exitCode,
            Storage storage) {
        this.storage = storage;
        this.inbox = inbox;
        this.claims = claims;
        this.claimSteps = claimSteps;
        this.turns = turns;
        this.stopping = stopping;
        this.pickups = pickups;
        this.lease = lease;
        this.exitCode = exitCode;
    }

    /** Looks whether anything is left to do, and exits when nothing is. */
    public void exitWhenIdle() {
        if (lease.isOtherAlive()) {
            LOG.warnf(
                    "Another instance, %s, works on this folder, so this one ends; nothing was"
                            + " sent by it.",
                    lease.holder());
            exitCode.leaves();
            Quarkus.asyncExit(exitCode.highest());
            return;
        }
        if (!lease.isHeld()) {
            if (!storage.troubles().isEmpty()) {
                // Not even the lease can be kept, and nobody waits here until somebody makes room.
                exitCode.leaves();
                Quarkus.asyncExit(exitCode.highest());
            }
            return;
        }
        // Looking for what is left costs something, and there is no need while a run is under way.
        if (!stopping.isIdle()) {
            return;
        }
        try {
            exitWhenNothingIsLeft();
        } catch (IOException e) {
            exitUnseeing(e);
        }
    }

    private void exitWhenNothingIsLeft() throws IOException {
        // What was picked up is then seen in the inbox. What waits on a server for room there stays
        // until the next start when nothing makes that room.
        boolean isBlocked = claimSteps.isBlocked();
        if (pickups.isAnyBusy(isBlocked)) {
            return;
        }
        // The inbox before the runs: a file that is claimed meanwhile is then seen where it has
        // gone. And behind them once more: a run may have been given back to it.
        boolean isEmpty = inbox.waiting() == 0 && inbox.waitingNow() == 0;
        boolean isDone =
                (isEmpty || claimSteps.isBlocked())
                        && !isAnyDue()
                        && stopping.isIdle()
                        && (!isEmpty || inbox.waitingNow() == 0);
        // The last run may have left results that are still to be sent back.
        if (isDone && !pickups.isAnyBusy(isBlocked)) {
            if (!isEmpty
                    || inbox.hasFailed()
                    || !claims.folders().isEmpty()
                    || pickups.isAnyMissed()) {
                exitCode.leaves();
            }
            Quarkus.asyncExit(exitCode.highest());
        }
    }

    /** To wait does not mend what cannot be looked at; what is claimed is processed first. */
    private void exitUnseeing(IOException why) {
        try {
            if (isAnyDue() || !stopping.isIdle()) {
                return;
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        LOG.errorf(
                "What is left to do cannot be seen, so the program ends; run it again when it can:"
                        + " %s",
                Words.name(why.toString()));
        exitCode.leaves();
        Quarkus.asyncExit(exitCode.highest());
    }

    private boolean isAnyDue() throws IOException {
        for (Path folder : claims.folders()) {
            if (turns.isTurn(folder)) {
                return true;
            }
        }
        return false;
    }
}
