package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {

    private static final SftpSettings.Limits LIMITS =
            new SftpSettings.Limits(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    100,
                    3,
                    5);

    @ParameterizedTest
    @CsvSource({
        "PT1M, 1, UNREACHABLE, PT1M",
        "PT1M, 2, UNREACHABLE, PT2M",
        "PT1M, 4, FILE, PT8M",
        "PT1M, 5, UNREACHABLE, PT10M",
        "PT1M, 1000000, UNREACHABLE, PT10M",
        "PT1S, 1, UNREACHABLE, PT1S",
        "PT1S, 1, CREDENTIALS, PT1M",
        "PT1S, 9, CREDENTIALS, PT4M16S",
        "PT1H, 1, UNREACHABLE, PT1H",
        "PT1H, 9, UNREACHABLE, PT1H"
    })
    void waitsLongerAndLongerUpToALimit(
            Duration every, int failures, SftpFault.Kind kind, Duration wait) {
        assertThat(Rhythm.wait(every, LIMITS, failures, kind)).isEqualTo(wait);
    }

    @Test
    void givesASourceUpAfterSoManyFailuresWhenItRunsOnce() {
        AtomicLong clock = new AtomicLong();
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, true, clock::get);
        rhythm.failed(SftpFault.Kind.UNREACHABLE);
        rhythm.failed(SftpFault.Kind.UNREACHABLE);
        assertThat(rhythm.isOver()).isFalse();
        rhythm.failed(SftpFault.Kind.UNREACHABLE);
        assertThat(rhythm.isMissed()).isTrue();
        clock.set(Long.MAX_VALUE / 2);
        assertThat(rhythm.isDue()).isFalse();
    }

    @Test
    void givesASourceUpAtOnceWhenAPersonHasToMendIt() {
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, true, () -> 0);
        rhythm.failed(SftpFault.Kind.HOST_KEY);
        assertThat(rhythm.isMissed()).isTrue();
    }

    @Test
    void isOverWhenNothingIsLeftAndMissesResultsOnlyAfterThat() {
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, true, () -> 0);
        rhythm.succeeded(true, false);
        assertThat(rhythm.isOver()).isFalse();
        rhythm.succeeded(false, false);
        assertThat(rhythm.isOver()).isTrue();
        rhythm.failed(SftpFault.Kind.UNREACHABLE);
        assertThat(rhythm.isMissed()).isFalse();
        rhythm.failed(SftpFault.Kind.CREDENTIALS);
        assertThat(rhythm.isMissed()).isTrue();
        assertThat(rhythm.isGivenUp()).isTrue();
    }

    @Test
    void isOverWhenOnlyFilesAreLeftThatCannotBeFetchedAndSaysSoForGood() {
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, true, () -> 0);
        rhythm.succeeded(true, true);
        assertThat(rhythm.isMissed()).isFalse();
        rhythm.succeeded(false, true);
        assertThat(rhythm.isOver()).isTrue();
        assertThat(rhythm.isMissed()).isTrue();
        rhythm.succeeded(false, false);
        rhythm.failed(SftpFault.Kind.CREDENTIALS);
        assertThat(rhythm.isMissed()).isTrue();
    }

    @Test
    void countsAVisitThatGotSomethingDoneAsTheFirstThatFails() {
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, true, () -> 0);
        for (int visit = 0; visit < 10; visit++) {
            rhythm.progressed();
            rhythm.failed(SftpFault.Kind.UNREACHABLE);
        }
        assertThat(rhythm.isOver()).isFalse();
    }

    @Test
    void neverEndsByItselfOtherwise() {
        Rhythm rhythm = new Rhythm(Duration.ofSeconds(1), LIMITS, false, () -> 0);
        rhythm.succeeded(false, true);
        for (int i = 0; i < 100; i++) {
            rhythm.failed(SftpFault.Kind.CREDENTIALS);
        }
        assertThat(rhythm.isOver()).isFalse();
        assertThat(rhythm.isGivenUp()).isFalse();
    }
}
