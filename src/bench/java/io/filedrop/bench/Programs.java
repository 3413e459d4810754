package io.filedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that are compared, each as a process that sends one file and ends. */
final class Programs {

    /** The packaged program; {@code -Dbench.jar} names another build. */
    private static final Path JAR =
            Path.of(System.getProperty("bench.jar", "target/quarkus-app/quarkus-run.jar"))
                    .toAbsolutePath();

    private final Path folder;
    private Path start;

    /** {@code folder} is where they work. */
    Programs(Path folder) {
        this.folder = folder;
    }

    /** Sends the files to that server. */
    interface Program {
        Measured send(List<Path> files, long rows, HubSpot hubspot) throws Exception;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The packaged program as its image starts it, with everything on, in once mode. */
    Program fileDrop(Map<String, String> settings, String... jvmFlags) throws Exception {
        return fileDrop(settings, List.of("@" + start()), jvmFlags);
    }

    /** The same, without its start-up cache. */
    Program fileDropUncached(Map<String, String> settings, String... jvmFlags) throws Exception {
        List<String> arguments = new ArrayList<>(Files.readAllLines(start()));
        arguments.removeIf(
                argument -> argument.contains("app.jsa") || argument.contains("app.aot"));
        Path uncached = Files.write(Files.createDirectories(folder).resolve("start"), arguments);
        return fileDrop(settings, List.of("@" + uncached), jvmFlags);
    }

    /** The packaged program by {@code java -jar}, with everything on, in once mode. */
    Program fileDropJar(Map<String, String> settings, String... jvmFlags) {
        return fileDrop(settings, List.of("-jar", JAR.toString()), jvmFlags);
    }

    /** The file of arguments that the image starts with; made once, with its cache. */
    private Path start() throws Exception {
        if (start == null) {
            Path app = JAR.getParent();
            Measured.run(
                    empty("start-cache"),
                    Map.of("JAVA_HOME", System.getProperty("java.home")),
                    List.of(
                            Path.of("src/main/docker/start-cache").toAbsolutePath().toString(),
                            app.toString()));
            start = app.resolve("start");
        }
        return start;
    }

    private Program fileDrop(Map<String, String> settings, List<String> what, String... jvmFlags) {
        return (files, rows, hubspot) -> {
            Path home = empty("file-drop");
            Path inbox = Files.createDirectories(home.resolve("drop/inbox"));
            for (Path file : files) {
                Files.copy(file, inbox.resolve(file.getFileName()));
            }
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(List.of(jvmFlags));
            command.addAll(what);
            Map<String, String> environment = new HashMap<>();
            environment.put("HUBSPOT_BASE_URL", hubspot.url());
            environment.put("HUBSPOT_ACCESS_TOKEN", "bench");
            environment.put("HUBSPOT_RATE_LIMIT", "1000000");
            environment.put("DROP_ONCE", "true");
            environment.put("DROP_STABLE_FOR", "PT0.01S");
            environment.put("QUARKUS_HTTP_PORT", "0");
            environment.putAll(settings);
            Measured measured = Measured.run(home, environment, command);
            requireClosedAccounts(home.resolve("drop/reports"), files.size(), rows);
            return measured;
        };
    }

    /** A program of this folder. */
    Program ofJava(Class<?> main, String... jvmFlags) {
        return (files, rows, hubspot) -> {
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(List.of(jvmFlags));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            command.addAll(List.of(files.get(0).toString(), hubspot.url(), Long.toString(rows)));
            return Measured.run(empty("baseline"), Map.of(), command);
        };
    }

    /** Node with HubSpot's own client, or null where Node is not to be had. */
    Program node() throws Exception {
        Path home = folder.resolve("node");
        Files.createDirectories(home);
        for (String file : List.of("package.json", "update.mjs")) {
            Files.copy(
                    Path.of("src/bench/node", file),
                    home.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Measured.run(home, Map.of(), List.of("npm", "install", "--no-audit", "--no-fund"));
        } catch (IOException e) {
            System.out.println("Node is left out: " + e.getMessage());
            return null;
        }
        return (files, rows, hubspot) ->
                Measured.run(
                        home,
                        Map.of("NODE_ENV", "production"),
                        List.of("node", "update.mjs", files.get(0).toString(), hubspot.url()));
    }

    /** The accounts of all runs together must name every row as confirmed. */
    private static void requireClosedAccounts(Path reports, int files, long rows)
            throws IOException {
        long confirmed = 0;
        int count = 0;
        try (Stream<Path> all = Files.list(reports)) {
            for (Path report : (Iterable<Path>) all::iterator) {
                count++;
                for (String line : Files.readAllLines(report)) {
                    if (line.strip().startsWith("\"confirmed\"")) {
                        confirmed += Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            }
        }
        if (count != files || confirmed != rows) {
            throw new IOException(
                    count
                            + " reports with "
                            + confirmed
                            + " confirmed, not "
                            + files
                            + " with "
                            + rows);
        }
    }

    private Path empty(String name) throws IOException {
        Path home = folder.resolve(name);
        if (Files.exists(home)) {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(home);
    }
}
