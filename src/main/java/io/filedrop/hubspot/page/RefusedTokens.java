package io.filedrop.hubspot.page;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps out of the log what stands in a refused token of a provider's: Quarkus tells its claims,
 * who it is for say, or the whole token. That one was refused is still told.
 */
@Singleton
public class RefusedTokens implements Filter {

    private static final String TELLER = "io.quarkus.oidc.runtime.CodeAuthenticationMechanism";

    /** What failed, and the provider's own code for it, if there is one. */
    private static final Pattern TOLD =
            Pattern.compile(
                    "(.*? has failed)(?:, error(?: code)?: (\\w{1,64}))?.*", Pattern.DOTALL);

    /** Held, or the logging could forget it and the filter with it. */
    private final Logger teller = Logger.getLogger(TELLER);

    void start(@Observes StartupEvent event) {
        teller.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        // Others keep their message: to set it, even to itself, changes how it is formatted.
        withoutToken(String.valueOf(line.getMessage())).ifPresent(line::setMessage);
        return true;
    }

    /** A message that something failed, up to that; empty when it is another message. */
    static Optional<String> withoutToken(String message) {
        Matcher told = TOLD.matcher(message);
        if (!told.matches()) {
            return Optional.empty();
        }
        String code = told.group(2) == null ? "" : ": " + told.group(2);
        return Optional.of(told.group(1) + code + ". What the token says is not for a log.");
    }
}
