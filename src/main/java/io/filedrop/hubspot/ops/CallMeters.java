package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.hubspot.BatchListener;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.run.Run;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times attempts by endpoint and status, and batches from their first attempt to their end. */
@Singleton
public class CallMeters implements BatchListener {

    /** How a call ends, but for the rarest. */
    private static final List<String> STATUSES =
            List.of(
                    "200",
                    "207",
                    "400",
                    "401",
                    "403",
                    "404",
                    "409",
                    "413",
                    "423",
                    "429",
                    "477",
                    "500",
                    "502",
                    "503",
                    "504",
                    "no-answer",
                    "not-sent",
                    "no-token",
                    "not-trusted");

    private final MeterRegistry registry;
    private final Timer batches;

    @Inject
    public CallMeters(MeterRegistry registry, HubSpotSettings settings) {
        this.registry = registry;
        this.batches =
                Timer.builder("filedrop.batch")
                        .description("From a batch's beginning until all of it is settled")
                        .serviceLevelObjectives(
                                Duration.ofMillis(100),
                                Duration.ofMillis(250),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(2500),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                Duration.ofHours(1))
                        .register(registry);
        // There from the start, so that the first of each is seen as an increase.
        for (String endpoint :
                List.of(settings.operation().name().toLowerCase(Locale.ROOT), "read")) {
            STATUSES.forEach(status -> timer(endpoint, status));
        }
    }

    @Override
    public void attempted(Run run, Batch batch, Attempt attempt) {
        timer(attempt.endpoint(), attempt.status()).record(attempt.took());
    }

    @Override
    public void ended(Run run, Batch batch, Duration took) {
        if (!batch.inputs().isEmpty()) {
            batches.record(took);
        }
    }

    private Timer timer(String endpoint, String status) {
        return Timer.builder("filedrop.hubspot.calls")
                .description("HTTP requests to HubSpot, by how they ended")
                .tag("endpoint", endpoint)
                .tag("status", status)
                .register(registry);
    }
}
