package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Storage;
import jakarta.inject.Inject;
import java.util.ArrayList;
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

    private static final String SILENT =
            "this instance was silent for too long (drop.lease-time); nothing is taken or sent until"
                    + " it is known that no other has taken over";

    private final Storage storage;
    private final Lease lease;

    @Inject
    public FolderReadiness(Storage storage, Lease lease) {
        this.storage = storage;
        this.lease = lease;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> troubles = new ArrayList<>();
        storage.troubles().forEach(trouble -> troubles.add(trouble.toString()));
        if (lease.state() == Lease.State.UNPROVEN) {
            troubles.add(SILENT);
        }
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("folders")
                        .status(troubles.isEmpty())
                        .withData("works", lease.isHeld())
                        .withData("instance", lease.holder());
        for (int i = 0; i < troubles.size(); i++) {
            answer.withData("trouble-" + (i + 1), troubles.get(i));
        }
        return answer.build();
    }
}
