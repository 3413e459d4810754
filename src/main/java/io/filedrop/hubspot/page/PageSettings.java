package io.filedrop.hubspot.page;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings under {@code drop.page.}, checked.
 *
 * @param usersFile who may see reasons and values and drop files, an htpasswd file with bcrypt
 *     hashes; without one nobody may
 */
public record PageSettings(Optional<Path> usersFile) {}
