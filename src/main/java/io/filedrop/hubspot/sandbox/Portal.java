package io.filedrop.hubspot.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The sandbox's records, in memory, and what HubSpot's batch endpoints do with them. Not safe for
 * use by several threads at once; the sandbox calls it from one.
 */
final class Portal {

    private final SandboxSettings settings;
    private final Random random;

    /** Properties by the key that the sender used: a record id, or a unique value. */
    private final Map<String, Map<String, String>> records = new LinkedHashMap<>();

    private final Map<String, List<Map<String, String>>> writes = new HashMap<>();
    private final Map<String, String> recordIds = new HashMap<>();

    /** A status and a body. */
    record Reply(int status, ObjectNode body) {}

    Portal(SandboxSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    Map<String, Map<String, String>> records() {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        records.forEach((key, properties) -> copy.put(key, new LinkedHashMap<>(properties)));
        return copy;
    }

    List<Map<String, String>> writes(String key) {
        return List.copyOf(writes.getOrDefault(key, List.of()));
    }

    /** Batch update and batch upsert. Nothing is written when the whole batch is refused. */
    Reply write(JsonNode body, boolean upsert, boolean errorsIn200) {
        if (!body.path("inputs").isArray()) {
            return new Reply(200, Bodies.batch("COMPLETE"));
        }
        List<JsonNode> inputs = new ArrayList<>();
        body.get("inputs").forEach(inputs::add);
        Reply refusal = refusalOfAll(inputs);
        if (refusal != null) {
            return refusal;
        }
        Map<Integer, List<Schema.Wrong>> wrong = wrong(inputs);
        if (!wrong.isEmpty() && !(settings.perRecord() && haveTraceIds(inputs))) {
            List<Schema.Wrong> all = new ArrayList<>();
            wrong.values().forEach(all::addAll);
            return new Reply(400, Bodies.refusal(settings.oneHint() ? all.subList(0, 1) : all));
        }
        return apply(inputs, wrong, upsert, errorsIn200);
    }

    private Reply apply(
            List<JsonNode> inputs,
            Map<Integer, List<Schema.Wrong>> wrong,
            boolean upsert,
            boolean errorsIn200) {
        List<ObjectNode> results = new ArrayList<>();
        List<ObjectNode> errors = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> missingTraces = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            JsonNode input = inputs.get(i);
            String id = input.path("id").asText();
            String trace = input.path("objectWriteTraceId").asText();
            boolean byProperty = input.hasNonNull("idProperty");
            if (wrong.containsKey(i)) {
                ObjectNode entry = Bodies.error(Bodies.notValid(wrong.get(i)), "VALIDATION_ERROR");
                entry.putObject("context").putArray("objectWriteTraceId").add(trace);
                errors.add(entry);
            } else if (!upsert && !exists(id, byProperty)) {
                missing.add(id);
                missingTraces.add(trace);
            } else if (!settings.merged().contains(id)) {
                results.add(set(input, id, byProperty, upsert));
            }
        }
        if (!missing.isEmpty()) {
            errors.add(Bodies.notFound(missing, missingTraces));
        }
        Collections.shuffle(results, random);
        ObjectNode answer = Bodies.batch("COMPLETE");
        answer.putArray("results").addAll(results);
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size());
            answer.putArray("errors").addAll(errors);
        }
        return new Reply(errors.isEmpty() || errorsIn200 ? 200 : 207, answer);
    }

    private boolean exists(String id, boolean byProperty) {
        return byProperty ? !id.startsWith("missing") : settings.exists().test(id);
    }

    private ObjectNode set(JsonNode input, String id, boolean byProperty, boolean upsert) {
        Map<String, String> properties = new LinkedHashMap<>();
        input.get("properties")
                .properties()
                .forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
        boolean created = upsert && !records.containsKey(id);
        records.computeIfAbsent(id, k -> new LinkedHashMap<>()).putAll(properties);
        writes.computeIfAbsent(id, k -> new ArrayList<>()).add(properties);
        ObjectNode result = shown(id, byProperty, properties);
        if (byProperty) {
            ((ObjectNode) result.get("properties")).put(input.get("idProperty").asText(), id);
        }
        if (upsert) {
            result.put("new", created);
        }
        return result;
    }

    private ObjectNode shown(String id, boolean byProperty, Map<String, String> properties) {
        String recordId =
                byProperty
                        ? recordIds.computeIfAbsent(id, k -> "" + (9_000_000L + recordIds.size()))
                        : id;
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("id", recordId);
        ObjectNode values = result.putObject("properties");
        properties.forEach(values::put);
        values.put("hs_object_id", recordId);
        values.put("hs_createdate", "2024-01-01T09:12:17Z");
        values.put("hs_lastmodifieddate", Bodies.now());
        result.put("createdAt", "2024-01-01T09:12:17Z");
        result.put("updatedAt", Bodies.now());
        result.put("archived", false);
        result.put("url", "https://app.hubspot.com/contacts/1/record/0-420/" + recordId);
        return result;
    }

    /** Batch read. */
    Reply read(JsonNode body) {
        String idProperty = body.path("idProperty").asText("");
        List<String> missing = new ArrayList<>();
        ObjectNode answer = Bodies.batch("COMPLETE");
        for (JsonNode input : body.path("inputs")) {
            String id = input.path("id").asText();
            if (!exists(id, !idProperty.isEmpty()) || settings.merged().contains(id)) {
                missing.add(id);
                continue;
            }
            Map<String, String> held = records.getOrDefault(id, Map.of());
            Map<String, String> asked = new LinkedHashMap<>();
            body.path("properties").forEach(p -> asked.put(p.asText(), held.get(p.asText())));
            ObjectNode result = shown(id, !idProperty.isEmpty(), asked);
            if (!idProperty.isEmpty()) {
                ((ObjectNode) result.get("properties")).put(idProperty, id);
            }
            answer.withArray("results").add(result);
        }
        if (!missing.isEmpty()) {
            answer.put("numErrors", 1);
            answer.putArray("errors").add(Bodies.notFound(missing, List.of()));
        }
        return new Reply(missing.isEmpty() ? 200 : 207, answer);
    }

    private static Reply refusalOfAll(List<JsonNode> inputs) {
        if (inputs.size() > 100) {
            return refused(
                    "The maximum number of inputs supported in a batch is 100. Please reduce the"
                            + " number of items and try again");
        }
        Set<String> seen = new HashSet<>();
        Set<String> twice = new java.util.TreeSet<>();
        for (JsonNode input : inputs) {
            boolean texts = true;
            for (JsonNode value : input.path("properties")) {
                texts &= value.isValueNode() && !value.isNull();
            }
            if (!input.path("id").isTextual() || !input.path("properties").isObject() || !texts) {
                return new Reply(
                        400,
                        Bodies.error(
                                "Invalid input JSON on line 1, column 9: Cannot deserialize value of"
                                        + " type `java.lang.String`",
                                null));
            }
            String idProperty = input.path("idProperty").asText("");
            if (!idProperty.isEmpty() && !Schema.isUnique(idProperty)) {
                return refused(
                        "Unable to perform update/upsert by non-unique 0-420 property "
                                + idProperty
                                + " in portal ID 1");
            }
            String id = input.get("id").asText();
            if (!seen.add(idProperty + "\n" + id)) {
                twice.add(id);
            }
        }
        if (twice.isEmpty()) {
            return null;
        }
        Reply reply =
                refused("Duplicate IDs found in batch input: " + twice + ". IDs must be unique");
        twice.forEach(reply.body().putObject("context").putArray("ids")::add);
        return reply;
    }

    private static Reply refused(String message) {
        return new Reply(400, Bodies.error(message, "VALIDATION_ERROR"));
    }

    private static boolean haveTraceIds(List<JsonNode> inputs) {
        Set<String> traces = new HashSet<>();
        return inputs.stream()
                .map(input -> input.path("objectWriteTraceId").asText())
                .allMatch(trace -> !trace.isEmpty() && traces.add(trace));
    }

    private static Map<Integer, List<Schema.Wrong>> wrong(List<JsonNode> inputs) {
        Map<Integer, List<Schema.Wrong>> wrong = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            for (Map.Entry<String, JsonNode> p : inputs.get(i).get("properties").properties()) {
                int input = i;
                Schema.wrong(p.getKey(), p.getValue().asText())
                        .ifPresent(
                                w -> wrong.computeIfAbsent(input, k -> new ArrayList<>()).add(w));
            }
        }
        return wrong;
    }
}
