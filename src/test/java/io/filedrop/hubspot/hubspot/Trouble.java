package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/** HubSpot as it does not take our calls, for tests of those who tell of it; over when closed. */
public final class Trouble implements AutoCloseable {

    private final Availability availability;
    private final Pacer pacer;
    private final AtomicBoolean over = new AtomicBoolean();
    private CompletableFuture<Void> waiting = CompletableFuture.completedFuture(null);

    public Trouble(Availability availability, Pacer pacer) {
        this.availability = availability;
        this.pacer = pacer;
    }

    /** An outage. */
    public void away(Sentence why) {
        availability.failed(why);
    }

    /** Something that a person must mend. */
    public void toMend(Sentence why) {
        availability.failed(why);
        availability.needsAPerson();
    }

    /** An attempt that waits. */
    public void waits(Sentence why) {
        waiting = CompletableFuture.runAsync(() -> depart(why));
        Awaitility.await().until(() -> pacer.longestWait().isPresent());
    }

    private void depart(Sentence why) {
        try {
            pacer.depart(System.nanoTime() + 3_600_000_000_000L, why, over::get);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        over.set(true);
        pacer.wake();
        waiting.join();
        availability.works();
    }
}
