package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final AtomicLong clock = new AtomicLong();
    private final Arrivals arrivals =
            new Arrivals(
                    "madrid",
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    1000,
                    new SftpSettings.Limits(
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            100,
                            3,
                            5),
                    clock::get);

    private void list(String... names) {
        arrivals.begin();
        for (String name : names) {
            arrivals.add(new SftpConnection.Entry(name, 5, 1_700_000_000, true, false));
        }
    }

    /** A program that runs once must not end because its first visit took long. */
    @Test
    void settlesNothingByTheTimeThatAVisitTakes() {
        list("feed.csv");
        assertThat(arrivals.ready()).isEmpty();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(arrivals.isAnyExpected()).isTrue();

        list("feed.csv");
        assertThat(arrivals.ready()).hasSize(1);
        assertThat(arrivals.isAnyExpected()).isFalse();
    }

    @Test
    void waitsForNothingThatIsNeverTaken() {
        list("x.part", "../x", ".hidden");
        arrivals.add(new SftpConnection.Entry("huge.csv", 1001, 1_700_000_000, true, false));
        assertThat(arrivals.ready()).isEmpty();
        assertThat(arrivals.isAnyExpected()).isFalse();
    }

    @Test
    void leavesWhatSomebodyMayWaitForAndNotWhatIsNeverTaken() {
        list("x.part", ".hidden", "Thumbs.db", "feed.csv");
        arrivals.add(new SftpConnection.Entry("link.csv", 5, 1_700_000_000, false, false));
        arrivals.add(new SftpConnection.Entry("huge.part", 1001, 1_700_000_000, true, false));
        arrivals.add(new SftpConnection.Entry("done", 5, 1_700_000_000, false, true));
        assertThat(arrivals.isAnyLeft()).isFalse();

        list("a\\b.csv");
        assertThat(arrivals.isAnyLeft()).isTrue();
        list("feed.csv");
        assertThat(arrivals.isAnyLeft()).as("it is gone").isFalse();
        arrivals.add(new SftpConnection.Entry("huge.csv", 1001, 1_700_000_000, true, false));
        assertThat(arrivals.isAnyLeft()).isTrue();
        list(IntStream.rangeClosed(0, 100).mapToObj(i -> i + ".csv").toArray(String[]::new));
        assertThat(arrivals.isAnyLeft()).as("more than are looked at").isTrue();
    }

    @Test
    void fetchesTheLargestThatIsAllowed() {
        for (int look = 0; look < 2; look++) {
            arrivals.begin();
            arrivals.add(new SftpConnection.Entry("a.csv", 1000, 1_700_000_000, true, false));
            arrivals.add(new SftpConnection.Entry("b.csv", 1001, 1_600_000_000, true, false));
            arrivals.ready();
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertThat(arrivals.ready()).extracting(RemoteFile::name).containsExactly("a.csv");
    }

    /** However many fail one after the other, newer ones wait no longer than for one. */
    @Test
    void holdsNewerOnesBackForSoManyVisitsAndIsPatientAgainLater() {
        for (int visit = 0; visit < 3; visit++) {
            assertThat(namesReady("a", "b", "c")).first().isEqualTo("a");
            fail("a");
            assertThat(arrivals.isHoldingBack()).as("visit %s", visit).isTrue();
            assertThat(arrivals.isAnyExpected()).isTrue();
        }
        for (int visit = 0; visit < 3; visit++) {
            assertThat(namesReady("a", "b", "c")).containsExactly("b", "c");
            fail("b");
            assertThat(arrivals.isHoldingBack()).as("visit %s", visit).isFalse();
            assertThat(arrivals.isAnyExpected()).isEqualTo(visit < 2);
        }
        assertThat(namesReady("a", "b", "c")).containsExactly("c");
        fail("c");
        assertThat(arrivals.isHoldingBack()).isTrue();
        assertThat(arrivals.failures()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void triesAFileThatIsHopelessNowAndThenAfterTheOthers() {
        for (int visit = 0; visit < 3; visit++) {
            namesReady("a", "b");
            fail("a");
        }
        assertThat(namesReady("a", "b")).containsExactly("b");
        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        assertThat(namesReady("a", "b")).containsExactly("b", "a");
        fail("a");
        assertThat(arrivals.isHoldingBack()).isFalse();
        assertThat(namesReady("a", "b")).containsExactly("b");
    }

    private List<String> namesReady(String... names) {
        list(names);
        arrivals.ready();
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        return arrivals.ready().stream().map(RemoteFile::name).toList();
    }

    private void fail(String name) {
        arrivals.failed(new RemoteFile(name, 5, 1_700_000_000), name + " is not fetched.");
    }
}
