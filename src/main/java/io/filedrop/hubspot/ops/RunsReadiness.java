package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Turns;
import io.filedrop.hubspot.run.Words;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says which runs wait for a person, and why. Never down: the other runs go on, and a restart by
 * itself mends nothing.
 */
@Readiness
public class RunsReadiness implements HealthCheck {

    private final Turns turns;

    @Inject
    public RunsReadiness(Turns turns) {
        this.turns = turns;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("runs").up();
        turns.setAside()
                .forEach(
                        (folder, why) ->
                                answer.withData(
                                        folder.getFileName().toString(),
                                        Words.name(why.toString())));
        return answer.build();
    }
}
