package io.filedrop.hubspot.page;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.filedrop.hubspot.routes.InProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The application in the test's own process, with two users, Ana and Lena, and traces. */
public class Operated extends InProcess {

    static final String USER = "ana";
    static final String PASSWORD = "let me in";

    /** Her password is a hundred times the letter a; crypt(3) made the hash. */
    private static final String LENA =
            "lena:$2y$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe\n";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        // Whose first call takes longer has no definitions for its first file, and other codes.
        settings.put("hubspot.request-timeout", "PT20S");
        settings.put("drop.page.users-file", usersFile().toString());
        settings.put("quarkus.otel.sdk.disabled", "false");
        settings.put("quarkus.otel.simple", "true");
        return settings;
    }

    private static Path usersFile() {
        try {
            String hash = BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray());
            return Files.writeString(
                    Files.createTempFile(Path.of("target"), "users", ""),
                    USER + ":" + hash + "\n" + LENA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
