package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Whether others on this machine can read, or exchange, the secrets that the settings name. */
final class SecretFiles {

    private static final Pattern SECRET =
            Pattern.compile(".*(token|secret|private-key|passphrase|password|users)-file");

    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private SecretFiles() {}

    /** Whether that setting is the path of a file with a secret. */
    static boolean areNamedBy(String key) {
        return SECRET.matcher(key).matches();
    }

    /**
     * A sentence for each secret that is not the program's own.
     *
     * @param setting the value of a setting, if it has one
     */
    static List<String> exposed(Set<String> settings, Function<String, Optional<String>> setting) {
        return settings.stream()
                .filter(SecretFiles::areNamedBy)
                .sorted()
                .flatMap(key -> setting.apply(key).flatMap(file -> exposed(key, file)).stream())
                .toList();
    }

    private static Optional<String> exposed(String key, String file) {
        try {
            Path path = Path.of(file).toAbsolutePath();
            if (isMounted(path)) {
                return Optional.empty();
            }
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            return mode.stream().noneMatch(OF_OTHERS::contains)
                    ? Optional.empty()
                    : Optional.of(
                            "%s: others than the owner may read or write %s (%s); take that away with chmod 600."
                                    .formatted(
                                            key,
                                            Words.name(path),
                                            PosixFilePermissions.toString(mode)));
        } catch (IOException | RuntimeException e) {
            // There is none, or its file system knows no modes: nothing to say about it here.
            return Optional.empty();
        }
    }

    /** Kubernetes mounts a Secret as links to {@code ..data}; whom it lets in, the pod decides. */
    private static boolean isMounted(Path file) {
        return Files.isSymbolicLink(file) && Files.exists(file.resolveSibling("..data"));
    }
}
