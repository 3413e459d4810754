package io.filedrop.hubspot.hubspot;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings under {@code hubspot.}, checked. Their defaults and their meaning stand in {@code
 * application.properties}.
 *
 * @param credentials null only where the program looks at a file and none are set
 * @param rateLimit calls per 10 seconds at most; empty: what HubSpot's answers say
 * @param requestTimeout of one attempt
 * @param outageDeadline how long a run keeps trying while HubSpot is away
 * @param settleTime between the end of an unclear attempt and the next look at its listings
 * @param timeZone the account's; its daily quota starts again at midnight there
 * @param definitionsKept how long the property definitions count before they are asked for again
 * @param definitionsRetry how soon they are asked for again when there was no answer
 * @param retryFirst the first wait before a repeated attempt
 * @param retryLongest the longest wait before a repeated attempt
 * @param triesTogether attempts at several records before they are tried in halves
 * @param waits for what HubSpot says about itself
 * @param answerLimit bytes of an answer that are read at most
 * @param proxy the outbound HTTP proxy
 * @param trustStore a PEM file with certificate authorities that are trusted besides the JVM's
 */
public record HubSpotSettings(
        URI baseUrl,
        Credentials credentials,
        String objectType,
        Operation operation,
        String apiVersion,
        Optional<String> idProperty,
        OptionalInt rateLimit,
        int maxInFlight,
        Duration requestTimeout,
        Duration connectTimeout,
        Duration outageDeadline,
        Duration settleTime,
        ZoneId timeZone,
        Duration definitionsKept,
        Duration definitionsRetry,
        Duration retryFirst,
        Duration retryLongest,
        int triesTogether,
        Waits waits,
        int answerLimit,
        Optional<URI> proxy,
        Optional<Path> trustStore) {

    /**
     * How long to wait for what (HubSpot's error handling page, and its own Node client).
     *
     * @param secondly after a 429 of the secondly limit
     * @param tenSecondly after a 429 of any other limit but the daily one
     * @param locked after a 423: locks last two seconds
     * @param moving after a 477 that does not say how long
     * @param longestRetryAfter a longer {@code Retry-After} is cut to this
     * @param longestMoving a longer {@code Retry-After} of a 477 is cut to this
     * @param parked until a run goes on that was parked because HubSpot did not take our calls
     */
    public record Waits(
            Duration secondly,
            Duration tenSecondly,
            Duration locked,
            Duration moving,
            Duration longestRetryAfter,
            Duration longestMoving,
            Duration parked) {}

    /** What is done with the listings. */
    public enum Operation {
        UPDATE,
        UPSERT
    }

    /** Where the bearer token comes from. */
    public sealed interface Credentials {

        /** A service key or private-app token; one in a file is read again when it changes. */
        record Token(Secret secret) implements Credentials {}

        /**
         * Short-lived tokens, got with a refresh token.
         *
         * @param tokenPath below the base URL
         */
        record OAuth(String clientId, Secret clientSecret, Secret refreshToken, String tokenPath)
                implements Credentials {}
    }

    /** Something that must not be shown: its text, or the file that holds it. */
    public record Secret(Optional<String> text, Optional<Path> file) {

        /**
         * The secret as it is now.
         *
         * @throws IOException naming the file, when there is no secret to be had
         */
        String read() throws IOException {
            if (text.isPresent()) {
                return text.get();
            }
            Path from = file.orElseThrow();
            try {
                String read = Files.readString(from).strip();
                if (!read.isEmpty() && read.chars().allMatch(c -> c > ' ' && c <= '~')) {
                    return read;
                }
            } catch (IOException e) {
                throw new IOException(from + " cannot be read", e);
            }
            throw new IOException(from + " does not hold one secret and nothing else");
        }

        /** Whether there is a secret to be had now. */
        public boolean isReadable() {
            try {
                return !read().isEmpty();
            } catch (IOException e) {
                // The caller says what is wrong, in the words of a setting.
                return false;
            }
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /**
     * Whether HubSpot takes a date with a time of day, and drops the time (upgrade guide to
     * 2026-09); earlier versions refuse it.
     */
    public boolean normalisesDates() {
        return apiVersion.compareTo("2026-09") >= 0 && !apiVersion.startsWith("v");
    }

    /** Path of a batch endpoint, {@code update}, {@code upsert} or {@code read}. */
    public String batchPath(String endpoint) {
        return apiVersion.startsWith("v")
                ? "/crm/" + apiVersion + "/objects/" + objectType + "/batch/" + endpoint
                : "/crm/objects/" + apiVersion + "/" + objectType + "/batch/" + endpoint;
    }

    /** Path of the property definitions. */
    public String propertiesPath() {
        return apiVersion.startsWith("v")
                ? "/crm/" + apiVersion + "/properties/" + objectType
                : "/crm/properties/" + apiVersion + "/" + objectType;
    }
}
