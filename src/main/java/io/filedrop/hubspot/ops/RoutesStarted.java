package io.filedrop.hubspot.ops;

import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once the routes run. Whether HubSpot is there has no part in it. */
@Startup
public class RoutesStarted implements HealthCheck {

    private final CamelContext camel;

    @Inject
    public RoutesStarted(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("routes")
                .status(camel.isStarted())
                .withData("routes", camel.getRoutesSize())
                .build();
    }
}
