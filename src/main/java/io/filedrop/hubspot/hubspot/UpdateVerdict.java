package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Broken;
import io.filedrop.hubspot.hubspot.Answer.Problem;
import io.filedrop.hubspot.hubspot.Answer.Received;
import io.filedrop.hubspot.hubspot.Answer.Result;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.hubspot.Verdict.Confirmed;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an answer to a batch update or upsert. A pure function: it knows the inputs that were sent
 * and the answer, and nothing else. Only a record that a complete answer names is settled; whatever
 * is not proof is unclear.
 */
final class UpdateVerdict {

    /** Categories of an error entry that may be gone at the next attempt. */
    private static final Set<String> PASSING =
            Set.of(
                    "RATE_LIMITS",
                    "RATE_LIMIT",
                    "INTERNAL_ERROR",
                    "INTERNAL_SERVER_ERROR",
                    "SERVICE_UNAVAILABLE",
                    "GATEWAY_TIMEOUT",
                    "SERVER_ERROR",
                    "TIMEOUT",
                    "LOCKED");

    private UpdateVerdict() {}

    static Verdict of(List<Input> inputs, Answer answer, Refusals refusals) {
        if (answer instanceof Broken broken) {
            return Refusals.broken(broken);
        }
        if (!(answer instanceof Received received)) {
            return Refusals.notSent(answer);
        }
        Optional<Body> body = AnswerParser.parse(received.body(), idProperties(inputs));
        if (received.status() / 100 == 2) {
            return body.map(b -> complete(inputs, b, received))
                    .orElseGet(() -> new Verdict.Unclear(Why.NOT_ITS_OWN.of(received.status())));
        }
        return refusals.of(inputs, received, body);
    }

    private static Set<String> idProperties(List<Input> inputs) {
        String idProperty = inputs.get(0).idProperty();
        return idProperty.isEmpty() ? Set.of() : Set.of(idProperty);
    }

    private static Verdict complete(List<Input> inputs, Body body, Received received) {
        if (!body.status().equals("COMPLETE")) {
            return new Verdict.Unclear(
                    body.status().isEmpty()
                            ? Why.NO_STATUS.of(received.status())
                            : Why.NOT_COMPLETE.of(received.status(), body.status()));
        }
        Sent sent = new Sent(inputs);
        Map<Input, Confirmed> confirmed = new LinkedHashMap<>();
        for (Result result : body.results()) {
            sent.find(result)
                    .ifPresent(
                            input ->
                                    confirmed.put(
                                            input,
                                            new Confirmed(
                                                    input,
                                                    result.created(),
                                                    result.id(),
                                                    result.updatedAt())));
        }
        Map<Input, List<Reason>> failed = new LinkedHashMap<>();
        Set<Input> putOff = new HashSet<>();
        boolean blamesNobody = false;
        String correlationId = correlationId(body, received);
        for (Problem problem : body.problems()) {
            boolean passing = PASSING.contains(problem.category());
            Collection<Input> about = sent.find(problem);
            if (problem.namesNobody()) {
                blamesNobody |= !passing;
                // Whoever is not named elsewhere may be meant; one that was sent alone must be.
                about = passing || inputs.size() == 1 ? inputs : List.of();
            }
            for (Input input : about) {
                if (passing) {
                    putOff.add(input);
                } else {
                    failed.computeIfAbsent(input, i -> new ArrayList<>())
                            .addAll(reasons(input, problem, correlationId));
                }
            }
        }
        return sort(inputs, confirmed, failed, putOff, blamesNobody);
    }

    /** Whoever stands on both sides of the answer, or on neither, is not named. */
    private static Verdict sort(
            List<Input> inputs,
            Map<Input, Confirmed> confirmed,
            Map<Input, List<Reason>> failed,
            Set<Input> putOff,
            boolean blamesNobody) {
        List<Confirmed> written = new ArrayList<>(inputs.size());
        List<Blamed> blamed = new ArrayList<>();
        List<Input> notNamed = new ArrayList<>();
        List<Input> notNow = new ArrayList<>();
        for (Input input : inputs) {
            Confirmed proof = confirmed.get(input);
            List<Reason> reasons = failed.get(input);
            if (proof != null && reasons == null) {
                written.add(proof);
            } else if (proof == null && reasons != null) {
                blamed.add(new Blamed(input, reasons));
            } else if (proof == null && putOff.contains(input)) {
                notNow.add(input);
            } else {
                notNamed.add(input);
            }
        }
        return new Verdict.Complete(written, blamed, notNamed, notNow, blamesNobody);
    }

    static List<Reason> reasons(Input input, Problem problem, String correlationId) {
        List<PropertyFault> faults = PropertyFault.in(problem.message(), List.of(problem));
        if (faults.isEmpty()) {
            String code =
                    !problem.code().isEmpty()
                            ? problem.code()
                            : !problem.category().isEmpty()
                                    ? problem.category()
                                    : Code.REFUSED.name();
            return List.of(new Reason(code, "", "", problem.message(), correlationId));
        }
        return faults.stream()
                .map(
                        fault ->
                                fault.reason(
                                        input.properties().getOrDefault(fault.property(), ""),
                                        correlationId))
                .toList();
    }

    static String correlationId(Body body, Received received) {
        return body.correlationId().isEmpty()
                ? received.headers().correlationId()
                : body.correlationId();
    }
}
