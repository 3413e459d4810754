package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.page.PageSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the settings under {@code drop.page.}. */
final class PageSection {

    private PageSection() {}

    static PageSettings read(SettingsReader reader) {
        return new PageSettings(
                reader.optional(
                        "drop.page.users-file",
                        "an htpasswd file with bcrypt hashes that can be read",
                        PageSection::readable));
    }

    private static Path readable(String text) {
        Path file = Path.of(text).toAbsolutePath();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(text);
        }
        return file;
    }
}
