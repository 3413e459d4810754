package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.hubspot.HubSpotCode;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.filedrop.hubspot.run.Sentence;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts records by what became of them, and runs by how they ended. */
@Singleton
public class RunMeters implements RunListener {

    /** HubSpot's catalogue is not ours, and what a label can say must be known before. */
    private static final Set<String> CODES =
            Stream.<Sentence.Phrase[]>of(Code.values(), HubSpotCode.values())
                    .flatMap(Stream::of)
                    .map(Sentence.Phrase::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final String OTHER = "other";

    private final MeterRegistry registry;

    @Inject
    public RunMeters(MeterRegistry registry) {
        this.registry = registry;
        // Every series is there from the start: one that begins at 5 has not increased by 5, so
        // that no alert would see it.
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            count(kind, "", 0);
        }
        count(Outcome.Kind.UNKNOWN, Code.NOT_NAMED.name(), 0);
        count(Outcome.Kind.FAILED, OTHER, 0);
        CODES.forEach(code -> count(Outcome.Kind.FAILED, code, 0));
        for (Report.Status status : Report.Status.values()) {
            ended(lower(status), 0);
        }
        ended("set-back", 0);
    }

    @Override
    public void settled(Run run, List<Outcome> outcomes) {
        Map<Outcome.Kind, Map<String, Integer>> counts = new HashMap<>();
        for (Outcome outcome : outcomes) {
            String code = outcome.reasons().isEmpty() ? "" : outcome.reasons().get(0).code();
            counts.computeIfAbsent(outcome.kind(), kind -> new HashMap<>())
                    .merge(code, 1, Integer::sum);
        }
        counts.forEach((kind, byCode) -> byCode.forEach((code, n) -> count(kind, code, n)));
    }

    @Override
    public void reported(Run run, Report report) {
        ended(lower(report.status()), 1);
    }

    @Override
    public void setBack(String run) {
        ended("set-back", 1);
    }

    private void count(Outcome.Kind kind, String code, int records) {
        registry.counter("filedrop.records", "outcome", lower(kind), "code", bounded(code))
                .increment(records);
    }

    private void ended(String status, int runs) {
        registry.counter("filedrop.runs", "status", status).increment(runs);
    }

    private String bounded(String code) {
        if (code.isEmpty()) {
            return "none";
        }
        return CODES.contains(code) ? code : OTHER;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
