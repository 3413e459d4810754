package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inputs and answers as tests write them down. */
final class Samples {

    private Samples() {}

    /** What answers are read with: the waits that are the defaults. */
    static Refusals refusals(Instant now) {
        return new Refusals(waits(), now);
    }

    /** The defaults. */
    static HubSpotSettings.Waits waits() {
        return new HubSpotSettings.Waits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofMinutes(15));
    }

    static Verdict.Complete completed(
            List<Verdict.Confirmed> confirmed, List<Verdict.Blamed> failed, List<Input> notNamed) {
        return new Verdict.Complete(confirmed, failed, notNamed, List.of(), false);
    }

    /** Inputs of one row each, by record id, with a price of their own: 1000 for the first, … */
    static List<Input> inputs(String... ids) {
        List<Input> inputs = new ArrayList<>();
        for (String id : ids) {
            inputs.add(
                    input(row(inputs.size(), id, "", "hs_price", "" + (inputs.size() + 1) * 1000)));
        }
        return inputs;
    }

    static Input input(Update... rows) {
        return Input.of(List.of(rows));
    }

    static Update row(long ordinal, String id, String idProperty, String... namesAndValues) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Update(
                new Position(ordinal, Long.toString(ordinal + 2)), id, idProperty, properties);
    }

    static Batch batch(List<Input> inputs) {
        return new Batch(1, inputs, List.of());
    }

    /** An answer; single quotes stand for double ones. */
    static Answer answer(int status, String body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Answer.Received(
                status,
                new Answer.Headers(all),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A complete answer with these results, each {@code {'id':'…'}}, and errors. */
    static String complete(String results, String errors) {
        return "{'status':'COMPLETE','results':["
                + results
                + "],'errors':["
                + errors
                + "],'startedAt':'2026-11-23T09:12:17Z','completedAt':'2026-11-23T09:12:17.001Z'}";
    }

    static String result(String id) {
        return "{'id':'"
                + id
                + "','properties':{'hs_price':'1'},'updatedAt':'2026-11-23T09:12:17Z'}";
    }

    /**
     * A refusal of a whole batch as recorded: a JSON array inside the message, and entries beside.
     */
    static String refusal(String... codePropertyValueMessage) {
        StringBuilder array = new StringBuilder();
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < codePropertyValueMessage.length; i += 4) {
            String code = codePropertyValueMessage[i];
            String property = codePropertyValueMessage[i + 1];
            String value = codePropertyValueMessage[i + 2];
            String message = codePropertyValueMessage[i + 3];
            array.append(i == 0 ? "" : ",")
                    .append("{\\'isValid\\':false,\\'message\\':\\'" + message + "\\'")
                    .append(",\\'error\\':\\'" + code + "\\',\\'name\\':\\'" + property + "\\'")
                    .append(value == null ? "}" : ",\\'propertyValue\\':\\'" + value + "\\'}");
            entries.append(i == 0 ? "" : ",")
                    .append("{'message':'" + message + "','code':'" + code + "'")
                    .append(",'context':{'propertyName':['" + property + "']}}");
        }
        return "{'status':'error','message':'Property values were not valid: ["
                + array
                + "]','correlationId':'c-1','category':'VALIDATION_ERROR','errors':["
                + entries
                + "]}";
    }
}
