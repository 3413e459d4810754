package io.filedrop.hubspot.run;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How many files wait in the inbox, and for how long. Looks at most every few seconds. */
@Singleton
public class InboxAge {

    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final Path folder;
    private final Inbox inbox;
    private Look last;
    private long lookedAt;

    /**
     * What was seen.
     *
     * @param oldest when the file was changed that has not been changed for longest
     */
    public record Look(int files, Instant oldest) {

        /** How long that is ago; zero when nothing waits. */
        public Duration oldestAge() {
            Duration age = Duration.between(oldest, Instant.now());
            return files == 0 || age.isNegative() ? Duration.ZERO : age;
        }
    }

    @Inject
    public InboxAge(DropSettings drop, Inbox inbox) {
        this.folder = drop.folders().inbox();
        this.inbox = inbox;
    }

    /** The update files that are in the inbox now, ready or not. */
    public synchronized Look look() {
        long now = System.nanoTime();
        if (last == null || now - lookedAt >= LOOK_AGAIN_NANOS) {
            last = look(folder, true);
            lookedAt = now;
        }
        return last;
    }

    private Look look(Path directory, boolean descend) {
        int files = 0;
        Instant oldest = Instant.MAX;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Look seen;
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    seen = file(entry);
                } else if (descend && inbox.isSource(entry)) {
                    seen = look(entry, false);
                } else {
                    continue;
                }
                files += seen.files();
                oldest = seen.oldest().isBefore(oldest) ? seen.oldest() : oldest;
            }
        } catch (IOException e) {
            // The route that reads the inbox says what is wrong with it.
            return new Look(files, oldest);
        }
        return new Look(files, oldest);
    }

    private Look file(Path file) throws IOException {
        if (inbox.look(file) == Inbox.State.NEVER) {
            return new Look(0, Instant.MAX);
        }
        try {
            return new Look(
                    1, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (NoSuchFileException e) {
            // Claimed meanwhile.
            return new Look(0, Instant.MAX);
        }
    }
}
