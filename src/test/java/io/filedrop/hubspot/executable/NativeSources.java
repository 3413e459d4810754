package io.filedrop.hubspot.executable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What GraalVM would get: the program's jar with its configuration, and the libraries. */
record NativeSources(
        List<String> files,
        JsonNode reflection,
        List<Pattern> resources,
        String arguments,
        Path libraries) {

    private static final String CONFIGURATION = "META-INF/native-image/";
    private static final String CAMEL = "META-INF/services/org/apache/camel/";

    static NativeSources in(Path folder) throws IOException {
        Path program;
        try (Stream<Path> all = Files.list(folder)) {
            program =
                    all.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
        }
        try (JarFile jar = new JarFile(program.toFile())) {
            List<String> files =
                    jar.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(entry -> entry.getName())
                            .filter(name -> !name.endsWith(".class"))
                            .toList();
            List<Pattern> resources = new ArrayList<>();
            for (JsonNode one : json(jar, "resource-config.json").at("/resources/includes")) {
                resources.add(Pattern.compile(one.get("pattern").asText()));
            }
            return new NativeSources(
                    files,
                    json(jar, "reflect-config.json"),
                    resources,
                    Files.readString(folder.resolve("native-image.args")),
                    folder.resolve("lib"));
        }
    }

    private static JsonNode json(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(CONFIGURATION + name))) {
            return new ObjectMapper().readTree(in);
        }
    }

    Set<String> withMethods() {
        return registered("allDeclaredMethods");
    }

    Set<String> withConstructors() {
        return registered("allDeclaredConstructors");
    }

    private Set<String> registered(String what) {
        Set<String> names = new TreeSet<>();
        for (JsonNode type : reflection) {
            if (type.path(what).asBoolean()) {
                names.add(type.get("name").asText());
            }
        }
        return names;
    }

    boolean includes(String file) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(file).matches());
    }

    /** The classes behind Camel's names, by those that match. */
    Map<String, String> camelServices(String names) throws IOException {
        Map<String, String> services = new TreeMap<>();
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path library : jars.filter(f -> f.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    for (var entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
                        String name = entry.getName();
                        if (name.startsWith(CAMEL)
                                && name.substring(CAMEL.length()).matches(names)) {
                            read(jar.getInputStream(entry))
                                    .filter(line -> line.startsWith("class="))
                                    .forEach(line -> services.put(name, line.substring(6).strip()));
                        }
                    }
                }
            }
        }
        return services;
    }

    private static Stream<String> read(InputStream in) throws IOException {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
