package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 */
record PropertyFault(String code, String property, Optional<String> value, String message) {

    /** Codes that condemn the property whatever its value. */
    private static final List<String> ABOUT_THE_PROPERTY =
            List.of("PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** "… was not a valid number", "… was not one of the allowed options: [a, b]". */
    private static final Pattern VALUE_FIRST =
            Pattern.compile("^(.+?) was not (?:a valid|one of the allowed)", Pattern.DOTALL);

    /** A unique value that another record has already. */
    private static final Pattern CLASH =
            Pattern.compile(
                    "propertyName=([A-Za-z0-9_]+), value=(.*?)} on .*already has that value",
                    Pattern.DOTALL);

    /** Whether every update with that property is refused, whatever the value. */
    boolean isAboutTheProperty() {
        return ABOUT_THE_PROPERTY.contains(code);
    }

    Reason reason(String sentValue, String correlationId) {
        return new Reason(code, property, sentValue, message, correlationId);
    }

    /** All faults that a message and the entries beside it name, each once. */
    static List<PropertyFault> in(String message, List<Answer.Problem> problems) {
        List<PropertyFault> faults = new ArrayList<>(inMessage(message));
        for (Answer.Problem problem : problems) {
            for (String property : problem.propertyNames()) {
                boolean known =
                        faults.stream()
                                .anyMatch(
                                        fault ->
                                                fault.property.equals(property)
                                                        && fault.message.equals(problem.message()));
                if (!known) {
                    faults.add(
                            new PropertyFault(
                                    problem.code(),
                                    property,
                                    valueIn(problem.message()),
                                    problem.message()));
                }
            }
        }
        return faults;
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
                            message));
        }
        int start = message.indexOf("[{");
        if (start < 0) {
            return List.of();
        }
        List<PropertyFault> faults = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(message.substring(start))) {
                String text = node.path("message").asText();
                JsonNode value = node.path("propertyValue");
                faults.add(
                        new PropertyFault(
                                node.path("error").asText(),
                                node.path("name").asText(),
                                value.isValueNode() && !value.isNull()
                                        ? Optional.of(value.asText())
                                        : valueIn(text),
                                text));
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
