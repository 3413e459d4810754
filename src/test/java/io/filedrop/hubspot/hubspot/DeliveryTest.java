package io.filedrop.hubspot.hubspot;

import static io.filedrop.hubspot.hubspot.Samples.batch;
import static io.filedrop.hubspot.hubspot.Samples.completed;
import static io.filedrop.hubspot.hubspot.Samples.input;
import static io.filedrop.hubspot.hubspot.Samples.inputs;
import static io.filedrop.hubspot.hubspot.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.hubspot.Verdict.Confirmed;
import io.filedrop.hubspot.hubspot.Verdict.Refused;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left to do for a batch after each answer. */
class DeliveryTest {

    private static final long NOW = 1_000;
    private static final long SETTLED = 2_000;

    private static final Reason BAD_PRICE =
            new Reason("INVALID_INTEGER", "hs_price", "x", "x was not a valid number", "c");
    private static final Reason NO_WORD = new Reason("VALIDATION_ERROR", "", "", "no", "c");

    @Test
    void settlesWhomACompleteAnswerNames() {
        List<Input> inputs = inputs("1", "2");
        Delivery delivery = new Delivery(batch(inputs), NOW);

        List<Outcome> outcomes =
                delivery.answered(
                        completed(
                                List.of(new Confirmed(inputs.get(0), true, "9", "t")),
                                List.of(new Blamed(inputs.get(1), List.of(BAD_PRICE))),
                                List.of()),
                        NOW,
                        NOW,
                        SETTLED,
                        true);

        assertThat(outcomes)
                .containsExactly(
                        Outcome.confirmed(
                                inputs.get(0).rows().get(0).position(), "1", true, "9", "t"),
                        Outcome.failed(
                                inputs.get(1).rows().get(0).position(), "2", List.of(BAD_PRICE)));
        assertThat(delivery.isDone()).isTrue();
    }

    @Test
    void looksAtWhomTheAnswerDoesNotNameAndSendsThemAgain() {
        List<Input> inputs = inputs("1", "2");
        Delivery delivery = new Delivery(batch(inputs), NOW);

        delivery.answered(
                completed(List.of(), List.of(), List.of(inputs.get(1))), NOW, NOW, SETTLED, true);
        assertThat(delivery.current().read()).isTrue();
        assertThat(delivery.current().notBefore()).isEqualTo(SETTLED);
        assertThat(delivery.current().inputs()).containsExactly(inputs.get(1));

        List<Outcome> none = delivery.lookedAt(List.of(), List.of(inputs.get(1)), NOW);
        assertThat(none).isEmpty();
        assertThat(delivery.current().read()).isFalse();
        assertThat(delivery.current().attempt()).isEqualTo(2);
    }

    @Test
    void callsARecordUnknownOnlyAfterThreeSilentAnswersAndAReadThatDoesNotShowIt() {
        Input input = inputs("1").get(0);
        Delivery delivery = new Delivery(batch(List.of(input)), NOW);
        List<Outcome> outcomes = new ArrayList<>();
        for (int answer = 1; answer <= 3; answer++) {
            assertThat(outcomes).isEmpty();
            delivery.answered(
                    completed(List.of(), List.of(), List.of(input)), NOW, NOW, SETTLED, true);
            outcomes.addAll(delivery.lookedAt(List.of(), List.of(input), NOW));
        }
        assertThat(outcomes).extracting(Outcome::kind).containsExactly(Outcome.Kind.UNKNOWN);
        assertThat(outcomes.get(0).reasons()).extracting(Reason::code).containsExactly("NOT_NAMED");
        assertThat(delivery.isDone()).isTrue();
    }

    @Test
    void confirmsEveryRowOfAMergedInputAndTheCreationOnce() {
        Input merged =
                input(row(0, "1", "", "hs_price", "1"), row(4, "1", "", "hs_city", "Valencia"));
        Delivery delivery = new Delivery(batch(List.of(merged)), NOW);

        List<Outcome> outcomes =
                delivery.answered(
                        completed(
                                List.of(new Confirmed(merged, true, "1", "t")),
                                List.of(),
                                List.of()),
                        NOW,
                        NOW,
                        SETTLED,
                        true);

        assertThat(outcomes).extracting(o -> o.position().ordinal()).containsExactly(0L, 4L);
        assertThat(outcomes).extracting(Outcome::created).containsExactly(true, false);
    }

