package io.filedrop.hubspot.ops;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Finds settings that do not exist. In a file or a system property that is a mistake which must not
 * pass; in the environment it may be somebody else's variable, Kubernetes sets such.
 */
final class UnknownKeys {

    private static final List<String> PREFIXES = List.of("hubspot.", "drop.", "sandbox.");

    private UnknownKeys() {}

    record Found(Set<String> mistakes, Set<String> warnings) {}

    static Found in(Config config, Set<String> known) {
        Found found = new Found(new TreeSet<>(), new TreeSet<>());
        Set<String> variables = new TreeSet<>();
        known.forEach(key -> variables.add(variable(key)));
        for (ConfigSource source : config.getConfigSources()) {
            boolean environment = isEnvironment(source);
            for (String name : source.getPropertyNames()) {
                if (environment) {
                    String variable = variable(name);
                    if (isOurs(variable.toLowerCase(Locale.ROOT).replace('_', '.'))
                            && !variables.contains(variable)) {
                        found.warnings().add(variable);
                    }
                } else {
                    String key =
                            name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : name;
                    // A source of another profile is as known as one of this profile.
                    if (isOurs(key) && !known.contains(key) && !SftpSection.isKey(key)) {
                        found.mistakes().add(key);
                    }
                }
            }
        }
        return found;
    }

    static boolean isEnvironment(ConfigSource source) {
        return source.getName().contains("EnvConfigSource");
    }

    private static boolean isOurs(String key) {
        return PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** The environment variable of a setting. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
