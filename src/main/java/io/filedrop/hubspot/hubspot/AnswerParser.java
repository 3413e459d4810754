package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Problem;
import io.filedrop.hubspot.hubspot.Answer.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads HubSpot's JSON bodies, in one pass and without a tree: a run of a million records has ten
 * thousand of them. Unknown fields are passed over, fields of an unexpected type count as missing.
 */
final class AnswerParser {

    private final AnswerText json;
    private final Set<String> wanted;

    private String status = "";
    private String category = "";
    private String message = "";
    private String correlationId = "";
    private String policyName = "";
    private final List<Result> results = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();

    private AnswerParser(AnswerText json, Set<String> wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    /**
     * The body, or empty when the bytes are not one whole JSON object.
     *
     * @param wanted which properties of the results are needed
     */
    static Optional<Body> parse(byte[] bytes, Set<String> wanted) {
        AnswerText json = new AnswerText(bytes);
        try {
            if (!json.entersObject()) {
                return Optional.empty();
            }
            Body body = new AnswerParser(json, wanted).body();
            return json.isAtItsEnd() ? Optional.of(body) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Body body() throws IOException {
        String field;
        while ((field = json.member()) != null) {
            switch (field) {
                case "status" -> status = json.text();
                case "category" -> category = json.text();
                case "message" -> message = json.text();
                case "correlationId" -> correlationId = json.text();
                case "policyName" -> policyName = json.text();
                case "results" -> elements(() -> results.add(result()));
                case "errors" -> elements(() -> problems.add(problem()));
                case "context" -> context(Map.of("ids", ids, "requiredGranularScopes", scopes));
                default -> json.skip();
            }
        }
        return new Body(
                status,
                results,
                problems,
                category,
                message,
                correlationId,
                policyName,
                ids,
                scopes);
    }

    private Result result() throws IOException {
        String id = "";
        String traceId = "";
        String updatedAt = "";
        boolean created = false;
        Map<String, String> properties = Map.of();
        String field;
        while ((field = json.member()) != null) {
            switch (field) {
                case "id" -> id = json.text();
                case "objectWriteTraceId" -> traceId = json.text();
                case "updatedAt" -> updatedAt = json.text();
                case "new" -> created = json.isTrue();
                case "properties" -> properties = properties();
                default -> json.skip();
            }
        }
        return new Result(id, traceId, updatedAt, created, properties);
    }

    private Map<String, String> properties() throws IOException {
        if (wanted.isEmpty()) {
            json.skip();
            return Map.of();
        }
        Map<String, String> properties = new HashMap<>();
        if (json.entersObject()) {
            String name;
            while ((name = json.member()) != null) {
                if (wanted.contains(name)) {
                    properties.put(name, json.text());
                } else {
                    json.skip();
                }
            }
        }
        return properties;
    }

    private Problem problem() throws IOException {
        String problemCategory = "";
        String code = "";
        String problemMessage = "";
        List<String> problemIds = new ArrayList<>();
        List<String> traceIds = new ArrayList<>();
        List<String> propertyNames = new ArrayList<>();
        String field;
        while ((field = json.member()) != null) {
            switch (field) {
                case "category" -> problemCategory = json.text();
                case "code" -> code = json.text();
                case "message" -> problemMessage = json.text();
                case "context" ->
                        context(
                                Map.of(
                                        "ids",
                                        problemIds,
                                        "id",
                                        problemIds,
                                        "objectWriteTraceId",
                                        traceIds,
                                        "propertyName",
                                        propertyNames,
                                        "requiredGranularScopes",
                                        scopes));
                default -> json.skip();
            }
        }
        return new Problem(
                problemCategory, code, problemMessage, problemIds, traceIds, propertyNames);
    }

    /** {@code context}: each value an array of texts, or, in some recordings, a single text. */
    private void context(Map<String, List<String>> into) throws IOException {
        if (!json.entersObject()) {
            return;
        }
        String name;
        while ((name = json.member()) != null) {
            List<String> values = into.get(name);
            if (values == null) {
                json.skip();
            } else if (json.isArray()) {
                json.entersArray();
                while (json.element()) {
                    values.add(json.text());
                }
            } else {
                values.add(json.text());
            }
        }
    }

    private void elements(Element element) throws IOException {
        if (!json.entersArray()) {
            return;
        }
        while (json.element()) {
            if (json.entersObject()) {
                element.read();
            }
        }
    }

    private interface Element {
        void read() throws IOException;
    }
}
