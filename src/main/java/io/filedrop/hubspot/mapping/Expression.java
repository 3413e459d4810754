package io.filedrop.hubspot.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Words;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A JSLT expression over the fields of one record. It sees nothing but those, and without {@code
 * def} and {@code import}, which are refused, it can only walk over what it sees: it always ends.
 */
final class Expression {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern UNBOUNDED = Pattern.compile("\\b(def|import)\\b");

    private final com.schibsted.spt.data.jslt.Expression compiled;

    private Expression(com.schibsted.spt.data.jslt.Expression compiled) {
        this.compiled = compiled;
    }

    /**
     * @throws IllegalArgumentException with what is wrong with it
     */
    static Expression compile(String text) {
        if (UNBOUNDED.matcher(STRING.matcher(text).replaceAll("\"\"")).find()) {
            throw new IllegalArgumentException("def and import are not allowed in it");
        }
        try {
            return new Expression(new Parser(new StringReader(text)).compile());
        } catch (JsltException e) {
            throw new IllegalArgumentException("it is no JSLT: " + e.getMessage(), e);
        }
    }

    /**
     * @param columns names of the fields
     * @param values in that order; null is absent
     * @param source the inbox folder, as {@code $source}
     * @return null when the expression gives null, which leaves the property alone; several values
     *     of a list, but for empty ones and null, with {@link Conversion#SEPARATOR} between them
     */
    String of(List<String> columns, String[] values, String source) throws Unfit {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                input.set(columns.get(i), node(values[i]));
            }
        }
        try {
            return text(
                    compiled.apply(
                            Map.of("source", JsonNodeFactory.instance.textNode(source)), input));
        } catch (RuntimeException | StackOverflowError e) {
            // The library lets out whatever a number or a pattern that it cannot take throws.
            throw new Unfit(
                    Code.EXPRESSION_FAILED,
                    "what the expression can compute; it says: "
                            + Words.found(String.valueOf(e.getMessage())));
        }
    }

    private static JsonNode node(String value) {
        if (value.indexOf(Conversion.SEPARATOR) < 0) {
            return JsonNodeFactory.instance.textNode(value);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String one : value.split(String.valueOf(Conversion.SEPARATOR), -1)) {
            list.add(one);
        }
        return list;
    }

    private static String text(JsonNode result) throws Unfit {
        if (result.isNull() || result.isMissingNode()) {
            return null;
        }
        if (result.isArray()) {
            StringJoiner list = new StringJoiner(String.valueOf(Conversion.SEPARATOR));
            for (JsonNode one : result) {
                String text = one.isNull() ? "" : scalar(one);
                if (!text.isBlank()) {
                    list.add(text);
                }
            }
            return list.toString();
        }
        return scalar(result);
    }

    private static String scalar(JsonNode node) throws Unfit {
        if (node.isContainerNode()) {
            throw new Unfit(
                    Code.EXPRESSION_FAILED, "a text, a number, true or false, or a list of them");
        }
        return node.isFloatingPointNumber()
                ? node.decimalValue().stripTrailingZeros().toPlainString()
                : node.asText();
    }
}
