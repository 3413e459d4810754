package io.filedrop.hubspot.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** HubSpot's bodies, as recorded. */
final class Bodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Bodies() {}

    /** An error for the whole request; {@code category} may be missing, as in some recordings. */
    static ObjectNode error(String message, String category) {
        ObjectNode body = JSON.objectNode();
        body.put("status", "error");
        body.put("message", message);
        body.put("correlationId", UUID.randomUUID().toString());
        if (category != null) {
            body.put("category", category);
        }
        return body;
    }

    static ObjectNode unauthorized(String category) {
        return error(
                category.equals("EXPIRED_AUTHENTICATION")
                        ? "The OAuth token used to make this call expired 75 second(s) ago."
                        : "Authentication credentials not found. This API supports OAuth 2.0"
                                + " authentication and you can find more details at"
                                + " https://developers.hubspot.com/docs/methods/auth/oauth-overview",
                category);
    }

    static ObjectNode missingScope(String scope) {
        ObjectNode body =
                error(
                        "This app hasn't been granted all required scopes to make this call. Read"
                                + " more about required scopes here:"
                                + " https://developers.hubspot.com/scopes.",
                        "MISSING_SCOPES");
        ObjectNode entry = body.putArray("errors").addObject();
        entry.put("message", "One or more of the following scopes are required.");
        entry.putObject("context").putArray("requiredGranularScopes").add(scope);
        return body;
    }

    static ObjectNode limited(String policy) {
        ObjectNode body =
                error(
                        "You have reached your "
                                + (policy.equals("DAILY")
                                        ? "daily"
                                        : policy.equals("SECONDLY")
                                                ? "secondly"
                                                : "ten_secondly_rolling")
                                + " limit.",
                        policy.equals("SECONDLY") ? "RATE_LIMITS" : null);
        if (!policy.equals("SECONDLY")) {
            body.put("errorType", "RATE_LIMIT");
            body.put("policyName", policy);
        }
        return body;
    }

    /** A complete answer without results yet. */
    static ObjectNode batch(String status) {
        ObjectNode body = JSON.objectNode();
        body.put("status", status);
        body.putArray("results");
        body.put("startedAt", now());
        body.put("completedAt", now());
        return body;
    }

    static ObjectNode notFound(List<String> ids, List<String> traceIds) {
        ObjectNode entry = JSON.objectNode();
        entry.put("status", "error");
        entry.put("category", "OBJECT_NOT_FOUND");
        entry.put(
                "message",
                "Could not get some LISTING objects, they may be deleted or not exist. Check that"
                        + " ids are valid.");
        ObjectNode context = entry.putObject("context");
        ids.forEach(context.putArray("ids")::add);
        if (!traceIds.isEmpty()) {
            traceIds.forEach(context.putArray("objectWriteTraceId")::add);
        }
        return entry;
    }

    /** The message that carries a JSON array of faults. */
    static String notValid(List<Schema.Wrong> faults) {
        ArrayNode array = JSON.arrayNode();
        for (Schema.Wrong fault : faults) {
            ObjectNode entry = array.addObject();
            entry.put("isValid", false);
            entry.put("message", fault.message());
            entry.put("error", fault.code());
            entry.put("name", fault.property());
            entry.put("propertyValue", fault.value());
        }
        return "Property values were not valid: " + array;
    }

    /** A refusal of the whole batch for these faults. */
    static ObjectNode refusal(List<Schema.Wrong> faults) {
        ObjectNode body = error(notValid(faults), "VALIDATION_ERROR");
        ArrayNode errors = body.putArray("errors");
        for (Schema.Wrong fault : faults) {
            ObjectNode entry = errors.addObject();
            entry.put("message", fault.message());
            entry.put("code", fault.code());
            entry.putObject("context").putArray("propertyName").add(fault.property());
        }
        return body;
    }

    static ObjectNode properties() {
        ObjectNode body = JSON.objectNode();
        ArrayNode results = body.putArray("results");
        for (Schema.Property property : Schema.LISTING.values()) {
            ObjectNode entry = results.addObject();
            entry.put("name", property.name());
            entry.put("label", property.label());
            entry.put("type", property.type());
            entry.put("fieldType", fieldType(property));
            entry.put("groupName", "listing_information");
            entry.put("description", "");
            ArrayNode options = entry.putArray("options");
            for (String option : property.options()) {
                ObjectNode choice = options.addObject();
                choice.put("label", option.substring(0, 1).toUpperCase() + option.substring(1));
                choice.put("value", option);
                choice.put("hidden", false);
            }
            entry.put("hasUniqueValue", property.unique());
            entry.put("calculated", false);
            entry.put("hidden", false);
            entry.put("archived", false);
            entry.putObject("modificationMetadata")
                    .put("archivable", true)
                    .put("readOnlyDefinition", property.readOnly())
                    .put("readOnlyValue", property.readOnly());
        }
        return body;
    }

    private static String fieldType(Schema.Property property) {
        return switch (property.type()) {
            case "number" -> "number";
            case "bool" -> "booleancheckbox";
            case "date", "datetime" -> "date";
            case "enumeration" -> property.multiple() ? "checkbox" : "select";
            default -> "text";
        };
    }

    /** HubSpot writes no fraction when there are no milliseconds. */
    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
