package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Problem;
import io.filedrop.hubspot.hubspot.Answer.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of answers, held against a general one. */
class AnswerParserTest {

    private static final Set<String> WANTED = Set.of("reference", "größe");

    private static final String ANSWER =
            """
            {"status":"COMPLETE", "numErrors": 1,
             "results":[
              {"id":"7","properties":{"reference":"A-1","hs_name":"\\"Zum Hügel\\" \\\\ {[\\u00fc]}",
                "größe":"1\\u20ac \\ud83c\\udfe0 ☃","none":null,"deep":[[{"a":[1,-2.5E+3,true,false,null]}],{}]},
               "createdAt":"2025-03-01T09:30:00.000Z","updatedAt":"2026-11-24T09:30:00.000Z",
               "archived":false,"new":true,"objectWriteTraceId":"1z"},
              {"id":8.50,"properties":{},"updatedAt":null,"new":"true"},
              "no result", 4, null, [], {}
             ],
             "errors":[
              {"status":"error","category":"OBJECT_NOT_FOUND","code":"X","message":"no\\ttab\\/\\n",
               "context":{"ids":["9","10"],"id":"11","objectWriteTraceId":["2"],"propertyName":["p"],
                "other":{"ids":["99"]}}},
              {"context":["ids"]}
             ],
             "category":"VALIDATION_ERROR","message":"m","correlationId":"c","policyName":"DAILY",
             "context":{"ids":["12"],"requiredGranularScopes":["s","t"]},
             "links":{"a":"b"},"startedAt":"2026-11-24T09:30:00.000Z"}
            """;

    private static final byte[] SIGNS = bytes("{}[]\",:\\ 0ntf-");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatAGeneralReaderReads() throws Exception {
        Body body = AnswerParser.parse(bytes(ANSWER), WANTED).orElseThrow();

        assertThat(body).isEqualTo(reference(bytes(ANSWER)).orElseThrow());
        assertThat(body.results()).hasSize(3);
        assertThat(body.results().get(0).properties())
                .isEqualTo(Map.of("reference", "A-1", "größe", "1€ 🏠 ☃"));
        assertThat(body.results().get(1).id()).isEqualTo("8.50");
        assertThat(body.problems().get(0).ids()).containsExactly("9", "10", "11");
        assertThat(body.ids()).containsExactly("12");
    }

    @Test
    @DisplayName("An answer that was cut off is none, wherever it was cut")
    void refusesEveryBeginning() {
        byte[] whole = bytes(ANSWER.strip());

        for (int length = 0; length < whole.length; length++) {
            assertThat(AnswerParser.parse(Arrays.copyOf(whole, length), WANTED))
                    .as("cut at %d", length)
                    .isEmpty();
        }
        assertThat(AnswerParser.parse(whole, WANTED)).isPresent();
    }

