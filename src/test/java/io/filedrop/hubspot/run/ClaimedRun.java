package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The rooms around one folder, as a program that starts there would have them. */
public final class ClaimedRun {

    public final DropSettings settings;
    public final DurableFiles files;
    public final Claims claims;
    public final Runs runs;

    public ClaimedRun(Path directory, Map<String, String> meaning) {
        settings =
                new DropSettings(
                        new DropSettings.Folders(directory, directory.resolve("inbox")),
                        true,
                        100,
                        Duration.ofMillis(1),
                        Optional.empty(),
                        false,
                        false,
                        false,
                        1000,
                        10_000,
                        Duration.ofSeconds(10),
                        PosixFilePermissions.fromString("rw-r-----"));
        files = new DurableFiles(settings.permissions());
        Inbox inbox = new Inbox(settings, System::nanoTime);
        claims = new Claims(settings, inbox, files, Clock.systemUTC(), "test");
        runs =
                new Runs(
                        claims,
                        new Repeats(settings.folders().reports()),
                        settings,
                        Clock.systemUTC(),
                        meaning);
    }

    /** Drops a file and claims it; its run's folder. */
    public Path claim(String name, String content) throws IOException {
        Files.createDirectories(settings.folders().inbox());
        return claims.take(Files.writeString(settings.folders().inbox().resolve(name), content))
                .orElseThrow();
    }
}
