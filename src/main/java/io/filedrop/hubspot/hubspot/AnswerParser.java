package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Problem;
import io.filedrop.hubspot.hubspot.Answer.Result;
import io.filedrop.hubspot.run.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads HubSpot's JSON bodies, in one pass and without a tree: a run of a million records has ten
 * thousand of them. Unknown fields are passed over, fields of an unexpected type count as missing.
 */
final class AnswerParser {

    private final JsonParser json;
    private final Predicate<String> wanted;

    private String status = "";
    private String category = "";
    private String message = "";
    private String correlationId = "";
    private String policyName = "";
    private final List<Result> results = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();

    private AnswerParser(JsonParser json, Predicate<String> wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    /**
     * The body, or empty when the bytes are not one whole JSON object.
     *
     * @param wanted which properties of the results are needed
     */
    static Optional<Body> parse(byte[] bytes, Predicate<String> wanted) {
        try (JsonParser json = Json.factory().createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Body body = new AnswerParser(json, wanted).body();
            return json.nextToken() == null ? Optional.of(body) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Body body() throws IOException {
        String field;
        while ((field = json.nextFieldName()) != null) {
            json.nextToken();
            switch (field) {
                case "status" -> status = text();
                case "category" -> category = text();
                case "message" -> message = text();
                case "correlationId" -> correlationId = text();
                case "policyName" -> policyName = text();
                case "results" -> elements(() -> results.add(result()));
                case "errors" -> elements(() -> problems.add(problem()));
                case "context" -> context(Map.of("ids", ids, "requiredGranularScopes", scopes));
                default -> json.skipChildren();
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
        Map<String, String> properties = new HashMap<>();
        String field;
        while ((field = json.nextFieldName()) != null) {
            JsonToken token = json.nextToken();
            switch (field) {
                case "id" -> id = text();
                case "objectWriteTraceId" -> traceId = text();
                case "updatedAt" -> updatedAt = text();
                case "new" -> created = token == JsonToken.VALUE_TRUE;
                case "properties" -> properties(properties);
                default -> json.skipChildren();
            }
        }
        return new Result(id, traceId, updatedAt, created, properties);
    }

    private void properties(Map<String, String> properties) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String name;
        while ((name = json.nextFieldName()) != null) {
            json.nextToken();
            if (wanted.test(name)) {
                properties.put(name, text());
            } else {
                json.skipChildren();
            }
        }
    }

    private Problem problem() throws IOException {
        String problemCategory = "";
        String code = "";
        String problemMessage = "";
        List<String> problemIds = new ArrayList<>();
        List<String> traceIds = new ArrayList<>();
        List<String> propertyNames = new ArrayList<>();
        String field;
        while ((field = json.nextFieldName()) != null) {
            json.nextToken();
            switch (field) {
                case "category" -> problemCategory = text();
                case "code" -> code = text();
                case "message" -> problemMessage = text();
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
                default -> json.skipChildren();
            }
        }
        return new Problem(
                problemCategory, code, problemMessage, problemIds, traceIds, propertyNames);
    }

    /** {@code context}: each value an array of texts, or, in some recordings, a single text. */
    private void context(Map<String, List<String>> into) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String name;
        while ((name = json.nextFieldName()) != null) {
            JsonToken token = json.nextToken();
            List<String> values = into.get(name);
            if (values == null) {
                json.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(text());
                }
            } else {
                values.add(text());
            }
        }
    }

    private void elements(Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        JsonToken token;
        while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                element.read();
            } else if (token == null) {
                throw new IOException("the array does not end");
            } else {
                json.skipChildren();
            }
        }
    }

    /** The scalar's text; an object or array is passed over and counts as missing. */
    private String text() throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IOException("the body ends early");
        }
        if (token.isScalarValue()) {
            return token == JsonToken.VALUE_NULL ? "" : json.getText();
        }
        json.skipChildren();
        return "";
    }

    private interface Element {
        void read() throws IOException;
    }
}
