package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.hubspot.Allowance;
import io.filedrop.hubspot.hubspot.Availability;
import io.filedrop.hubspot.hubspot.Pacer;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.InboxAge;
import io.filedrop.hubspot.run.Progress;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Turns;
import io.filedrop.hubspot.sftp.Pickup;
import io.filedrop.hubspot.sftp.Pickups;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** How things stand now: what is under way, why it waits, what HubSpot still allows. */
@Singleton
public class StateMeters implements MeterBinder {

    private final Pacer pacer;
    private final Availability availability;
    private final Allowance allowance;
    private final Progress progress;
    private final Claims claims;
    private final Turns turns;
    private final InboxAge inbox;
    private final Pickups pickups;
    private final Storage storage;

    @Inject
    public StateMeters(
            Pacer pacer,
            Availability availability,
            Allowance allowance,
            Progress progress,
            Claims claims,
            Turns turns,
            InboxAge inbox,
            Pickups pickups,
            Storage storage) {
        this.pacer = pacer;
        this.availability = availability;
        this.allowance = allowance;
        this.progress = progress;
        this.claims = claims;
        this.turns = turns;
        this.inbox = inbox;
        this.pickups = pickups;
        this.storage = storage;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Pacer.Cause cause : Pacer.Cause.values()) {
            FunctionCounter.builder("filedrop.waited", pacer, p -> p.waited(cause).toNanos() / 1e9)
                    .description("How long attempts waited, added up over those side by side")
                    .baseUnit("seconds")
                    .tag("reason", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        gauge(registry, "filedrop.hubspot.limit", allowance, a -> orNone(a.limit()));
        gauge(registry, "filedrop.hubspot.limit.left", allowance, a -> orNone(a.left()));
        gauge(registry, "filedrop.hubspot.daily", allowance, a -> orNone(a.dailyLimit()));
        gauge(registry, "filedrop.hubspot.daily.left", allowance, a -> orNone(a.dailyLeft()));
        gauge(registry, "filedrop.hubspot.away", availability, a -> a.trouble().isEmpty() ? 0 : 1);
        gauge(
                registry,
                "filedrop.hubspot.needs.person",
                availability,
                a -> a.toMend().isEmpty() ? 0 : 1);
        gauge(
                registry,
                "filedrop.rows.per.second",
                progress,
                p -> p.underWay().stream().mapToDouble(Progress.Going::rowsPerSecond).sum());
        gauge(registry, "filedrop.runs.under.way", progress, p -> p.underWay().size());
        gauge(registry, "filedrop.runs.in.progress", claims, StateMeters::inProgress);
        gauge(registry, "filedrop.runs.to.mend", turns, t -> t.setAside().size());
        gauge(registry, "filedrop.inbox.files", inbox, i -> orNone(i, Inbox.Lying::files));
        gauge(
                registry,
                "filedrop.inbox.oldest.age.seconds",
                inbox,
                i -> orNone(i, lying -> lying.oldest().toSeconds()));
        gauge(registry, "filedrop.folders.unusable", storage, this::unusable);
        for (Pickup pickup : pickups.all()) {
            Gauge.builder("filedrop.sftp.trouble", pickup, p -> p.trouble().isEmpty() ? 0 : 1)
                    .description("Whether a server, or a file on it, is in trouble")
                    .tag("source", pickup.name())
                    .register(registry);
        }
    }

    private static <T> void gauge(
            MeterRegistry registry, String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).register(registry);
    }

    private static double orNone(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : Double.NaN;
    }

    private static double orNone(InboxAge inbox, ToDoubleFunction<Inbox.Lying> number) {
        return inbox.look().map(number::applyAsDouble).orElse(Double.NaN);
    }

    /** Those the program cannot do without, and of the inbox those that it cannot look into. */
    private double unusable(Storage folders) {
        return folders.troubles().size() + inbox.look().map(Inbox.Lying::closed).orElse(0);
    }

    private static double inProgress(Claims claims) {
        try {
            return claims.folders().size();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
