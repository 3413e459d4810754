package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.hubspot.BatchListener.Attempt;
import io.filedrop.hubspot.run.Run;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Tells everybody who listens. */
@Singleton
public class BatchListeners {

    private final List<BatchListener> all;

    @Inject
    public BatchListeners(@All List<BatchListener> all) {
        this.all = all;
    }

    void begun(Run run, Batch batch) {
        all.forEach(listener -> listener.begun(run, batch));
    }

    /** {@code endpoint} as the path of the call ends. */
    void attempted(Run run, Delivery delivery, String endpoint, Answer answer) {
        Duration took = Duration.ofNanos(System.nanoTime() - delivery.sentAt());
        Attempt attempt = new Attempt(endpoint, status(answer), correlationId(answer), took);
        all.forEach(listener -> listener.attempted(run, delivery.batch(), attempt));
    }

    void ended(Run run, Delivery delivery) {
        Duration took = Duration.ofNanos(System.nanoTime() - delivery.beganAt());
        all.forEach(listener -> listener.ended(run, delivery.batch(), took));
    }

    private static String status(Answer answer) {
        if (answer instanceof Answer.Received received) {
            return Integer.toString(received.status());
        }
        if (answer instanceof Answer.Broken broken) {
            return broken.sent() ? "no-answer" : "not-sent";
        }
        return answer instanceof Answer.NoToken ? "no-token" : "not-trusted";
    }

    private static String correlationId(Answer answer) {
        return answer instanceof Answer.Received received ? received.headers().correlationId() : "";
    }
}
