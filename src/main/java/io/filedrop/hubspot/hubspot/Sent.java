package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.batch.Listing;
import io.filedrop.hubspot.hubspot.Answer.Problem;
import io.filedrop.hubspot.hubspot.Answer.Result;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The inputs of one call, and which of them a part of the answer is about. */
final class Sent {

    private final List<Input> inputs;
    private final String idProperty;
    private final Map<String, Input> byId;

    /** By other spellings and by trace ids; made when ids did not do. */
    private Map<Listing, Input> byListing;

    private Map<String, Input> byTraceId;

    Sent(List<Input> inputs) {
        this.inputs = inputs;
        this.idProperty = inputs.get(0).idProperty();
        this.byId = by(Input::id);
    }

    private <K> Map<K, Input> by(Function<Input, K> key) {
        Map<K, Input> found = new HashMap<>(2 * inputs.size());
        inputs.forEach(input -> found.put(key.apply(input), input));
        return found;
    }

    /** With an id property, {@code results[].id} is the record id, and so says nothing here. */
    Optional<Input> find(Result result) {
        String id = idProperty.isEmpty() ? result.id() : result.properties().get(idProperty);
        Input input = id == null ? null : byId(id);
        return Optional.ofNullable(input == null ? byTraceId(result.traceId()) : input);
    }

    /** One entry can be about several inputs. */
    Set<Input> find(Problem problem) {
        Set<Input> found = new LinkedHashSet<>();
        problem.traceIds().stream()
                .map(this::byTraceId)
                .filter(Objects::nonNull)
                .forEach(found::add);
        found.addAll(find(problem.ids()));
        return found;
    }

    Set<Input> find(List<String> ids) {
        Set<Input> found = new LinkedHashSet<>();
        ids.stream().map(this::byId).filter(Objects::nonNull).forEach(found::add);
        return found;
    }

    /** HubSpot answers in a spelling of its own: it lower-cases e-mail addresses, say. */
    private Input byId(String id) {
        Input input = byId.get(id);
        if (input != null) {
            return input;
        }
        if (byListing == null) {
            byListing = by(Listing::of);
        }
        return byListing.get(Listing.of(idProperty, id));
    }

    private Input byTraceId(String traceId) {
        if (byTraceId == null) {
            byTraceId = by(Input::traceId);
        }
        return byTraceId.get(traceId);
    }
}
