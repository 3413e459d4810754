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

/** The inputs of one call, and which of them a part of the answer is about. */
final class Sent {

    private final Map<String, Input> byId;
    private final Map<Listing, Input> byListing;
    private final Map<String, Input> byTraceId;
    private final String idProperty;

    Sent(List<Input> inputs) {
        this.idProperty = inputs.get(0).idProperty();
        int room = 2 * inputs.size();
        this.byId = new HashMap<>(room);
        this.byListing = new HashMap<>(room);
        this.byTraceId = new HashMap<>(room);
        for (Input input : inputs) {
            byId.put(input.id(), input);
            byListing.put(Listing.of(input), input);
            byTraceId.put(input.traceId(), input);
        }
    }

    /** With an id property, {@code results[].id} is the record id, and so says nothing here. */
    Optional<Input> find(Result result) {
        String id = idProperty.isEmpty() ? result.id() : result.properties().get(idProperty);
        Input input = id == null ? null : byId(id);
        return Optional.ofNullable(input == null ? byTraceId.get(result.traceId()) : input);
    }

    /** One entry can be about several inputs. */
    Set<Input> find(Problem problem) {
        Set<Input> found = new LinkedHashSet<>();
        problem.traceIds().stream()
                .map(byTraceId::get)
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
        return input == null ? byListing.get(Listing.of(idProperty, id)) : input;
    }
}
