package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.DropSettings;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Period;
import java.util.Optional;

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
                        "the path of a folder",
                        text -> Path.of(text).toAbsolutePath().normalize());
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
                reader.whole("drop.set-aside", 1, 10_000_000),
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
        Path here = Path.of("").toAbsolutePath();
        if (here.resolve("config").startsWith(directory)
                || here.resolve("routes").startsWith(directory)) {
            throw new IllegalArgumentException(text);
        }
        return directory;
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