    @Test
    void sendsTheInnocentAtOnceAndThenTheSuspects() {
        List<Input> inputs = inputs("1", "2", "3", "4");
        Delivery delivery = new Delivery(batch(inputs), NOW);

        List<Outcome> outcomes =
                delivery.refused(
                        new Refused(
                                List.of(new Blamed(inputs.get(0), List.of(BAD_PRICE))),
                                List.of(inputs.get(1)),
                                List.of(inputs.get(2), inputs.get(3)),
                                NO_WORD),
                        NOW);

        assertThat(outcomes).extracting(Outcome::id).containsExactly("1");
        assertThat(rest(delivery)).containsExactly("3 4", "2");
    }

    @Test
    void takesAMergedUpdateApartAndSendsItsRowsInOrder() {
        Input merged =
                input(
                        row(0, "1", "", "hs_city", "A"),
                        row(1, "1", "", "hs_price", "x"),
                        row(2, "1", "", "hs_city", "B"));
        Input other = input(row(3, "2", "", "hs_city", "C"), row(4, "2", "", "hs_price", "x"));
        Delivery delivery = new Delivery(batch(List.of(merged, other)), NOW);

        List<Outcome> outcomes =
                delivery.refused(
                        new Refused(
                                List.of(
                                        new Blamed(merged, List.of(BAD_PRICE)),
                                        new Blamed(other, List.of(BAD_PRICE))),
                                List.of(),
                                List.of(),
                                NO_WORD),
                        NOW);

        assertThat(outcomes).extracting(o -> o.position().ordinal()).containsExactly(1L, 4L);
        assertThat(delivery.current().inputs())
                .extracting(i -> i.rows().get(0).position().ordinal())
                .containsExactly(0L, 3L);
        assertThat(rest(delivery)).containsExactly("1 2", "1");
    }

    /**
     * A server that refuses the whole batch and tells nothing at all: halving must find the bad.
     */
    @ParameterizedTest
    @CsvSource({"1, 13", "2, 26", "5, 52", "100, 199", "0, 1"})
    void findsTheBadByHalving(int bad, int mostCalls) {
        List<Input> inputs = HalvingTest.numbered(100);
        Predicate<Input> isBad =
                input -> bad > 0 && Integer.parseInt(input.id()) % (100 / bad) == 0;
        Delivery delivery = new Delivery(batch(inputs), NOW);
        Map<Outcome.Kind, Long> kinds;
        List<Outcome> outcomes = new ArrayList<>();
        int calls = 0;
        while (!delivery.isDone()) {
            calls++;
            List<Input> sent = delivery.current().inputs();
            if (sent.stream().anyMatch(isBad)) {
                outcomes.addAll(
                        delivery.refused(new Refused(List.of(), sent, List.of(), NO_WORD), NOW));
            } else {
                outcomes.addAll(confirm(delivery, NOW));
            }
        }
        kinds =
                outcomes.stream()
                        .collect(Collectors.groupingBy(Outcome::kind, Collectors.counting()));
        assertThat(kinds.getOrDefault(Outcome.Kind.FAILED, 0L)).isEqualTo(bad);
        assertThat(outcomes).hasSize(100);
        assertThat(calls).isLessThanOrEqualTo(mostCalls);
    }

    /**
     * A server that has trouble with some records and says nothing about them: everything else gets
     * through, however many they are, and each of them is left by itself.
     */
    @ParameterizedTest
    @CsvSource({"1, 45", "2, 90", "5, 200", "100, 1000"})
    void getsEverythingElseThroughWhenHubSpotFailsOnSomeRecords(int bad, int mostCalls) {
        Predicate<Input> isBad = input -> Integer.parseInt(input.id()) % (100 / bad) == 0;
        Delivery delivery = new Delivery(batch(HalvingTest.numbered(100)), NOW);
        long now = NOW;
        long lastTaken = Long.MIN_VALUE;
        List<Outcome> outcomes = new ArrayList<>();
        for (int calls = 0; calls < mostCalls; calls++) {
            Part part = delivery.current();
            now = Math.max(now, delivery.due()) + 1;
            if (part.inputs().stream().anyMatch(isBad)) {
                boolean othersTaken = lastTaken > part.since() || bad == 100;
                delivery.triedInVain(
                        false, now + 10, Why.TROUBLE.of(500), othersTaken, new Halving(5));
            } else {
                lastTaken = now;
                outcomes.addAll(confirm(delivery, now));
            }
        }
        assertThat(outcomes).hasSize(100 - bad);
        assertThat(rest(delivery)).hasSize(bad).noneMatch(part -> part.contains(" "));
    }

