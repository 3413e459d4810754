package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.hubspot.HubSpotSettings.Credentials;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The access token as it is now. One in a file is read again when the file, or the link it is
 * reached through, changes, and after HubSpot has refused it. One of OAuth is got by the route
 * {@code refresh-token}, ahead of its end. Safe for use by several threads.
 */
public final class BearerToken {

    /** A token of OAuth is replaced so long before it ends. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    /** A token that is refused when it is so young will not get better by being replaced. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final LongSupplier nanoTime;

    private String token;
    private Stamp stamp;
    private long generation;
    private long gotAt;
    private long replaceAt;
    private boolean refreshing;
    private TokenUnavailable trouble;

    /** What tells one version of a file from another: Kubernetes swaps a link above it. */
    private record Stamp(Path real, FileTime modified, long size) {}

    /** {@code nanoTime} as {@link System#nanoTime()}: a clock that nobody can set. */
    public BearerToken(Credentials credentials, LongSupplier nanoTime) {
        this.credentials = credentials;
        this.nanoTime = nanoTime;
    }

    /**
     * The token to send now.
     *
     * @throws TokenUnavailable with a sentence, when there is no token to be had
     */
    synchronized String current() throws TokenUnavailable {
        if (credentials instanceof Credentials.Token fixed) {
            readIfChanged(fixed.secret());
        }
        if (token == null) {
            throw trouble == null ? new TokenUnavailable(Why.NO_TOKEN_YET.of(), true) : trouble;
        }
        return token;
    }

    /** Tells one token from the next, without telling the token. */
    synchronized long generation() {
        return generation;
    }

    /**
     * HubSpot refused the token of that generation.
     *
     * @return whether another one is there, or can be got, so that it is worth to try again at once
     */
    synchronized boolean refused(long refused) {
        if (refused != generation) {
            return true;
        }
        if (credentials instanceof Credentials.Token fixed) {
            stamp = null;
            try {
                readIfChanged(fixed.secret());
            } catch (TokenUnavailable e) {
                // The next attempt meets it again, and says so.
                return false;
            }
            return refused != generation;
        }
        if (token == null && trouble != null && !trouble.isPassing()) {
            // It was asked for, and refused for good.
            return false;
        }
        if (nanoTime.getAsLong() - gotAt < YOUNG.toNanos()) {
            return false;
        }
        token = null;
        return true;
    }

    /**
     * Whether the caller has to get a new token, by OAuth. Only one caller at a time has to; the
     * others go on with the old one, or wait where there is none.
     */
    public synchronized boolean isRefreshDue() throws InterruptedException {
        if (!(credentials instanceof Credentials.OAuth)) {
            return false;
        }
        while (refreshing && token == null) {
            wait();
        }
        boolean due = token == null || nanoTime.getAsLong() - replaceAt >= 0;
        if (refreshing || !due) {
            return false;
        }
        refreshing = true;
        return true;
    }

    /** A new token came by OAuth. */
    synchronized void refreshed(String accessToken, Duration lifetime) {
        token = accessToken;
        generation++;
        gotAt = nanoTime.getAsLong();
        // Of a short life the second half, or it would be replaced at every call.
        long ahead = Math.min(AHEAD.toNanos(), lifetime.toNanos() / 2);
        replaceAt = gotAt + lifetime.toNanos() - ahead;
        trouble = null;
        refreshing = false;
        notifyAll();
    }

    /**
     * No new token came by OAuth; an old one serves as long as HubSpot takes it, and another one is
     * not asked for at every call.
     */
    synchronized void notRefreshed(TokenUnavailable why) {
        replaceAt = nanoTime.getAsLong() + YOUNG.toNanos();
        trouble = why;
        refreshing = false;
        notifyAll();
    }

    private void readIfChanged(Secret secret) throws TokenUnavailable {
        try {
            Stamp now = secret.file().isPresent() ? stampOf(secret.file().get()) : stamp;
            if (token != null && now != null && now.equals(stamp)) {
                return;
            }
            String read = secret.read();
            if (!read.equals(token)) {
                token = read;
                generation++;
            }
            stamp = now;
        } catch (IOException e) {
            throw new TokenUnavailable(Why.NO_TOKEN.of(e.getMessage()), false);
        }
    }

    private static Stamp stampOf(Path file) throws IOException {
        try {
            Path real = file.toRealPath();
            return new Stamp(real, Files.getLastModifiedTime(real), Files.size(real));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }

    /** The form that a new token is asked for with, if tokens come by OAuth. */
    Optional<Credentials.OAuth> oauth() {
        return credentials instanceof Credentials.OAuth oauth
                ? Optional.of(oauth)
                : Optional.empty();
    }
}
