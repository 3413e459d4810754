package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.DropSettings;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Period;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the settings under {@code drop.}. */
final class DropSection {

    private DropSection() {}

    static DropSettings read(SettingsReader reader) {
        readByRoutes(reader);
        Path directory =
                reader.parsed(
                        "drop.directory",
                        "the path of a folder that holds neither config/ nor routes/",
                        DropSection::dropDirectory);
        Path inbox =
                reader.parsed(
                        "drop.inbox",
                        "the path of a folder of its own: not drop.directory or one above it, none"
                                + " that results are written into, and without config/ and routes/",
                        text -> inbox(text, directory));
        return new DropSettings(
                new DropSettings.Folders(directory, inbox),
                reader.flag("drop.once"),
                reader.whole("drop.batch-size", 1, 100),
                reader.duration("drop.stable-for"),
                reader.optional(
                        "drop.marker",
                        "a suffix of a file name, .done say",
                        text -> SettingsReader.matching(text, "[^/\\\\]+")),
                "clear".equals(reader.oneOf("drop.empty-values", "ignore", "clear")),
                "ignore".equals(reader.oneOf("drop.unknown-columns", "refuse", "ignore")),
                "continue".equals(reader.oneOf("drop.when-parked", "wait", "continue")),
                reader.whole("drop.claim-ahead", 1, 1_000_000),
                reader.whole("drop.claim-retries", 0, 1000),
                reader.duration("drop.claim-retry-wait"),
                reader.whole("drop.set-aside", 1, 10_000_000),
                reader.whole("drop.read-ahead", 1, 1_000_000_000),
                reader.duration("drop.progress-every"),
                reader.parsed(
                        "drop.permissions",
                        "nine letters as ls shows them, rw-r----- say",
                        PosixFilePermissions::fromString),
                reader.bytes("drop.limits.file", 1),
                reader.bytes("drop.reserve", 0),
                reader.whole("drop.attempts", 1, 1_000_000),
                reader.whole("drop.parked-listings", 0, 100_000_000),
                reader.duration("drop.lease-time"),
                period(reader, "drop.keep-archive"),
                period(reader, "drop.keep-outcomes"));
    }

    private static Optional<Period> period(SettingsReader reader, String key) {
        return reader.optional(
                key,
                "a positive ISO 8601 period of days, months or years, P30D say, or nothing",
                text -> {
                    Period period = Period.parse(text);
                    if (period.isNegative() || period.isZero()) {
                        throw new IllegalArgumentException(text);
                    }
                    return period;
                });
    }

    private static Path dropDirectory(String text) {
        Path directory = Path.of(text).toAbsolutePath().normalize();
        if (holdsSettings(directory)) {
            throw new IllegalArgumentException(text);
        }
        return directory;
    }

    /**
     * What lies in the inbox is taken, whatever it is: never our settings, and never what we write,
     * or each report would be the next file.
     *
     * @param directory null when it is not allowed itself
     */
    private static Path inbox(String text, Path directory) {
        Path inbox = Path.of(text).toAbsolutePath().normalize();
        DropSettings.Folders folders = new DropSettings.Folders(directory, inbox);
        boolean isOurs =
                directory != null
                        && (directory.startsWith(inbox)
                                || Stream.of(
                                                folders.inProgress(),
                                                folders.succeeded(),
                                                folders.failed(),
                                                folders.archive(),
                                                folders.reports())
                                        .anyMatch(inbox::startsWith));
        if (isOurs || holdsSettings(inbox)) {
            throw new IllegalArgumentException(text);
        }
        return inbox;
    }

    private static boolean holdsSettings(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        return here.resolve("config").startsWith(folder)
                || here.resolve("routes").startsWith(folder);
    }

    /** Settings that only the routes read; they exist all the same. */
    private static void readByRoutes(SettingsReader reader) {
        reader.whole("drop.poll-interval", 1, 86_400_000);
        reader.whole("drop.tidy-interval", 1, 2_000_000_000);
        for (String what : new String[] {"succeeded", "failed", "archive", "reports"}) {
            reader.parsed("drop.destination." + what, "a Camel endpoint", text -> text);
        }
    }
}
