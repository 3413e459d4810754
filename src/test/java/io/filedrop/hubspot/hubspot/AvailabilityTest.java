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
        assertThat(availability.failed("503")).isZero();
        pass(Duration.ofHours(3));
        assertThat(availability.failed("502")).isEqualTo(Duration.ofHours(3));
        assertThat(availability.trouble()).contains("502");
        availability.works();
        assertThat(availability.trouble()).isEmpty();
        assertThat(availability.failed("503")).isZero();
    }

    @Test
    void takesAUsedUpQuotaForNoOutage() {
        availability.failed("503");
        availability.waits("the daily limit is used up");
        pass(Duration.ofHours(23));
        assertThat(availability.trouble()).contains("the daily limit is used up");
        assertThat(availability.failed("503")).isZero();
    }

    @Test
    void needsAPersonUntilSomethingWorks() {
        availability.failed("no scope");
        assertThat(availability.toMend()).isEmpty();
        availability.needsAPerson();
        assertThat(availability.toMend()).contains("no scope");
        availability.works();
        assertThat(availability.toMend()).isEmpty();
    }

    @Test
    void saysTheSameNotTooOften() {
        assertThat(availability.isNews("a")).isTrue();
        assertThat(availability.isNews("a")).isFalse();
        assertThat(availability.isNews("b")).isTrue();
        pass(Duration.ofSeconds(31));
        assertThat(availability.isNews("b")).isTrue();
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

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
