package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

/** Claims files of the inbox. */
@Singleton
@Named("claims")
@RegisterForReflection
public class ClaimSteps {

    private static final Logger LOG = Logger.getLogger(ClaimSteps.class);

    private final Claims claims;
    private final Inbox inbox;
    private final Leftovers leftovers;
    private final Turns turns;
    private final Storage storage;
    private final Stopping stopping;
    private final Lease lease;
    private final DropSettings settings;
    private final Endings endings;

    @Inject
    public ClaimSteps(
            Claims claims,
            Inbox inbox,
            Leftovers leftovers,
            Turns turns,
            Storage storage,
            Stopping stopping,
            Lease lease,
            DropSettings settings,
            Endings endings) {
        this.claims = claims;
        this.inbox = inbox;
        this.leftovers = leftovers;
        this.turns = turns;
        this.storage = storage;
        this.stopping = stopping;
        this.lease = lease;
        this.settings = settings;
        this.endings = endings;
    }

    /**
     * The files of the inbox that are to be claimed now, in order: as many as there is room for in
     * the queue, and on the disk for what becomes of them.
     */
    public List<Inbox.Ready> due() {
        if (stopping.isStopping() || !lease.isHeld() || !storage.hasRoom(0)) {
            return List.of();
        }
        try {
            // Before the room in the queue is looked at, of which they would take some for ever.
            leftovers.tidyGone();
            List<Inbox.Ready> due = withRoom(inbox.due(), room());
            storage.works(settings.folders().inbox());
            return due;
        } catch (SyncFailure e) {
            endings.mustEnd(e);
            return List.of();
        } catch (IOException e) {
            storage.fails(settings.folders().inbox(), e);
            return List.of();
        }
    }

    /** Places in the queue; one that is being claimed has its place, with its file or not yet. */
    private long room() throws IOException {
        long queued = 0;
        for (Path folder : claims.folders()) {
            if (claims.isBeingTaken(folder) || turns.isQueued(folder)) {
                queued++;
            }
        }
        return settings.claimAhead() - queued;
    }

    private List<Inbox.Ready> withRoom(List<Inbox.Ready> ready, long room) {
        List<Inbox.Ready> due = new ArrayList<>();
        long bytes = 0;
        for (Inbox.Ready file : ready) {
            // What its turn will ask for, or it would lie in the queue and keep the others there.
            bytes += settings.roomFor(file.size());
            if (due.size() >= room || !storage.hasRoom(bytes)) {
                break;
            }
            due.add(file);
        }
        return due;
    }

    /** Whether nothing is claimed for now although there may be files: no room is left. */
    public boolean isBlocked() throws IOException {
        List<Inbox.Ready> ready = inbox.due();
        return room() <= 0
                || !storage.hasRoom(0)
                || !ready.isEmpty() && withRoom(ready.subList(0, 1), 1).isEmpty();
    }

    /**
     * Moves the file into {@code in-progress/}: from now on it is a run. One whose older neighbour
     * could not be claimed since it was found due stays, and comes after that one.
     */
    public void take(@Body Inbox.Ready file) throws IOException {
        if (!stopping.isStopping() && lease.isHeld() && inbox.mayBeTaken(file)) {
            claims.take(file);
        }
    }

    /**
     * A file could not be claimed; it is tried again where it lies now.
     *
     * @param file null when it is not even known which one was to be claimed
     */
    public void failed(
            @Body Inbox.Ready file, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable fault) {
        if (Fatal.isIn(fault)) {
            endings.mustEnd(fault);
        }
        if (file == null) {
            LOG.errorf(
                    "No file could be claimed; it is tried again: %s",
                    Words.name(fault.toString()));
            return;
        }
        inbox.failed(file);
        boolean isBack = Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS);
        LOG.errorf(
                "%s could not be claimed; it %s: %s",
                Words.name(file.file()),
                isBack
                        ? "stays in the inbox and is tried again"
                        : "could not be put back either, and goes on from in-progress",
                Words.name(fault.toString()));
    }
}
