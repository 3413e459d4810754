package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Broken;
import io.filedrop.hubspot.hubspot.Answer.Received;
import io.filedrop.hubspot.hubspot.Answer.Result;
import io.filedrop.hubspot.hubspot.Verdict.Cause;
import io.filedrop.hubspot.hubspot.Verdict.Confirmed;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an answer to a batch read that looks after inputs whose update ended unclear. A pure
 * function. An input is confirmed when HubSpot shows every value that was sent.
 */
final class ReadVerdict {

    /** Answers of HubSpot's to a read that it will never answer otherwise. */
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 422);

    private ReadVerdict() {}

    /**
     * @return {@link Verdict.Complete} with whom the read shows as confirmed and all others as not
     *     named; or why there was no such answer
     */
    static Verdict of(List<Input> inputs, Answer answer, Refusals refusals) {
        if (answer instanceof Broken broken) {
            // A read changes nothing, so it is always safe to ask again.
            return new Verdict.Later(
                    broken.why(),
                    Duration.ZERO,
                    broken.sent() ? Cause.RECORDS_PERHAPS : Cause.CALL,
                    false);
        }
        if (!(answer instanceof Received received)) {
            return Refusals.notSent(answer);
        }
        Optional<Body> body = AnswerParser.parse(received.body(), propertyNames(inputs));
        if (received.status() / 100 != 2) {
            if (REFUSALS.contains(received.status()) && body.filter(Body::isHubSpots).isPresent()) {
                if (inputs.size() > 1) {
                    return new Verdict.Later(
                            Why.READ_REFUSED.of(received.status()),
                            Duration.ZERO,
                            Cause.RECORDS_PERHAPS,
                            false);
                }
                // It will not be shown, so the update is sent again: setting a value twice is no
                // harm.
                return new Verdict.Complete(List.of(), List.of(), inputs, List.of(), false);
            }
            return refusals.ofAnyCall(received, body);
        }
        return body.filter(b -> b.status().equals("COMPLETE"))
                .map(b -> shown(inputs, b))
                .orElseGet(
                        () ->
                                new Verdict.Later(
                                        Why.READ_NOT_COMPLETE.of(),
                                        Duration.ZERO,
                                        Cause.RECORDS_PERHAPS,
                                        false));
    }

    /** Every property that was sent, and the one that tells whose values they are. */
    static Set<String> propertyNames(List<Input> inputs) {
        Set<String> names = new HashSet<>();
        inputs.forEach(input -> names.addAll(input.properties().keySet()));
        if (!inputs.get(0).idProperty().isEmpty()) {
            names.add(inputs.get(0).idProperty());
        }
        return names;
    }

    private static Verdict shown(List<Input> inputs, Body body) {
        Sent sent = new Sent(inputs);
        Map<Input, Result> results = new HashMap<>();
        body.results().forEach(result -> sent.find(result).ifPresent(i -> results.put(i, result)));
        List<Confirmed> confirmed = new ArrayList<>();
        List<Input> notShown = new ArrayList<>();
        for (Input input : inputs) {
            Result result = results.get(input);
            if (result != null && shows(result, input)) {
                confirmed.add(new Confirmed(input, false, result.id(), result.updatedAt()));
            } else {
                notShown.add(input);
            }
        }
        return new Verdict.Complete(confirmed, List.of(), notShown, List.of(), false);
    }

    private static boolean shows(Result result, Input input) {
        return input.properties().entrySet().stream()
                .allMatch(
                        property ->
                                isSame(
                                        property.getValue(),
                                        result.properties().getOrDefault(property.getKey(), "")));
    }

    /** HubSpot keeps numbers and dates in a form of its own; the value is what counts. */
    static boolean isSame(String sent, String held) {
        return sent.equals(held) || isSameNumber(sent, held) || isSameInstant(sent, held);
    }

    private static boolean isSameNumber(String sent, String held) {
        if (!looksLikeNumber(sent) || !looksLikeNumber(held)) {
            return false;
        }
        return new BigDecimal(sent).compareTo(new BigDecimal(held)) == 0;
    }

    private static boolean looksLikeNumber(String text) {
        // No exponent: 1E999999999 would be a very long number to compare. No leading zeros: 01234
        // is a postal code, and another one than 1234.
        return text.length() <= 64 && text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?");
    }

    private static boolean isSameInstant(String sent, String held) {
        Optional<Instant> a = instant(sent);
        return a.isPresent() && a.equals(instant(held));
    }

    private static Optional<Instant> instant(String text) {
        try {
            // No leading zero: that is a telephone number, and another one than without.
            if (text.matches("[1-9]\\d{10,13}")) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return Optional.of(Instant.parse(text + "T00:00:00Z"));
            }
            return text.length() > 15 && text.charAt(4) == '-'
                    ? Optional.of(OffsetDateTime.parse(text).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            // Not a time: then it is compared as text, which was done before.
            return Optional.empty();
        }
    }
}
