package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One entry of a journal. What is in the journal has happened; what is not in it has not. */
public sealed interface Entry {

    /**
     * The first entry: the file was claimed.
     *
     * @param run the run's id
     * @param file name of the update file, one path segment
     * @param source the folder below the inbox that it came from, empty for the inbox itself
     * @param bytes the file's length
     * @param claimedAt when it was taken
     * @param version of the program
     */
    @RegisterForReflection
    record Claimed(
            String run, String file, String source, long bytes, Instant claimedAt, String version)
            implements Entry {}

    /**
     * Processing began.
     *
     * @param sha256 of the update file, lower-case hexadecimal
     * @param mapping name of the mapping, empty when the header names the properties
     * @param mappingSha256 of the mapping's file, empty without one
     * @param repeatOf an earlier run of the same content, or empty
     * @param settings those that change what a row means, by name, as they were then
     */
    record Opened(
            String sha256,
            String mapping,
            String mappingSha256,
            String repeatOf,
            Instant startedAt,
            Map<String, String> settings)
            implements Entry {}

    /**
     * Records have their outcome.
     *
     * @param outcomes at least one
     * @param calls the counts of this run so far
     */
    record Settled(List<Outcome> outcomes, Calls calls) implements Entry {}

    /** The file was read to its end; it holds so many records. */
    record ReadToEnd(long rows) implements Entry {}

    /**
     * Sending stopped for a while with records not sent.
     *
     * @param reason a sentence: why, and what ends it
     * @param until when the run goes on by itself
     * @param rows records of the file, sent or not
     */
    record Parked(String reason, Instant until, long rows, Calls calls) implements Entry {}

    /** The file as a whole was refused; nothing of it was sent. */
    record Refused(Reason reason) implements Entry {}

    /**
     * How often HubSpot was asked on behalf of a run.
     *
     * @param calls requests that update or read listings
     * @param retries of them, those that repeated an earlier one
     * @param rateLimited of them, those answered 429
     */
    record Calls(long calls, long retries, long rateLimited) {
        public static final Calls NONE = new Calls(0, 0, 0);
    }
}
