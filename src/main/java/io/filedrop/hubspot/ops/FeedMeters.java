package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.mapping.Mapping;
import io.filedrop.hubspot.mapping.Mappings;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Reports;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long ago the last file came of each mapping that expects one now and then: a feed that does
 * not come is as bad as one that fails, and nobody sees it. A mapping without any file so far
 * counts from when the program began to work.
 */
@Singleton
public class FeedMeters implements MeterBinder, RunListener {

    private final Mappings mappings;
    private final Reports reports;
    private final Lease lease;
    private final Map<String, Instant> lastByMapping = new ConcurrentHashMap<>();
    private Optional<Instant> workingSince = Optional.empty();

    @Inject
    public FeedMeters(Mappings mappings, Reports reports, Lease lease) {
        this.mappings = mappings;
        this.reports = reports;
        this.lease = lease;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Mapping mapping : mappings.all()) {
            mapping.expected().ifPresent(every -> bind(registry, mapping.name(), every));
        }
    }

    private void bind(MeterRegistry registry, String mapping, Duration every) {
        Gauge.builder("filedrop.feed.last.age.seconds", () -> age(mapping))
                .description("Since the last file of a mapping")
                .tag("mapping", mapping)
                .register(registry);
        Gauge.builder("filedrop.feed.expected.seconds", every::toSeconds)
                .description("How often a file of a mapping should come at least")
                .tag("mapping", mapping)
                .register(registry);
    }

    /** No number while another instance works, because then its files are not heard of here. */
    private double age(String mapping) {
        return workingSince()
                .map(began -> lastByMapping.getOrDefault(mapping, began))
                .map(last -> Math.max(0.0, Duration.between(last, Instant.now()).toSeconds()))
                .orElse(Double.NaN);
    }

    private synchronized Optional<Instant> workingSince() {
        if (!lease.isHeld()) {
            workingSince = Optional.empty();
        } else if (workingSince.isEmpty()) {
            reports.newest(Integer.MAX_VALUE).forEach(run -> came(run.mapping(), run.startedAt()));
            workingSince = Optional.of(Instant.now());
        }
        return workingSince;
    }

    @Override
    public void reported(Run run, Report report) {
        came(report.mapping(), run.claimed().claimedAt());
    }

    private void came(String mapping, Instant at) {
        lastByMapping.merge(mapping, at, (a, b) -> a.isAfter(b) ? a : b);
    }
}
