package io.filedrop.hubspot.hubspot;

import static io.filedrop.hubspot.hubspot.Samples.input;
import static io.filedrop.hubspot.hubspot.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filedrop.hubspot.batch.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies that are sent. */
class RequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String update(Input... inputs) throws Exception {
        return JSON.writeValueAsString(new Requests.UpdateRequest(List.of(inputs)));
    }

    @Test
    void updatesByRecordId() throws Exception {
        assertThat(
                        update(
                                input(row(0, "7", "", "hs_price", "1000", "hs_name", "")),
                                input(row(40, "8", "", "hs_price", "2000"))))
                .isEqualTo(
                        "{\"inputs\":["
                                + "{\"id\":\"7\",\"objectWriteTraceId\":\"0\","
                                + "\"properties\":{\"hs_price\":\"1000\",\"hs_name\":\"\"}},"
                                + "{\"id\":\"8\",\"objectWriteTraceId\":\"14\","
                                + "\"properties\":{\"hs_price\":\"2000\"}}]}");
    }

    @Test
    void updatesByAUniqueProperty() throws Exception {
        assertThat(
                        update(
                                input(row(0, "A-1", "reference", "hs_price", "1000")),
                                input(row(1, "A-2", "reference", "reference", "a-2"))))
                .isEqualTo(
                        "{\"inputs\":["
                                + "{\"id\":\"A-1\",\"idProperty\":\"reference\",\"objectWriteTraceId\":\"0\","
                                + "\"properties\":{\"reference\":\"A-1\",\"hs_price\":\"1000\"}},"
                                + "{\"id\":\"A-2\",\"idProperty\":\"reference\",\"objectWriteTraceId\":\"1\","
                                + "\"properties\":{\"reference\":\"A-2\"}}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quoted\" \\ / \t \n \r \u0001 \u007f",
                "Zürich, Łódź, 東京, 🏠 \uD83C\uDFE0",
                "</script>",
            })
    void keepsEveryCharacter(String value) throws Exception {
        for (String text : List.of(value, value.repeat(500), "x".repeat(255) + value)) {
            JsonNode sent = JSON.readTree(update(input(row(0, text, "", text, text))));

            JsonNode input = sent.at("/inputs/0");
            assertThat(input.get("id").textValue()).isEqualTo(text);
            assertThat(input.get("properties").fieldNames().next()).isEqualTo(text);
            assertThat(input.get("properties").get(text).textValue()).isEqualTo(text);
        }
    }
}
