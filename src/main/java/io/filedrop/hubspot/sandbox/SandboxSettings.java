package io.filedrop.hubspot.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the sandbox behaves. Everything HubSpot's documents leave open can be switched, because a
 * client must live with each.
 *
 * @param port on the loopback address; 0 takes any
 * @param token the bearer token that is accepted, besides those it gives out by OAuth
 * @param latency before every answer
 * @param rateLimit calls per rolling 10 seconds, 0 for none
 * @param dailyLimit calls until it says that the day's are used up, 0 for none
 * @param exists tells which record ids there are
 * @param merged record ids that were merged away: taken with 200, and not named in the results
 * @param perRecord whether wrong values are told per record, where every input carries a trace id;
 *     else one wrong value refuses the whole batch
 * @param oneHint whether a refusal names only the first of several faults
 * @param canRead whether the token has the scope to read listings
 * @param canReadProperties whether the token may see the property definitions
 * @param faults what goes wrong, and when
 * @param seed of everything that is left to chance
 */
public record SandboxSettings(
        int port,
        String token,
        Duration latency,
        int rateLimit,
        int dailyLimit,
        Predicate<String> exists,
        Set<String> merged,
        boolean perRecord,
        boolean oneHint,
        boolean canRead,
        boolean canReadProperties,
        List<Fault> faults,
        long seed) {

    /** Nothing goes wrong, and every numeric record id exists. */
    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0,
                "sandbox",
                Duration.ZERO,
                0,
                0,
                id -> id.matches("\\d+"),
                Set.of(),
                false,
                false,
                true,
                true,
                List.of(),
                1);
    }

    public SandboxSettings withPort(int other) {
        return new SandboxSettings(
                other,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withToken(String other) {
        return new SandboxSettings(
                port,
                other,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withLatency(Duration other) {
        return new SandboxSettings(
                port,
                token,
                other,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withRateLimit(int other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                other,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withDailyLimit(int other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                other,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withExisting(Predicate<String> other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                other,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withMerged(Set<String> other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                other,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withPerRecord(boolean other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                other,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withOneHint(boolean other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                other,
                canRead,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withCanRead(boolean other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                other,
                canReadProperties,
                faults,
                seed);
    }

    public SandboxSettings withCanReadProperties(boolean other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                other,
                faults,
                seed);
    }

    public SandboxSettings withFaults(List<Fault> other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                other,
                seed);
    }

    public SandboxSettings withSeed(long other) {
        return new SandboxSettings(
                port,
                token,
                latency,
                rateLimit,
                dailyLimit,
                exists,
                merged,
                perRecord,
                oneHint,
                canRead,
                canReadProperties,
                faults,
                other);
    }
}
