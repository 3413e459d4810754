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
import java.util.ArrayList;
import java.util.List;
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
        if (pickup.isPresent() && account.report().status() != Report.Status.PARKED) {
            for (OutcomeFile due : due(account.files(), file)) {
                pickup.get().keepResult(run.id(), due);
            }
        }
    }

    /**
     * What is kept when that file's turn has come. The report is kept last, for it says that the
     * results are complete, also where the original follows it because it is too large to be
     * copied.
     *
     * @param all in the order of their turns
     */
    static List<OutcomeFile> due(List<OutcomeFile> all, OutcomeFile file) {
        int turn = all.indexOf(file);
        boolean isReported = all.subList(0, turn).stream().anyMatch(ResultSteps::isReport);
        if (!isReport(file)) {
            return isFailed(file) && !isReported ? List.of(file) : List.of();
        }
        List<OutcomeFile> due = new ArrayList<>();
        all.subList(turn, all.size()).stream().filter(ResultSteps::isFailed).forEach(due::add);
        due.add(file);
        return due;
    }

    private static boolean isReport(OutcomeFile file) {
        return file.destination().equals("reports");
    }

    private static boolean isFailed(OutcomeFile file) {
        return file.destination().equals("failed");
    }
}
