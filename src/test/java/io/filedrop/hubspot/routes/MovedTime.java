package io.filedrop.hubspot.routes;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The monotonic time of a test, that goes with its clock. */
@Alternative
@Singleton
public class MovedTime implements LongSupplier {

    private final MovedClock clock;

    @Inject
    MovedTime(MovedClock clock) {
        this.clock = clock;
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() + Duration.between(Instant.now(), clock.instant()).toNanos();
    }
}
