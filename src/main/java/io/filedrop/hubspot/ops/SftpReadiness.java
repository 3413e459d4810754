package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.sftp.Pickups;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how it stands with each SFTP source. Never down: what fails is somebody else's server, and
 * everything else goes on.
 */
@Readiness
public class SftpReadiness implements HealthCheck {

    private final Pickups pickups;

    @Inject
    public SftpReadiness(Pickups pickups) {
        this.pickups = pickups;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sftp").up();
        pickups.all().forEach(pickup -> answer.withData(pickup.name(), pickup.state()));
        return answer.build();
    }
}
