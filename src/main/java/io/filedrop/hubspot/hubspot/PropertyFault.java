package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.run.Json;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HubSpot says of one wrong property. A refusal of a whole batch names property and value, and
 * not the record (hubspot.com, error handling; recorded bodies).
 *
 * @param value the refused value, or empty when HubSpot does not tell it
 * @param recordId whose update was refused, in the one case that HubSpot tells it; empty else
 */
record PropertyFault(
        String code, String property, Optional<String> value, String message, String recordId) {

    /** Codes that condemn the property whatever its value. */
    private static final List<String> ABOUT_THE_PROPERTY =
            List.of("PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE");

    /** Codes, or their beginnings, that condemn the value in whatever record it stands. */
    private static final List<String> ABOUT_THE_VALUE = List.of("INVALID_", "VALUE_TOO_LONG");

    /**
     * "… was not a valid number", "… was not one of the allowed options: [a, b]", "… is at 18:0:0.0
     * UTC, not midnight!".
     */
    private static final Pattern VALUE_FIRST =
            Pattern.compile(
                    "^(.+?) (?:was not (?:a valid|one of the allowed)|is at [0-9:.]+ UTC, not)",
                    Pattern.DOTALL);

    /** A unique value that another record has already. */
    private static final Pattern CLASH =
            Pattern.compile(
                    "propertyName=([A-Za-z0-9_]+), value=(.*?)} on (\\d*).*already has that value",
                    Pattern.DOTALL);

    /** Whether every update with that property is refused, whatever the value. */
    boolean isAboutTheProperty() {
        return ABOUT_THE_PROPERTY.contains(code);
    }

    /** Whether every update with that value is refused; else the rest of the record may matter. */
    boolean isAboutTheValue() {
        return ABOUT_THE_VALUE.stream().anyMatch(code::startsWith);
    }

    Reason reason(String sentValue, String correlationId) {
        return new Reason(code, property, sentValue, message, correlationId);
    }

    /** All faults that a message and the entries beside it name, each once. */
    static List<PropertyFault> in(String message, List<Answer.Problem> problems) {
        List<PropertyFault> faults = new ArrayList<>(inMessage(message));
        for (Answer.Problem problem : problems) {
            for (String property : problem.propertyNames()) {
                PropertyFault fault = beside(problem, property);
                if (faults.stream().noneMatch(fault::isToldBy)) {
                    faults.add(fault);
                }
            }
        }
        return faults;
    }

    private static PropertyFault beside(Answer.Problem problem, String property) {
        return new PropertyFault(
                problem.code(), property, valueIn(problem.message()), problem.message(), "");
    }

    /** Whether the other one says as much, or more. */
    private boolean isToldBy(PropertyFault other) {
        return other.property.equals(property)
                && (other.message.equals(message) || value.isEmpty() && other.code.equals(code));
    }

    /** The JSON array that HubSpot puts into the message, or the older texts without one. */
    private static List<PropertyFault> inMessage(String message) {
        Matcher clash = CLASH.matcher(message);
        if (clash.find()) {
            return List.of(
                    new PropertyFault(
                            "UNIQUE_VALUE_TAKEN",
                            clash.group(1),
                            Optional.of(clash.group(2)),
                            message,
                            clash.group(3)));
        }
        int start = message.indexOf("[{");
        if (start < 0) {
            return List.of();
        }
        List<PropertyFault> faults = new ArrayList<>();
        try {
            for (JsonNode node : Json.mapper().readTree(message.substring(start))) {
                String text = node.path("message").asText();
                JsonNode value = node.path("propertyValue");
                faults.add(
                        new PropertyFault(
                                node.path("error").asText(),
                                node.path("name").asText(),
                                value.isValueNode() && !value.isNull()
                                        ? Optional.of(value.asText())
                                        : valueIn(text),
                                text,
                                ""));
            }
        } catch (IOException e) {
            // Not JSON after all: the entries beside the message, or halving, must do.
            return List.of();
        }
        return faults;
    }

    private static Optional<String> valueIn(String message) {
        Matcher matcher = VALUE_FIRST.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
