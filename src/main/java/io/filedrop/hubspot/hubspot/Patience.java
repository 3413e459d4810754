package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.WhyParked;
import io.filedrop.hubspot.run.Words;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jboss.logging.Logger;

/** How long a run keeps trying, and until when it stops when that was too long. */
@Singleton
class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class);

    private final HubSpotSettings settings;
    private final Availability availability;
    private final Clock clock;

    @Inject
    Patience(HubSpotSettings settings, Availability availability, Clock clock) {
        this.settings = settings;
        this.availability = availability;
        this.clock = clock;
    }

    /**
     * A call was not taken.
     *
     * @param part what it was for
     * @param wait until the next one
     */
    void notTaken(Part part, Sentence why, Duration wait, Delivery delivery, Run run) {
        Duration everywhere = availability.failed(why);
        if (availability.isNews(why)) {
            LOG.warnf("%s; next attempt in %s.", why, Words.duration(wait));
        }
        stopAtDeadline(everywhere, WhyParked.AWAY.of(Words.duration(everywhere), why), run);
        nothingSettled(part, why, delivery, run);
    }

    /** An answer that settles nothing, again and again, is a doubt that ends at the deadline. */
    void nothingSettled(Part part, Sentence why, Delivery delivery, Run run) {
        Duration here = delivery.inTrouble(System.nanoTime());
        stopAtDeadline(here, WhyParked.NOT_TAKEN.of(part.places(), Words.duration(here), why), run);
    }

    private void stopAtDeadline(Duration away, Sentence why, Run run) {
        if (away.compareTo(settings.outageDeadline()) >= 0) {
            stopForAWhile(why, run);
        }
    }

    /** Until the next start, or until calls are tried again. */
    void stopForAWhile(Sentence why, Run run) {
        run.stop(new Run.Stop(why, clock.instant().plus(settings.waits().parked())));
    }

    /**
     * Until the daily quota starts again. Just after it should have, a clock may be wrong by a
     * little: that costs a while, and not another day.
     */
    void stopUntilMidnight(Sentence why, Run run) {
        ZonedDateTime now = clock.instant().atZone(settings.timeZone());
        if (now.getHour() == 0) {
            stopForAWhile(why, run);
            return;
        }
        Instant midnight =
                now.toLocalDate().plusDays(1).atStartOfDay(settings.timeZone()).toInstant();
        run.stop(new Run.Stop(why, midnight));
    }
}
