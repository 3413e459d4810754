package io.filedrop.hubspot.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** Settings for tests, as the program has them by default but for what a test says. */
public final class Drops {

    static final Duration STABLE_FOR = Duration.ofSeconds(10);

    private Drops() {}

    public static DropSettings in(Path directory) {
        return with(directory, Optional.empty(), 1L << 30, 0);
    }

    static DropSettings withMarker(Path directory, String marker) {
        return with(directory, Optional.of(marker), 1L << 30, 0);
    }

    /** A lease that is held, as if there was never another. */
    public static Lease lease(DropSettings settings) {
        Path folder = settings.folders().inProgress();
        Lease lease =
                new Lease(
                        folder,
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Holder.ofThisProcess(),
                        System::nanoTime);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(".lease-1"));
            lease.beat();
            lease.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lease;
    }

    /** Of {@code drop.when-parked}; and a file may have any size. */
    static DropSettings withPassing(Path directory, boolean passParked) {
        return with(directory, Optional.empty(), Long.MAX_VALUE, 0, passParked);
    }

    public static DropSettings with(
            Path directory, Optional<String> marker, long fileLimit, long reserve) {
        return with(directory, marker, fileLimit, reserve, false);
    }

    private static DropSettings with(
            Path directory,
            Optional<String> marker,
            long fileLimit,
            long reserve,
            boolean passParked) {
        return new DropSettings(
                new DropSettings.Folders(directory, directory.resolve("inbox")),
                false,
                100,
                STABLE_FOR,
                marker,
                false,
                false,
                passParked,
                50,
                3,
                Duration.ofSeconds(10),
                10_000,
                1 << 25,
                Duration.ofSeconds(10),
                PosixFilePermissions.fromString("rw-r-----"),
                fileLimit,
                reserve,
                3,
                1000,
                Duration.ofSeconds(15),
                Optional.of(Period.ofDays(30)),
                Optional.of(Period.ofDays(90)));
    }
}
