package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.Storage;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** All sources that files are picked up from. */
@Singleton
@Named("pickups")
public class Pickups extends LifecycleStrategySupport {

    private final Map<String, Pickup> bySource = new LinkedHashMap<>();

    @Inject
    public Pickups(
            SftpSettings settings,
            DropSettings drop,
            DurableFiles files,
            Storage storage,
            Inbox inbox) {
        for (SftpSource source : settings.sources()) {
            bySource.put(
                    source.name(),
                    new Pickup(
                            source,
                            settings.limits(),
                            drop,
                            files,
                            storage,
                            inbox,
                            System::nanoTime));
        }
    }

    public Collection<Pickup> all() {
        return bySource.values();
    }

    /** The pickup of that source, if files of it are picked up. */
    Optional<Pickup> find(String source) {
        return Optional.ofNullable(bySource.get(source));
    }

    /**
     * Whether a program that runs once has to wait for one of them.
     *
     * @param isBlocked whether nothing leaves the inbox any more
     */
    public boolean isAnyBusy(boolean isBlocked) throws IOException {
        for (Pickup pickup : all()) {
            if (pickup.isBusy(isBlocked)) {
                return true;
            }
        }
        return false;
    }

    /** Whether files are left on a server, or may be, when the program ends now. */
    public boolean isAnyMissed() {
        return all().stream().anyMatch(Pickup::isMissed);
    }

    /** A server that hangs must not hold back the end. */
    @Override
    public void onContextStopping(CamelContext context) {
        all().forEach(Pickup::end);
    }
}
