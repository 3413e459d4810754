package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.filedrop.hubspot.batch.Input;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bodies of the calls, as HubSpot's batch endpoints describe them. */
public final class Requests {

    private Requests() {}

    /**
     * The request body of batch update and batch upsert: HubSpot's {@code
     * SimplePublicObjectBatchInput}s. Writes itself, name by name, because that is what a run does
     * most: through Jackson's beans it took a quarter more.
     */
    @RegisterForReflection
    public record UpdateRequest(List<Input> inputs) implements JsonSerializable {

        private static final SerializableString ID = new SerializedString("id");
        private static final SerializableString ID_PROPERTY = new SerializedString("idProperty");
        private static final SerializableString TRACE_ID =
                new SerializedString("objectWriteTraceId");
        private static final SerializableString PROPERTIES = new SerializedString("properties");

        @Override
        public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
            // The same few names in every input.
            Map<String, SerializableString> names = new HashMap<>();
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            for (Input input : inputs) {
                write(input, json, names);
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private static void write(
                Input input, JsonGenerator json, Map<String, SerializableString> names)
                throws IOException {
            json.writeStartObject();
            json.writeFieldName(ID);
            json.writeString(input.id());
            if (!input.idProperty().isEmpty()) {
                json.writeFieldName(ID_PROPERTY);
                json.writeString(input.idProperty());
            }
            json.writeFieldName(TRACE_ID);
            json.writeString(input.traceId());
            json.writeFieldName(PROPERTIES);
            json.writeStartObject();
            if (!input.idProperty().isEmpty()) {
                // Sent along, so that the answer names the record by it for certain.
                json.writeFieldName(input.idProperty());
                json.writeString(input.id());
            }
            for (Map.Entry<String, String> property : input.properties().entrySet()) {
                if (!property.getKey().equals(input.idProperty())) {
                    json.writeFieldName(
                            names.computeIfAbsent(property.getKey(), SerializedString::new));
                    json.writeString(property.getValue());
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        }

        @Override
        public void serializeWithType(
                JsonGenerator json, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(json, provider);
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
