package io.filedrop.hubspot.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jcraft.jsch.JSch;
import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.run.Account;
import io.filedrop.hubspot.run.OutcomeFile;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import jakarta.inject.Named;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the program finds by name while it runs, held against what a native executable would be told
 * to keep. Needs what {@code package -Dnative -Dquarkus.native.sources-only=true} makes.
 */
class RegistrationsIT {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern REFERENCE = Pattern.compile("\\bref: (\\w+)");

    private static NativeSources sources;

    @BeforeAll
    static void needsTheSources() throws Exception {
        boolean isThere = Files.isDirectory(Path.of("target/native-sources"));
        if (!isThere) {
            System.err.println(
                    "SKIPPED: no target/native-sources, so what a native executable would keep is NOT"
                            + " checked here; .ci/run does.");
        }
        assumeThat(isThere).as("target/native-sources").isTrue();
        sources = NativeSources.in(Path.of("target/native-sources"));
    }

    @Test
    void keepsTheBeansThatRoutesCall() throws Exception {
        Map<String, String> beans = new HashMap<>();
        for (Class<?> type : ours()) {
            Named named = type.getAnnotation(Named.class);
            if (named != null) {
                beans.put(named.value(), type.getName());
            }
            for (Method producer : type.getDeclaredMethods()) {
                Named made = producer.getAnnotation(Named.class);
                if (made != null) {
                    beans.put(made.value(), producer.getReturnType().getName());
                }
            }
        }
        Set<String> called = new TreeSet<>();
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Matcher reference = REFERENCE.matcher(Files.readString(route));
                while (reference.find()) {
                    called.add(reference.group(1));
                }
            }
        }
        assertThat(called).contains("delivery", "runs");
        assertThat(beans).containsKeys(called.toArray(String[]::new));
        assertThat(sources.withMethods()).containsAll(called.stream().map(beans::get).toList());
    }

    /** What docs/routes.md gives to expressions, as in {@code exchangeProperty.run.isThrough}. */
    @Test
    void keepsWhatExpressionsLookInto() throws Exception {
        Set<String> given = new TreeSet<>();
        for (Class<?> type : List.of(Run.class, Account.class, OutcomeFile.class, Report.class)) {
            given.add(type.getName());
        }
        given.add("io.filedrop.hubspot.run.Entry$Claimed");
        given.add("io.filedrop.hubspot.feed.GuardedFeed");

        assertThat(Feed.class)
                .isAssignableFrom(Class.forName("io.filedrop.hubspot.feed.GuardedFeed"));
        assertThat(sources.withMethods()).containsAll(given);
    }

    @Test
    void keepsWhatBecomesJson() throws Exception {
        List<String> requests =
                ours().stream()
                        .map(Class::getName)
                        .filter(name -> name.contains(".Requests$"))
                        .toList();
        assertThat(requests).hasSizeGreaterThan(2);
        assertThat(sources.withMethods()).containsAll(requests);
    }

    /** But for what needs Bouncy Castle, which is not there on a JVM either. */
    @Test
    void keepsEveryAlgorithmOfSsh() throws Exception {
        Field config = JSch.class.getDeclaredField("config");
        config.setAccessible(true);
        Set<String> algorithms =
                ((Map<?, ?>) config.get(null))
                        .values().stream()
                                .map(Object::toString)
                                .filter(name -> name.startsWith("com.jcraft.jsch."))
                                .filter(name -> !name.matches(".*(\\.bc\\.|SNTRUP).*"))
                                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(algorithms)
                .hasSizeGreaterThan(80)
                .contains(
                        "com.jcraft.jsch.jce.SignatureEd25519",
                        "com.jcraft.jsch.jce.KeyPairGenEdDSA",
                        "com.jcraft.jsch.DH25519",
                        "com.jcraft.jsch.jce.XDH");
        assertThat(sources.withConstructors()).containsAll(algorithms);
    }

    /** Components, languages, data formats and their configurers; consoles are for dev mode. */
    @Test
    void keepsWhatCamelFindsByName() throws Exception {
        Collection<String> services =
                sources.camelServices("(?!dev-console/|poll-dynamic/).*").values();

        assertThat(services)
                .contains(
                        "org.apache.camel.component.file.FileComponent",
                        "org.apache.camel.component.file.remote.SftpComponent",
                        "org.apache.camel.component.http.HttpComponent");
        assertThat(sources.withConstructors()).containsAll(new HashSet<>(services));
    }

    /** Settings and texts of the page are built in; everything else is read when it is needed. */
    @Test
    void keepsOurFiles() throws Exception {
        List<String> read =
                sources.files().stream()
                        .filter(
                                file ->
                                        !file.matches(
                                                "META-INF/(MANIFEST.*|(maven|native-image|services)/.*)"))
                        .filter(file -> !file.matches("application\\.properties|messages/.*"))
                        .toList();
        assertThat(read)
                .contains("sandbox/sample-listings.csv", "routes/process-file.camel.yaml")
                .contains("mappings/kyero.yaml", "META-INF/resources/page.css");
        assertThat(read).allMatch(sources::includes);
    }

    @Test
    void keepsWhatThePageAsksFor() throws Exception {
        Matcher script =
                Pattern.compile("src=\"(/webjars/[^\"]+)\"")
                        .matcher(
                                Files.readString(
                                        Path.of("src/main/resources/templates/frame.html")));
        assertThat(script.find()).isTrue();
        assertThat(sources.includes("META-INF/resources" + script.group(1))).isTrue();
    }

    @Test
    void readsTheEncodingsThatUpdateFilesMaySay() throws Exception {
        assertThat(sources.arguments()).contains("-H:+AddAllCharsets");
    }

    private static List<Class<?>> ours() throws Exception {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = CLASSES.relativize(file).toString().replaceAll("\\.class$", "");
                types.add(
                        Class.forName(
                                name.replace('/', '.'),
                                false,
                                RegistrationsIT.class.getClassLoader()));
            }
            return types;
        }
    }
}
