package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.sandbox.Fault;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads the settings under {@code sandbox.}. */
final class SandboxSection {

    private SandboxSection() {}

    static Settings.SandboxSwitch read(SettingsReader reader) {
        boolean enabled = reader.flag("sandbox.enabled");
        boolean sampleFeed = reader.flag("sandbox.sample-feed");
        Duration latency =
                reader.parsed(
                        "sandbox.latency",
                        "a duration that is not negative, PT0.2S say",
                        text -> {
                            Duration parsed = Duration.parse(text);
                            if (parsed.isNegative()) {
                                throw new IllegalArgumentException(text);
                            }
                            return parsed;
                        });
        SandboxSettings settings =
                SandboxSettings.defaults()
                        .withPort(reader.whole("sandbox.port", 0, 65_535))
                        .withToken(reader.text("sandbox.token").orElse("sandbox"))
                        .withLatency(latency)
                        .withRateLimit(reader.whole("sandbox.rate-limit", 0, Integer.MAX_VALUE))
                        .withDailyLimit(reader.whole("sandbox.daily-limit", 0, Integer.MAX_VALUE))
                        .withPerRecord(reader.flag("sandbox.per-record"))
                        .withOneHint(reader.flag("sandbox.one-hint"))
                        .withCanRead(reader.flag("sandbox.can-read"))
                        .withCanReadProperties(reader.flag("sandbox.can-read-properties"))
                        .withSeed(reader.whole("sandbox.seed", 0, Integer.MAX_VALUE))
                        .withMerged(
                                reader.text("sandbox.merged")
                                        .map(text -> Set.of(text.split("\\s*,\\s*")))
                                        .orElse(Set.of()))
                        .withFaults(readFaults(reader));
        return new Settings.SandboxSwitch(enabled, settings, sampleFeed);
    }

    private static List<Fault> readFaults(SettingsReader reader) {
        try {
            return Fault.parse(reader.text("sandbox.faults").orElse(""));
        } catch (IllegalArgumentException e) {
            reader.fault("sandbox.faults: " + e.getMessage());
            return List.of();
        }
    }
}
