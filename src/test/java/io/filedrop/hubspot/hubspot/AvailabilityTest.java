package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is known of HubSpot from the last answers. */
class AvailabilityTest {

    private final AtomicLong clock = new AtomicLong();
    private final Availability availability = new Availability(clock::get, Duration.ofMinutes(15));

    @Test
    void measuresAnOutageFromItsFirstFailureToTheNextAnswer() {
        assertThat(availability.failed(Why.TROUBLE.of(503))).isZero();
        pass(Duration.ofHours(3));
        assertThat(availability.failed(Why.TROUBLE.of(502))).isEqualTo(Duration.ofHours(3));
        assertThat(availability.trouble()).contains(Why.TROUBLE.of(502));
        availability.works();
        assertThat(availability.trouble()).isEmpty();
        assertThat(availability.failed(Why.TROUBLE.of(503))).isZero();
    }

    @Test
    void takesAUsedUpQuotaForNoOutage() {
        availability.failed(Why.TROUBLE.of(503));
        availability.waits(Why.DAILY_LIMIT.of());
        pass(Duration.ofHours(23));
        assertThat(availability.trouble()).contains(Why.DAILY_LIMIT.of());
        assertThat(availability.failed(Why.TROUBLE.of(503))).isZero();
    }

    @Test
    void needsAPersonUntilSomethingWorks() {
        availability.failed(Why.SCOPE_MISSING.of(403, "", "x"));
        assertThat(availability.toMend()).isEmpty();
        availability.needsAPerson();
        assertThat(availability.toMend()).contains(Why.SCOPE_MISSING.of(403, "", "x"));
        availability.works();
        assertThat(availability.toMend()).isEmpty();
    }

    @Test
    void saysTheSameNotTooOften() {
        assertThat(availability.isNews(Why.TROUBLE.of(500))).isTrue();
        assertThat(availability.isNews(Why.TROUBLE.of(500))).isFalse();
        assertThat(availability.isNews(Why.TROUBLE.of(503))).isTrue();
        pass(Duration.ofSeconds(31));
        assertThat(availability.isNews(Why.TROUBLE.of(503))).isTrue();
    }

    @Test
    void triesToReadAgainWithAnotherToken() {
        assertThat(availability.canRead(1)).isTrue();
        assertThat(availability.cannotRead(1)).isTrue();
        assertThat(availability.cannotRead(1)).isFalse();
        assertThat(availability.canRead(1)).isFalse();
        assertThat(availability.canRead(2)).isTrue();
        pass(Duration.ofMinutes(15));
        assertThat(availability.canRead(1)).isTrue();
        assertThat(availability.cannotRead(1)).as("said once").isFalse();
    }

    @Test
    void tellsWhetherRecordsWereTakenSinceThen() {
        assertThat(availability.tookRecordsSince(clock.get())).isFalse();
        pass(Duration.ofSeconds(1));
        availability.works();
        assertThat(availability.tookRecordsSince(0)).as("a read takes none").isFalse();
        availability.tookRecords();
        assertThat(availability.tookRecordsSince(0)).isTrue();
        assertThat(availability.tookRecordsSince(clock.get())).isFalse();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
