package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.run.Run;
import java.time.Duration;

/** Hears of every batch and every attempt. Returns at once, and never throws. */
public interface BatchListener {

    /**
     * How one HTTP request ended.
     *
     * @param endpoint update, upsert or read
     * @param status HTTP status, or {@code no-answer}, {@code not-sent}, {@code no-token}, {@code
     *     not-trusted}
     * @param correlationId HubSpot's, or empty
     */
    record Attempt(String endpoint, String status, String correlationId, Duration took) {}

    /** A batch begins. */
    default void begun(Run run, Batch batch) {}

    /** An attempt for it ended. */
    default void attempted(Run run, Batch batch, Attempt attempt) {}

    /** It is settled, or its run stopped. */
    default void ended(Run run, Batch batch, Duration took) {}
}
