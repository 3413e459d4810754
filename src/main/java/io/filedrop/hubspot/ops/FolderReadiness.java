package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Storage;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down while a folder cannot be used or has no room, and names it. Says which instance works; one
 * that waits for another is ready to.
 */
@Readiness
public class FolderReadiness implements HealthCheck {

    private final Storage storage;
    private final Lease lease;

    @Inject
    public FolderReadiness(Storage storage, Lease lease) {
        this.storage = storage;
        this.lease = lease;
    }

    @Override
    public HealthCheckResponse call() {
        List<Sentence> troubles = storage.troubles();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("folders")
                        .status(troubles.isEmpty() && lease.state() != Lease.State.UNPROVEN)
                        .withData("works", lease.isHeld())
                        .withData("instance", lease.holder());
        for (int i = 0; i < troubles.size(); i++) {
            answer.withData("trouble-" + (i + 1), troubles.get(i).toString());
        }
        return answer.build();
    }
}
