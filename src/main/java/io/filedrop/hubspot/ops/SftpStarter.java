package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.sftp.Pickup;
import io.filedrop.hubspot.sftp.Pickups;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterStart;

/**
 * Makes a route from the template {@code sftp} for each source, when everything else runs: no
 * server can hold back the start.
 */
@Singleton
public class SftpStarter {

    private final Pickups pickups;
    private final Command command;

    @Inject
    public SftpStarter(Pickups pickups, Command command) {
        this.pickups = pickups;
        this.command = command;
    }

    void start(@Observes AfterStart event) throws Exception {
        if (command.isCheck()) {
            return;
        }
        CamelContext camel = event.getMain().getCamelContext();
        for (Pickup pickup : pickups.all()) {
            camel.addRouteFromTemplate(
                    "sftp-" + pickup.name(),
                    "sftp",
                    "sftp-" + pickup.name() + "-",
                    Map.of("source", pickup.name(), "every", every(pickup.interval())));
        }
    }

    /** Milliseconds; the timer takes no shorter time than one. */
    static long every(Duration interval) {
        return Math.max(1, interval.toMillis());
    }
}
