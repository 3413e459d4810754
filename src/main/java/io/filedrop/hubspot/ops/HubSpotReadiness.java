package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.hubspot.Availability;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down while a person must mend a token, a scope or a setting before anything is sent. An outage of
 * HubSpot's is waited for, and no reason to be down.
 */
@Readiness
public class HubSpotReadiness implements HealthCheck {

    private final Availability availability;

    @Inject
    public HubSpotReadiness(Availability availability) {
        this.availability = availability;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("hubspot").status(availability.toMend().isEmpty());
        availability.toMend().ifPresent(why -> answer.withData("reason", why.toString()));
        availability.trouble().ifPresent(why -> answer.withData("trouble", why.toString()));
        return answer.build();
    }
}
