package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.feed.Limits;

/** Reads the settings under {@code drop.limits.}. */
final class LimitsSection {

    private LimitsSection() {}

    static Limits read(SettingsReader reader) {
        int most = 1 << 30;
        Long file =
                reader.parsed(
                        "drop.limits.file",
                        "a number of bytes, 1 or more",
                        text -> {
                            long bytes = Long.parseLong(text);
                            if (bytes < 1) {
                                throw new IllegalArgumentException(text);
                            }
                            return bytes;
                        });
        return new Limits(
                reader.whole("drop.limits.field", 1024, most),
                reader.whole("drop.limits.record", 1024, most),
                file == null ? 1 : file,
                reader.whole("drop.limits.ratio", 2, 2000),
                reader.whole("drop.limits.entries", 1, 1_000_000),
                reader.whole("drop.limits.columns", 1, 1_000_000),
                reader.whole("drop.limits.nesting", 1, 1000),
                reader.whole("drop.limits.shared-texts", 1024, most),
                reader.whole("drop.limits.names", 100, 1_000_000));
    }
}
