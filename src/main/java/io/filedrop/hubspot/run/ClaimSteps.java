package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
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

    @Inject
    public ClaimSteps(Claims claims) {
        this.claims = claims;
    }

    /** Whether another file may be claimed now. */
    public boolean hasRoom() throws IOException {
        return !claims.isFull();
    }

    /** Moves the file into {@code in-progress/}: from now on it is a run. */
    public void take(@Body File file) throws IOException {
        claims.take(file.toPath().toAbsolutePath().normalize());
    }

    /** A file could not be claimed; it stays in the inbox and is tried again. */
    public void failed(
            @Body File file, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable fault) {
        LOG.errorf(
                fault,
                "%s could not be claimed; it stays in the inbox.",
                Words.name(file.toPath()));
    }
}