    /** When HubSpot is away altogether, a batch does not become a hundred calls. */
    @Test
    void staysTogetherMoreOrLessWhileNothingIsTaken() {
        Delivery delivery = new Delivery(batch(HalvingTest.numbered(100)), NOW);
        for (int calls = 0; calls < 10_000; calls++) {
            delivery.triedInVain(false, NOW, Why.TROUBLE.of(503), false, new Halving(5));
        }
        assertThat(rest(delivery)).hasSize(8);
    }

    /** The next row of the same listing waits, whatever goes ahead. */
    @Test
    void letsNoRowGoAheadOfAnEarlierOneOfTheSameListing() {
        Input merged =
                input(
                        row(0, "1", "", "hs_city", "A"),
                        row(1, "1", "", "hs_price", "x"),
                        row(2, "1", "", "hs_city", "B"));
        Input other = inputs("5").get(0);
        Delivery delivery = new Delivery(batch(List.of(merged, other)), NOW);
        delivery.refused(
                new Refused(
                        List.of(new Blamed(merged, List.of(BAD_PRICE))),
                        List.of(other),
                        List.of(),
                        NO_WORD),
                NOW);
        delivery.triedInVain(false, NOW, Why.TROUBLE.of(500), true, new Halving(5));
        assertThat(delivery.current().inputs().get(0).properties())
                .as("the other listing is behind both rows")
                .containsEntry("hs_city", "A");
        delivery.triedInVain(false, NOW, Why.TROUBLE.of(500), true, new Halving(5));
        assertThat(delivery.current().inputs().get(0).properties())
                .as("the first row is still the first")
                .containsEntry("hs_city", "A");
        confirm(delivery, NOW);
        assertThat(delivery.current().inputs().get(0).properties()).containsEntry("hs_city", "B");
        confirm(delivery, NOW);
        assertThat(rest(delivery)).containsExactly("5");
    }

    /** One that waits for a minute holds back nothing that is due before. */
    @Test
    void goesOnWithWhatIsDueFirst() {
        List<Input> inputs = inputs("1", "2", "3", "4");
        Delivery delivery = new Delivery(batch(inputs), NOW);
        delivery.refused(
                new Refused(List.of(), inputs.subList(0, 2), inputs.subList(2, 4), NO_WORD), NOW);
        delivery.triedInVain(false, NOW + 60_000, Why.TROUBLE.of(500), true, new Halving(9));
        delivery.triedInVain(false, NOW + 500, Why.TROUBLE.of(500), true, new Halving(9));
        assertThat(delivery.due()).as("as they were put back").isEqualTo(NOW + 60_000);
        delivery.takeTurns();
        assertThat(delivery.due()).isEqualTo(NOW + 500);
        assertThat(rest(delivery)).containsExactly("1 2", "3 4");
    }

    /** The next row of a listing is due, and waits all the same for the one before it. */
    @Test
    void takesNoTurnBeforeAnEarlierRowOfTheSameListing() {
        Delivery delivery = twoRowsOfOneListing();
        delivery.triedInVain(false, NOW + 60_000, Why.TROUBLE.of(500), true, new Halving(9));
        delivery.takeTurns();
        assertThat(delivery.current().inputs().get(0).properties()).containsEntry("hs_city", "A");
    }

    @Test
    void looksAtBothHalvesBeforeTheyAreSentAgain() {
        Delivery delivery = new Delivery(batch(inputs("1", "2", "3")), NOW);
        for (int calls = 0; calls < 5; calls++) {
            delivery.triedInVain(true, SETTLED, Why.NO_STATUS.of(200), true, new Halving(5));
            assertThat(delivery.current().read()).isTrue();
            assertThat(delivery.due()).isEqualTo(SETTLED);
        }
        assertThat(delivery.current().inputs()).extracting(Input::id).containsExactly("1");
        delivery.lookedAt(List.of(), delivery.current().inputs(), NOW);
        assertThat(delivery.current().read()).isTrue();
        assertThat(delivery.current().inputs()).extracting(Input::id).containsExactly("2", "3");
    }

