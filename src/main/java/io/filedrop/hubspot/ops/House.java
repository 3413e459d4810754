package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.batch.ParkedListings;
import io.filedrop.hubspot.batch.UnderWay;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.hubspot.Pacer;
import io.filedrop.hubspot.hubspot.Why;
import io.filedrop.hubspot.mapping.KeptMappings;
import io.filedrop.hubspot.mapping.LaidOutOriginals;
import io.filedrop.hubspot.mapping.Mappings;
import io.filedrop.hubspot.run.Accounts;
import io.filedrop.hubspot.run.Claims;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Holder;
import io.filedrop.hubspot.run.InDoubt;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.Keep;
import io.filedrop.hubspot.run.Lease;
import io.filedrop.hubspot.run.Leftovers;
import io.filedrop.hubspot.run.Progress;
import io.filedrop.hubspot.run.Repeats;
import io.filedrop.hubspot.run.Retention;
import io.filedrop.hubspot.run.Runs;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.run.Turns;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the rooms together. The rooms themselves know nothing of Quarkus, and little of each other.
 */
@Singleton
public class House {

    private final String version;

    House(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    /** Settings and mappings are read before anything else begins, so that a mistake stops here. */
    void check(
            @Observes StartupEvent start,
            Settings settings,
            DropSettings drop,
            DurableFiles files,
            Mappings mappings,
            InDoubt inDoubt,
            Pacer pacer,
            Leftovers leftovers,
            LeaseKeeper lease,
            Command command) {
        ExitCode.watchThreads();
        if (!command.isCheck()) {
            lease.start(
                    () -> {
                        files.createDirectories(drop.folders().inbox());
                        inDoubt.begin()
                                .ifPresent(
                                        until ->
                                                pacer.pauseUntil(
                                                        until, Why.UPDATES_FROM_BEFORE.of()));
                        leftovers.tidy();
                    });
        }
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For waits: a clock that nobody can set. */
    @Produces
    @Singleton
    LongSupplier nanoTime() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    Lease lease(DropSettings drop, HubSpotSettings hubspot) {
        return new Lease(
                drop.folders().directory(),
                drop.leaseTime(),
                hubspot.requestTimeout().plus(hubspot.settleTime()),
                Holder.ofThisProcess(),
                System::nanoTime);
    }

    @Produces
    @Singleton
    DurableFiles durableFiles(DropSettings drop) {
        return new DurableFiles(drop.permissions());
    }

    @Produces
    @Singleton
    Inbox inbox(DropSettings drop) {
        return new Inbox(drop, System::nanoTime);
    }

    @Produces
    @Singleton
    Claims claims(DropSettings drop, Inbox inbox, DurableFiles files, Clock clock) {
        return new Claims(drop, inbox, files, clock, version);
    }

    @Produces
    @Singleton
    Runs runs(
            Claims claims,
            DropSettings drop,
            Storage storage,
            Lease lease,
            DurableFiles files,
            HubSpotSettings hubspot,
            Turns turns,
            Clock clock) {
        Map<String, String> meaning =
                Map.of(
                        "hubspot.object-type", hubspot.objectType(),
                        "hubspot.operation", hubspot.operation().name().toLowerCase(Locale.ROOT),
                        "hubspot.id-property", hubspot.idProperty().orElse(""),
                        "drop.empty-values", drop.clearEmpty() ? "clear" : "ignore",
                        "drop.unknown-columns", drop.ignoreUnknownColumns() ? "ignore" : "refuse");
        return new Runs(
                claims,
                new Repeats(drop.folders().reports()),
                drop,
                storage,
                lease,
                files,
                meaning,
                turns,
                clock);
    }

    @Produces
    @Singleton
    Turns turns(DropSettings drop, Storage storage, LongSupplier nanoTime) {
        return new Turns(drop, storage, nanoTime);
    }

    @Produces
    @Singleton
    Storage storage(DropSettings drop) {
        return new Storage(drop, System::nanoTime);
    }

    @Produces
    @Singleton
    @Named("retention")
    Retention retention(DropSettings drop, Lease lease, Clock clock) {
        return new Retention(drop, lease, clock);
    }

    @Produces
    @Singleton
    Leftovers leftovers(DropSettings drop, Turns turns, Accounts accounts, Endings endings) {
        return new Leftovers(drop, turns, accounts, endings);
    }

    @Produces
    @Singleton
    InDoubt inDoubt(DropSettings drop, HubSpotSettings hubspot, DurableFiles files) {
        return new InDoubt(
                drop.folders().directory(), files, hubspot.settleTime(), System::nanoTime);
    }

    @Produces
    @Singleton
    Accounts accounts(DurableFiles files, Formats formats, KeptMappings mappings, Clock clock) {
        return new Accounts(files, new LaidOutOriginals(formats, mappings), clock, version);
    }

    @Produces
    @Singleton
    Keep keep(DropSettings drop, DurableFiles files) {
        return new Keep(drop.folders(), files);
    }

    @Produces
    @Singleton
    Progress progress(DropSettings drop) {
        return new Progress(drop);
    }

    @Produces
    @Singleton
    ParkedListings parkedListings(DropSettings drop) {
        return new ParkedListings(drop.parkedListings());
    }

    @Produces
    @Singleton
    UnderWay underWay() {
        return new UnderWay(System::nanoTime);
    }

    /** Camel's own metrics, of routes. */
    @Produces
    @Singleton
    @Unremovable
    MicrometerRoutePolicyFactory routeMetrics(MeterRegistry registry) {
        MicrometerRoutePolicyFactory factory = new MicrometerRoutePolicyFactory();
        factory.setMeterRegistry(registry);
        return factory;
    }
}
