package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Map;

/** The rooms around one folder, as a program that starts there would have them. */
public final class ClaimedRun {

    public final DropSettings settings;
    public final DurableFiles files;
    public final Claims claims;
    public final Runs runs;
    public final Turns turns;

    public ClaimedRun(Path directory, Map<String, String> meaning) {
        this(Drops.in(directory), meaning);
    }

    /** The same with {@code drop.when-parked=continue}. */
    public static ClaimedRun passing(Path directory) {
        return new ClaimedRun(Drops.withPassing(directory, true), Map.of());
    }

    ClaimedRun(DropSettings drop, Map<String, String> meaning) {
        this(drop, meaning, new DurableFiles(drop.permissions()));
    }

    /** The same on another disk. */
    ClaimedRun(DropSettings drop, Map<String, String> meaning, DurableFiles files) {
        this.settings = drop;
        this.files = files;
        Inbox inbox = new Inbox(settings, System::nanoTime);
        claims = new Claims(settings, inbox, files, Clock.systemUTC(), "test");
        Storage storage = new Storage(settings, System::nanoTime);
        turns = new Turns(settings, storage, System::nanoTime);
        runs =
                new Runs(
                        claims,
                        new Repeats(settings.folders().reports()),
                        settings,
                        storage,
                        Drops.lease(settings),
                        new DurableFiles(settings.permissions()),
                        meaning,
                        turns,
                        Clock.systemUTC());
    }

    /** Drops a file and claims it; its run's folder. */
    public Path claim(String name, String content) throws IOException {
        return claim(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a file that is no text. */
    public Path claim(String name, byte[] content) throws IOException {
        Files.createDirectories(settings.folders().inbox());
        Path file = Files.write(settings.folders().inbox().resolve(name), content);
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        return claims.take(Inbox.Ready.of(file, "", seen)).orElseThrow();
    }
}