    /** What is passed over is not decoded, so it may be refused by others; never the reverse. */
    @Test
    void agreesOnAnswersWithAWrongByte() throws Exception {
        Random random = new Random(20261126);
        byte[] whole = bytes(ANSWER);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] wrong = whole.clone();
            int at = random.nextInt(whole.length);
            wrong[at] =
                    random.nextBoolean()
                            ? SIGNS[random.nextInt(SIGNS.length)]
                            : (byte) random.nextInt(256);
            Optional<Body> expected = reference(wrong);
            Optional<Body> found = AnswerParser.parse(wrong, WANTED);
            if (expected.isPresent()) {
                accepted++;
                assertThat(found).as(text(wrong)).isEqualTo(expected);
            } else if (found.isEmpty()) {
                refused++;
            } else {
                // Only where it is passed over: the rest is read as from the answer as it was.
                assertThat(found.get().status()).as(text(wrong)).isEqualTo("COMPLETE");
            }
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"COMPLETE\"",
                "<html>503</html>",
                "{\"status\":\"COMPLETE\"} {}",
                "{\"status\":\"COMPLETE\"},",
                "{,\"status\":\"COMPLETE\"}",
                "{\"status\":\"COMPLETE\",}",
                "{\"status\" \"COMPLETE\"}",
                "{\"status\":\"COMPLETE\" \"a\":1}",
                "{status:\"COMPLETE\"}",
                "{\"status\":COMPLETE}",
                "{\"a\":{\"b\":]}}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,]}",
                "{\"a\":[}",
                "{\"a\":+1}",
                "{\"a\":nul}",
                "{\"a\":\"line\nfeed\"}",
                "{\"results\":[{\"id\":\"1\"}",
            })
    void refusesWhatIsNotOneObject(String body) {
        assertThat(AnswerParser.parse(bytes(body), WANTED)).isEmpty();
    }

    @Test
    void refusesWhatLiesTooDeep() {
        assertThat(AnswerParser.parse(bytes(nested(50)), WANTED)).isPresent();
        assertThat(AnswerParser.parse(bytes(nested(100_000)), WANTED)).isEmpty();
    }

    private static String nested(int deep) {
        return "{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}";
    }

    @Test
    void passesAByteOrderMarkOver() {
        assertThat(AnswerParser.parse(bytes("\uFEFF{\"status\":\"COMPLETE\"}"), WANTED))
                .hasValueSatisfying(body -> assertThat(body.status()).isEqualTo("COMPLETE"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Optional<Body> reference(byte[] bytes) {
        try (JsonParser json = new JsonFactory().createParser(bytes)) {
            json.nextToken();
            Map<String, Object> all = object(value(json));
            boolean whole = json.nextToken() == null;
            return whole && all != null ? Optional.of(body(all)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                members.put(name, value(json));
            }
            return members;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(json));
            }
            return elements;
        }
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        String text = json.getText();
        return json.currentToken() == JsonToken.VALUE_TRUE ? Boolean.TRUE : text;
    }

    private static Body body(Map<String, Object> all) {
        List<String> scopes = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (Object element : list(all.get("results"))) {
            Map<String, Object> result = object(element);
            if (result != null) {
                Map<String, String> properties = new LinkedHashMap<>();
                Map<String, Object> given = object(result.get("properties"));
                if (given != null) {
                    given.forEach(
                            (name, value) -> {
                                if (WANTED.contains(name)) {
                                    properties.put(name, text(value));
                                }
                            });
                }
                results.add(
                        new Result(
                                text(result.get("id")),
                                text(result.get("objectWriteTraceId")),
                                text(result.get("updatedAt")),
                                result.get("new") == Boolean.TRUE,
                                properties));
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (Object element : list(all.get("errors"))) {
            Map<String, Object> problem = object(element);
            if (problem != null) {
                Map<String, Object> context = object(problem.get("context"));
                List<String> ids = new ArrayList<>();
                List<String> traceIds = new ArrayList<>();
                List<String> names = new ArrayList<>();
                if (context != null) {
                    context.forEach(
                            (name, value) -> {
                                switch (name) {
                                    case "ids", "id" -> ids.addAll(texts(value));
                                    case "objectWriteTraceId" -> traceIds.addAll(texts(value));
                                    case "propertyName" -> names.addAll(texts(value));
                                    case "requiredGranularScopes" -> scopes.addAll(texts(value));
                                    default -> {}
                                }
                            });
                }
                problems.add(
                        new Problem(
                                text(problem.get("category")),
                                text(problem.get("code")),
                                text(problem.get("message")),
                                ids,
                                traceIds,
                                names));
            }
        }
        Map<String, Object> context = object(all.get("context"));
        List<String> ids = new ArrayList<>();
        if (context != null) {
            ids.addAll(context.containsKey("ids") ? texts(context.get("ids")) : List.of());
            scopes.addAll(
                    context.containsKey("requiredGranularScopes")
                            ? texts(context.get("requiredGranularScopes"))
                            : List.of());
        }
        return new Body(
                text(all.get("status")),
                results,
                problems,
                text(all.get("category")),
                text(all.get("message")),
                text(all.get("correlationId")),
                text(all.get("policyName")),
                ids,
                scopes);
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(AnswerParserTest::text).toList()
                : List.of(text(value));
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    private static String text(Object value) {
        return value == Boolean.TRUE ? "true" : value instanceof String text ? text : "";
    }
}
