package io.filedrop.hubspot.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the packaged program with its start-up cache, made by the script that its image is made
 * with, once for all tests.
 */
final class StartCache {

    private static StartCache made;

    private final Path folder = Path.of("target/start-cache").toAbsolutePath();

    private StartCache() {}

    /** It, made by the first who asks; a script that fails, fails each of them. */
    static synchronized StartCache made() throws Exception {
        if (made == null) {
            StartCache cache = new StartCache();
            cache.make();
            made = cache;
        }
        return made;
    }

    /** The command that starts the program from it. */
    List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + app().resolve("start"));
    }

    /** The file of arguments and the cache lie here, too. */
    Path app() {
        return folder.resolve("quarkus-app");
    }

    /** Where the script, and what it runs, may leave what is of no use to anybody later. */
    Path temporary() {
        return folder.resolve("temporary");
    }

    private void make() throws Exception {
        copy(Path.of("target/quarkus-app"), app());
        delete(temporary());
        Files.createDirectories(temporary());
        Path log = folder.resolve("log");
        ProcessBuilder script =
                new ProcessBuilder("src/main/docker/start-cache", app().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("TMPDIR", temporary().toString());
        script.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary());
        script.environment().keySet().removeIf(name -> name.matches("(HUBSPOT|DROP|SANDBOX)_.*"));
        Process making = script.start();
        try {
            assertThat(making.waitFor(300, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            making.descendants().forEach(ProcessHandle::destroyForcibly);
            making.destroyForcibly();
        }
        assertThat(making.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).endsWith("java @" + app().resolve("start") + "\n");
    }

    private static void copy(Path from, Path to) throws Exception {
        delete(to);
        Files.createDirectories(to.getParent());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(
                        one,
                        to.resolve(from.relativize(one).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
