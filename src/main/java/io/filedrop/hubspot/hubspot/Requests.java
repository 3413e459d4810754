package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.filedrop.hubspot.batch.Input;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bodies of the calls, as HubSpot's batch endpoints describe them. */
public final class Requests {

    private Requests() {}

    /** The request body of batch update and batch upsert. */
    @RegisterForReflection
    public record UpdateRequest(List<Item> inputs) {

        /** HubSpot's {@code SimplePublicObjectBatchInput}; without id property, no such field. */
        @RegisterForReflection
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Item(
                String id,
                String idProperty,
                String objectWriteTraceId,
                Map<String, String> properties) {}

        static UpdateRequest of(List<Input> inputs) {
            return new UpdateRequest(inputs.stream().map(UpdateRequest::item).toList());
        }

        private static Item item(Input input) {
            if (input.idProperty().isEmpty()) {
                return new Item(input.id(), null, input.traceId(), input.properties());
            }
            // Sent along, so that the answer names the record by it for certain.
            Map<String, String> properties = new HashMap<>(input.properties());
            properties.put(input.idProperty(), input.id());
            return new Item(input.id(), input.idProperty(), input.traceId(), properties);
        }
    }

    /** The request body of batch read. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReadRequest(List<Item> inputs, List<String> properties, String idProperty) {

        /** One record to be read. */
        @RegisterForReflection
        public record Item(String id) {}

        static ReadRequest of(List<Input> inputs) {
            String idProperty = inputs.get(0).idProperty();
            return new ReadRequest(
                    inputs.stream().map(input -> new Item(input.id())).toList(),
                    ReadVerdict.propertyNames(inputs).stream().sorted().toList(),
                    idProperty.isEmpty() ? null : idProperty);
        }
    }
}
