package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, by what a refusal of the whole batch says, whom it is about: by ids and trace ids where it
 * names any, else by looking its properties and values up in the batch. Knows nothing but the
 * inputs and the refusal. An input is blamed when the refusal can only be about it, and a suspect
 * when it may be.
 */
final class Isolation {

    private final List<Input> inputs;
    private final String correlationId;
    private final Map<Input, List<Reason>> blamed = new LinkedHashMap<>();
    private final Set<Input> suspects = new LinkedHashSet<>();

    private Isolation(List<Input> inputs, String correlationId) {
        this.inputs = inputs;
        this.correlationId = correlationId;
    }

    static Verdict of(List<Input> inputs, Body body, Reason reason) {
        Isolation isolation = new Isolation(inputs, reason.correlationId());
        isolation.followNames(body);
        PropertyFault.in(
                        body.message(),
                        body.problems().stream().filter(Answer.Problem::namesNobody).toList())
                .forEach(isolation::follow);
        return isolation.verdict(reason);
    }

    private Verdict verdict(Reason reason) {
        if (blamed.isEmpty() && suspects.isEmpty()) {
            // Nothing to go by: all of them are suspects, and halving has to find out.
            return new Verdict.Refused(List.of(), List.copyOf(inputs), List.of(), reason);
        }
        List<Blamed> atFault = new ArrayList<>();
        List<Input> maybe = new ArrayList<>();
        List<Input> innocent = new ArrayList<>();
        for (Input input : inputs) {
            List<Reason> reasons = blamed.get(input);
            if (reasons != null) {
                atFault.add(new Blamed(input, reasons.stream().distinct().toList()));
            } else {
                (suspects.contains(input) ? maybe : innocent).add(input);
            }
        }
        return new Verdict.Refused(atFault, maybe, innocent, reason);
    }

    /** Ids and trace ids, if there are any. Those of the request as a whole are of duplicates. */
    private void followNames(Body body) {
        Sent sent = new Sent(inputs);
        for (Answer.Problem problem : body.problems()) {
            sent.find(problem)
                    .forEach(
                            input ->
                                    blame(
                                            input,
                                            UpdateVerdict.reasons(input, problem, correlationId)));
        }
        suspects.addAll(sent.find(body.ids()));
    }

    /** A property and, if HubSpot tells it, its value. */
    private void follow(PropertyFault fault) {
        if (inputs.size() == 1) {
            blame(inputs.get(0), fault);
            return;
        }
        List<Input> carriers =
                inputs.stream()
                        .filter(input -> input.properties().containsKey(fault.property()))
                        .toList();
        List<Input> same =
                carriers.stream()
                        .filter(input -> fault.value().equals(value(input, fault)))
                        .toList();
        List<Input> meant =
                same.stream().filter(input -> input.id().equals(fault.recordId())).toList();
        if (fault.isAboutTheProperty()) {
            carriers.forEach(input -> blame(input, fault));
        } else if (!meant.isEmpty()) {
            meant.forEach(input -> blame(input, fault));
        } else if (same.size() == 1 || fault.isAboutTheValue() && !same.isEmpty()) {
            same.forEach(input -> blame(input, fault));
        } else if (!same.isEmpty()) {
            suspects.addAll(same);
        } else {
            suspect(carriers, fault);
        }
    }

    /** The value may stand in the text, or be a part of what was sent, an option of several say. */
    private void suspect(List<Input> carriers, PropertyFault fault) {
        List<Input> near =
                carriers.stream()
                        .filter(
                                input -> {
                                    String sent = value(input, fault).orElseThrow();
                                    return !sent.isBlank()
                                            && fault.value()
                                                    .map(sent::contains)
                                                    .orElse(fault.message().contains(sent));
                                })
                        .toList();
        suspects.addAll(near.isEmpty() ? carriers : near);
    }

    private static Optional<String> value(Input input, PropertyFault fault) {
        return Optional.ofNullable(input.properties().get(fault.property()));
    }

    private void blame(Input input, PropertyFault fault) {
        blame(input, List.of(fault.reason(value(input, fault).orElse(""), correlationId)));
    }

    private void blame(Input input, List<Reason> reasons) {
        blamed.computeIfAbsent(input, i -> new ArrayList<>()).addAll(reasons);
    }
}
