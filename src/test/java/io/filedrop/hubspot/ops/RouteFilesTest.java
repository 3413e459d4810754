package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.AbstractCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The route files as they lie in {@code routes/}, read without starting anything. */
class RouteFilesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");

    static Stream<Path> routeFiles() throws IOException {
        return Files.list(ROUTES).sorted();
    }

    @Test
    void isValidYamlDslOfTheCamelVersionInUse() throws IOException {
        try (InputStream schema =
                CamelContext.class
                        .getClassLoader()
                        .getResourceAsStream("schema/camelYamlDsl.json")) {
            JsonSchema dsl =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
            for (Path file : routeFiles().toList()) {
                assertThat(dsl.validate(tree(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void usesEndpointOptionsThatExist(Path file) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            AbstractCamelCatalog catalog =
                    (AbstractCamelCatalog) PluginHelper.getRuntimeCamelCatalog(camel);
            for (String uri : endpoints(tree(file))) {
                EndpointValidationResult result = catalog.validateEndpointProperties(uri, true);
                assertThat(result.isSuccess())
                        .as("%s: %s", uri, result.summaryErrorMessage(false))
                        .isTrue();
            }
        }
    }

    @Test
    void findsAnEndpointOptionThatDoesNotExist() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            AbstractCamelCatalog catalog =
                    (AbstractCamelCatalog) PluginHelper.getRuntimeCamelCatalog(camel);
            for (String uri :
                    List.of(
                            "https://api.hubapi.com?automaticRetries=off",
                            "file:inbox?noob=true")) {
                assertThat(catalog.validateEndpointProperties(uri, true).isSuccess()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void namesAndDescribesEveryRoute(Path file) throws IOException {
        assertThat(file.getFileName().toString()).matches("[a-z]+(-[a-z]+)*\\.camel\\.yaml");
        for (JsonNode element : tree(file)) {
            JsonNode route = element.has("route") ? element : element.path("routeTemplate");
            if (route.has("route")) {
                assertThat(route.at("/route/id").asText())
                        .matches("[a-z]+(-[a-z]+)*(-\\{\\{source}})?");
                assertThat(route.at("/route/description").asText()).endsWith(".");
            }
        }
    }

    @Test
    void givesEveryIdOnce() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path file : routeFiles().toList()) {
            for (JsonNode id : tree(file).findValues("id")) {
                assertThat(ids.add(id.asText())).as("id %s in %s", id.asText(), file).isTrue();
            }
        }
    }

    @Test
    void documentsEveryNameThatUsersRoutesRelyOn() throws IOException {
        String documented = Files.readString(Path.of("docs/routes.md"));
        Set<String> names = new TreeSet<>();
        for (Path file : routeFiles().toList()) {
            JsonNode tree = tree(file);
            tree.findValues("route").forEach(route -> names.add(route.path("id").asText()));
            tree.findValues("routeConfiguration").forEach(c -> names.add(c.path("id").asText()));
            for (JsonNode bean : tree.findParents("ref")) {
                names.add(bean.get("ref").asText() + "." + bean.get("method").asText());
            }
            for (JsonNode property : tree.findValues("setProperty")) {
                names.add(property.get("name").asText());
            }
            endpoints(tree).stream().filter(uri -> uri.startsWith("direct:")).forEach(names::add);
        }
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(n -> assertThat(documented).contains("`" + n + "`"));
    }

    private static JsonNode tree(Path file) throws IOException {
        Object yaml =
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return JSON.valueToTree(yaml);
    }

    /** Every endpoint, with its parameters, and with the defaults in place of placeholders. */
    private static List<String> endpoints(JsonNode file) throws IOException {
        List<String> found = new ArrayList<>();
        JsonNode tree = withTemplateDefaults(file);
        for (JsonNode node : tree.findValues("to")) {
            if (node.isTextual()) {
                found.add(withDefaults(node.asText()));
            }
        }
        for (JsonNode node : tree.findParents("uri")) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> parameter : node.path("parameters").properties()) {
                parameters.put(parameter.getKey(), withDefaults(parameter.getValue().asText()));
            }
            String uri = withDefaults(node.get("uri").asText());
            found.add(
                    parameters.isEmpty()
                            ? uri
                            : uri + "?" + URISupport.createQueryString(parameters, false));
        }
        return found;
    }

    /** The parameters of a route template have their defaults beside them. */
    private static JsonNode withTemplateDefaults(JsonNode file) throws IOException {
        String text = file.toString();
        for (JsonNode parameter : file.findParents("defaultValue")) {
            text =
                    text.replace(
                            "{{" + parameter.get("name").asText() + "}}",
                            parameter.get("defaultValue").asText());
        }
        return JSON.readTree(text);
    }

    private static String withDefaults(String text) throws IOException {
        Properties defaults = new Properties();
        try (InputStream in =
                Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            defaults.load(in);
        }
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.replaceAll(
                match ->
                        Matcher.quoteReplacement(
                                defaults.getProperty(match.group(1), "unset")
                                        .replaceAll("\\$\\{[^}]+}", "x")));
    }
}
