package io.filedrop.hubspot.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.run.Json;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jboss.logging.Logger;

/**
 * The portal's property definitions, asked for now and then. The program works without them:
 * HubSpot itself has the last word on every value.
 */
@RegisterForReflection
public class DefinitionSteps {

    private static final Logger LOG = Logger.getLogger(DefinitionSteps.class);

    private final long keptNanos;
    private final long askedAgainNanos;
    private volatile Definitions current = Definitions.UNKNOWN;
    private boolean due = true;
    private long dueAt;
    private boolean told;

    /**
     * @param kept how long HubSpot's answer counts before it is asked again
     * @param askedAgain how soon it is asked again when there was none
     */
    public DefinitionSteps(Duration kept, Duration askedAgain) {
        this.keptNanos = kept.toNanos();
        this.askedAgainNanos = askedAgain.toNanos();
    }

    /** What is known now. */
    public Definitions current() {
        return current;
    }

    /** Whether it is time to ask HubSpot. */
    public synchronized boolean isDue() {
        return due || System.nanoTime() - dueAt >= 0;
    }

    /** HubSpot's answer to {@code GET /crm/v3/properties/{objectType}}. */
    public void received(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status != 200) {
            notKnown("HubSpot answered " + status);
            return;
        }
        try {
            Definitions definitions = parse(message.getBody(byte[].class));
            if (!definitions.areKnown()) {
                notKnown("HubSpot's answer names none");
                return;
            }
            known(definitions);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            notKnown("HubSpot's answer was not JSON");
        }
    }

    /** There was no answer. */
    public void unavailable(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) IOException fault) {
        notKnown(fault.getClass().getSimpleName());
    }

    static Definitions parse(byte[] body) throws IOException {
        Map<String, Definitions.Property> properties = new LinkedHashMap<>();
        for (JsonNode node : Json.mapper().readTree(body).path("results")) {
            String name = node.path("name").asText();
            properties.put(name, property(name, node));
        }
        return new Definitions(properties);
    }

    private static Definitions.Property property(String name, JsonNode node) {
        List<Definitions.Option> options = new ArrayList<>();
        for (JsonNode option : node.path("options")) {
            options.add(
                    new Definitions.Option(
                            option.path("value").asText(), option.path("label").asText()));
        }
        return new Definitions.Property(
                name,
                node.path("label").asText(),
                node.path("type").asText(),
                node.path("fieldType").asText(),
                options,
                node.path("externalOptions").asBoolean(),
                node.path("modificationMetadata").path("readOnlyValue").asBoolean(),
                node.path("hasUniqueValue").asBoolean(),
                node.path("hubspotDefined").asBoolean());
    }

    private synchronized void known(Definitions definitions) {
        current = definitions;
        due = false;
        told = false;
        dueAt = System.nanoTime() + keptNanos;
    }

    private synchronized void notKnown(String why) {
        due = false;
        dueAt = System.nanoTime() + askedAgainNanos;
        if (!told) {
            told = true;
            LOG.warnf(
                    current.areKnown()
                            ? "The property definitions cannot be read again (%s); names and values"
                                    + " are checked by the earlier ones."
                            : "The property definitions cannot be read (%s), so names and values"
                                    + " are not checked before sending; HubSpot checks them.",
                    why);
        }
    }
}
