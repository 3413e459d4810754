package io.filedrop.hubspot.routes;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The application in the test's own process, with the sandbox playing HubSpot, and short waits. */
public class InProcess implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        String port = Integer.toString(freePort());
        Map<String, String> settings = new HashMap<>();
        settings.put("sandbox.enabled", "true");
        settings.put("sandbox.port", port);
        settings.put("hubspot.base-url", "http://127.0.0.1:" + port);
        settings.put("hubspot.access-token", "sandbox");
        settings.put("hubspot.rate-limit", "1000000");
        settings.put("hubspot.settle-time", "PT0.15S");
        settings.put("hubspot.request-timeout", "PT0.3S");
        settings.put("hubspot.retry-first", "PT0.002S");
        settings.put("hubspot.retry-longest", "PT0.02S");
        settings.put("hubspot.definitions-retry", "PT0.01S");
        settings.put("drop.directory", directory().toString());
        settings.put("drop.stable-for", "PT0.01S");
        settings.put("drop.poll-interval", "10");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target/drops")), "drop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
