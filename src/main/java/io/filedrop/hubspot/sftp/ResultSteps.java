package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Account;
import io.filedrop.hubspot.run.OutcomeFile;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;

/** Keeps what goes back to the server that a file came from. */
@Singleton
@Named("results")
@RegisterForReflection
public class ResultSteps {

    private final Pickups pickups;

    @Inject
    public ResultSteps(Pickups pickups) {
        this.pickups = pickups;
    }

    /** Keeps a report, a failed file or its reasons, when the run has ended. */
    public void keep(
            @ExchangeProperty("run") Run run,
            @ExchangeProperty("account") Account account,
            @ExchangeProperty("outcomeFile") OutcomeFile file)
            throws IOException {
        Optional<Pickup> pickup = pickups.find(run.claimed().source());
        boolean wanted =
                file.destination().equals("failed") || file.destination().equals("reports");
        if (pickup.isPresent() && wanted && account.report().status() != Report.Status.PARKED) {
            pickup.get().keepResult(run.id(), file);
        }
    }
}
