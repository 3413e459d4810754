package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds, by what a refusal of the whole batch says, whom it is about: by ids and trace ids where it
 * names any, else by looking its properties and values up in the batch. A pure function.
 */
final class Isolation {

    private Isolation() {}

    static Verdict of(List<Input> inputs, Body body, Reason reason) {
        List<PropertyFault> faults = PropertyFault.in(body.message(), body.problems());
        Set<Input> named = named(inputs, body);
        List<Blamed> blamed = new ArrayList<>();
        List<Input> suspects = new ArrayList<>();
        List<Input> innocent = new ArrayList<>();
        for (Input input : inputs) {
            List<Reason> own = reasons(input, faults, reason.correlationId(), inputs.size() == 1);
            if (!own.isEmpty()) {
                blamed.add(new Blamed(input, own));
            } else if (named.contains(input) || isSuspect(input, faults)) {
                suspects.add(input);
            } else {
                innocent.add(input);
            }
        }
        if (blamed.isEmpty() && suspects.isEmpty()) {
            // Nothing to go by: all of them are suspects, and halving has to find out.
            return new Verdict.Refused(List.of(), List.copyOf(inputs), List.of(), reason);
        }
        return new Verdict.Refused(blamed, suspects, innocent, reason);
    }

    private static Set<Input> named(List<Input> inputs, Body body) {
        UpdateVerdict.Sent sent = new UpdateVerdict.Sent(inputs);
        Set<Input> named = new LinkedHashSet<>();
        body.problems().forEach(problem -> named.addAll(sent.find(problem)));
        named.addAll(sent.find(new Answer.Problem("", "", "", body.ids(), List.of(), List.of())));
        return named;
    }

    /**
     * The faults that are about a property of this input, with the very value it carries; all of
     * them when it was sent alone.
     */
    private static List<Reason> reasons(
            Input input, List<PropertyFault> faults, String correlationId, boolean alone) {
        List<Reason> reasons = new ArrayList<>();
        for (PropertyFault fault : faults) {
            String value = input.properties().get(fault.property());
            if (value == null) {
                continue;
            }
            boolean sameValue = fault.value().isPresent() && fault.value().get().equals(value);
            if (sameValue || alone || fault.isAboutTheProperty()) {
                reasons.add(fault.reason(value, correlationId));
            }
        }
        return reasons;
    }

    /** A fault that tells no value may be about any update that has the property. */
    private static boolean isSuspect(Input input, List<PropertyFault> faults) {
        return faults.stream()
                .anyMatch(
                        fault ->
                                fault.value().isEmpty()
                                        && input.properties().containsKey(fault.property()));
    }
}
