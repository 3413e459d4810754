package io.filedrop.hubspot.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The application in the test's own process; the test plays HubSpot itself, moves the clock and
 * changes the token. Everything can be logged that may be.
 */
public class OwnHubSpot extends InProcess {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("sandbox.enabled", "false");
        settings.remove("hubspot.access-token");
        settings.put("hubspot.access-token-file", tokenFile().toString());
        settings.put("hubspot.wait.secondly", "PT0.02S");
        settings.put("hubspot.wait.ten-secondly", "PT0.03S");
        settings.put("hubspot.wait.locked", "PT0.02S");
        settings.put("hubspot.wait.moving", "PT0.02S");
        settings.put("hubspot.wait.longest-retry-after", "PT0.1S");
        settings.put("hubspot.wait.parked", "PT0.1S");
        settings.put("hubspot.wait.longest-moving", "PT0.1S");
        for (String category : Set.of("io.filedrop", "org.apache.camel", "org.apache.hc")) {
            settings.put("quarkus.log.category.\"" + category + "\".min-level", "TRACE");
        }
        // What may never be logged stays so, whatever is asked for.
        settings.put("quarkus.log.category.\"org.apache.hc.client5.http\".level", "TRACE");
        return settings;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(MovedClock.class, MovedTime.class);
    }

    private Path tokenFile;

    /** Mounted as Kubernetes does it: token → ..data/token, ..data → a folder. */
    private Path tokenFile() {
        if (tokenFile != null) {
            return tokenFile;
        }
        try {
            Path mount =
                    Files.createTempDirectory(
                            Files.createDirectories(Path.of("target/drops").toAbsolutePath()),
                            "token");
            Path first = Files.createDirectory(mount.resolve("..first"));
            Files.writeString(first.resolve("token"), "pat-first-secret");
            Files.createSymbolicLink(mount.resolve("..data"), Path.of("..first"));
            tokenFile = Files.createSymbolicLink(mount.resolve("token"), Path.of("..data/token"));
            return tokenFile;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