    private static List<Outcome> confirm(Delivery delivery, long now) {
        List<Confirmed> proofs =
                delivery.current().inputs().stream()
                        .map(input -> new Confirmed(input, false, input.id(), ""))
                        .toList();
        return delivery.answered(completed(proofs, List.of(), List.of()), now, now, SETTLED, true);
    }

    @Test
    void sendsAgainInAWhileWhomHubSpotCouldNotTakeJustNow() {
        List<Input> inputs = inputs("1", "2");
        Delivery delivery = new Delivery(batch(inputs), NOW);
        for (int answer = 0; answer < 5; answer++) {
            delivery.answered(
                    new Verdict.Complete(List.of(), List.of(), List.of(), inputs, false),
                    NOW,
                    NOW + 7,
                    SETTLED,
                    true);
            assertThat(delivery.current().read()).as("it said that it did not").isFalse();
            assertThat(delivery.current().notBefore()).isEqualTo(NOW + 7);
            assertThat(delivery.current().inputs()).isEqualTo(inputs);
        }
    }

    @Test
    void neverCallsARecordUnknownThatCannotBeLookedAt() {
        Input input = inputs("1").get(0);
        Delivery delivery = new Delivery(batch(List.of(input)), NOW);
        for (int answer = 0; answer < 5; answer++) {
            List<Outcome> outcomes =
                    delivery.answered(
                            completed(List.of(), List.of(), List.of(input)),
                            NOW,
                            NOW,
                            SETTLED,
                            false);
            assertThat(outcomes).isEmpty();
            assertThat(delivery.current().read()).isFalse();
            assertThat(delivery.current().notBefore()).isEqualTo(SETTLED);
        }
    }

    @Test
    void sendsThoseOneByOneWhomAnErrorMayBeAboutThatNamesNobody() {
        List<Input> inputs = inputs("1", "2", "3");
        Delivery delivery = new Delivery(batch(inputs), NOW);
        delivery.answered(
                new Verdict.Complete(
                        List.of(new Confirmed(inputs.get(0), false, "1", "")),
                        List.of(),
                        inputs.subList(1, 3),
                        List.of(),
                        true),
                NOW,
                NOW,
                SETTLED,
                true);
        delivery.lookedAt(List.of(), inputs.subList(1, 3), NOW);
        assertThat(rest(delivery)).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void letsNoRowOvertakeAnEarlierOneThatMayStillArrive() {
        Delivery delivery = twoRowsOfOneListing();
        // The first row's attempt may still arrive; the same values may come twice …
        delivery.mayArriveUntil(SETTLED);
        delivery.postpone(NOW + 1, Why.TROUBLE.of(503));
        assertThat(delivery.due()).isEqualTo(NOW + 1);
        delivery.answered(
                completed(
                        List.of(new Confirmed(delivery.current().inputs().get(0), false, "1", "")),
                        List.of(),
                        List.of()),
                NOW,
                NOW,
                SETTLED,
                true);
        // … but nothing newer goes out before that.
        assertThat(delivery.current().inputs().get(0).properties()).containsEntry("hs_city", "B");
        assertThat(delivery.due()).isEqualTo(SETTLED);
    }

    @Test
    void remembersTheLatestEndOfAnAttemptThatMayArrive() {
        Delivery delivery = new Delivery(batch(inputs("1")), NOW);
        assertThat(delivery.holdUntil()).isEmpty();
        delivery.mayArriveUntil(20);
        delivery.mayArriveUntil(10);
        assertThat(delivery.holdUntil()).hasValue(20);
    }

    /** Rows 0 and 2 of a listing are to be sent one after the other, row 1 has failed. */
    private static Delivery twoRowsOfOneListing() {
        Input merged =
                input(
                        row(0, "1", "", "hs_city", "A"),
                        row(1, "1", "", "hs_price", "x"),
                        row(2, "1", "", "hs_city", "B"));
        Delivery delivery = new Delivery(batch(List.of(merged)), NOW);
        delivery.refused(
                new Refused(
                        List.of(new Blamed(merged, List.of(BAD_PRICE))),
                        List.of(),
                        List.of(),
                        NO_WORD),
                NOW);
        return delivery;
    }

    private static List<String> rest(Delivery delivery) {
        List<String> rest = new ArrayList<>();
        while (!delivery.isDone()) {
            List<Input> sent = delivery.current().inputs();
            rest.add(sent.stream().map(Input::id).collect(Collectors.joining(" ")));
            delivery.allRefused(NO_WORD);
        }
        return rest;
    }
}
