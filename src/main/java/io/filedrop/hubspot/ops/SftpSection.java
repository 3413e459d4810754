package io.filedrop.hubspot.ops;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.filedrop.hubspot.sftp.PinnedHost;
import io.filedrop.hubspot.sftp.SftpSettings;
import io.filedrop.hubspot.sftp.SftpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/** Reads the settings under {@code drop.sftp.<source>.}, and finds out which sources there are. */
final class SftpSection {

    private static final Logger LOG = Logger.getLogger(SftpSection.class);

    /** What may be said of a source; the longer of two with the same ending first. */
    private static final List<String> KEYS =
            List.of(
                    "private-key-passphrase-file",
                    "private-key-file",
                    "password-file",
                    "known-hosts-file",
                    "done-directory",
                    "results-directory",
                    "directory",
                    "poll-interval",
                    "username",
                    "host",
                    "port");

    private static final Pattern SETTING =
            Pattern.compile("drop\\.sftp\\.([A-Za-z0-9][A-Za-z0-9_-]{0,63})\\.(.+)");
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "DROP_SFTP_([A-Z0-9][A-Z0-9_]*?)_("
                            + KEYS.stream()
                                    .map(UnknownKeys::variable)
                                    .collect(Collectors.joining("|"))
                            + ")");
    private static final String FOLDER = "the path of a folder on the server, without *, ? and \\";

    private SftpSection() {}

    /** Whether there is such a setting, for some source. */
    static boolean isKey(String key) {
        Matcher setting = SETTING.matcher(key);
        return setting.matches() && KEYS.contains(setting.group(2));
    }

    static SftpSettings read(SettingsReader reader, Config config) {
        SftpSettings.Limits limits =
                new SftpSettings.Limits(
                        reader.duration("drop.sftp-timeout"),
                        reader.duration("drop.sftp-retry-longest"),
                        reader.duration("drop.sftp-refused-wait"),
                        reader.duration("drop.sftp-remind-every"),
                        reader.whole("drop.sftp-listing", 1, 1_000_000),
                        reader.whole("drop.sftp-attempts", 1, 1000),
                        reader.whole("drop.sftp-results", 1, 1_000_000));
        List<SftpSource> sources = new ArrayList<>();
        for (String name : sources(config)) {
            readSource(reader, name).ifPresent(sources::add);
        }
        return new SftpSettings(sources, limits);
    }

    /** The sources that any setting names. */
    static Set<String> sources(Config config) {
        Set<String> sources = new TreeSet<>();
        TreeMap<String, Set<String>> variables = new TreeMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            for (String name : source.getPropertyNames()) {
                if (UnknownKeys.isEnvironment(source)) {
                    Matcher variable = VARIABLE.matcher(name);
                    if (variable.matches()) {
                        variables
                                .computeIfAbsent(variable.group(1), v -> new TreeSet<>())
                                .add(variable.group(2));
                    }
                } else {
                    Matcher setting = SETTING.matcher(name);
                    if (setting.matches()) {
                        sources.add(setting.group(1));
                    }
                }
            }
        }
        Set<String> known = new TreeSet<>();
        sources.forEach(source -> known.add(UnknownKeys.variable(source)));
        variables.forEach(
                (variable, keys) -> {
                    // Kubernetes gives every service a host and a port, a service drop-sftp too.
                    boolean ours = !Set.of("HOST", "PORT").containsAll(keys);
                    if (ours && !known.contains(variable)) {
                        sources.add(variable.toLowerCase(Locale.ROOT).replace('_', '-'));
                    }
                });
        return sources;
    }

    private static Optional<SftpSource> readSource(SettingsReader reader, String name) {
        int before = reader.faults().size();
        String prefix = "drop.sftp." + name + ".";
        String host =
                reader.parsed(
                        prefix + "host",
                        "the name or address of a server",
                        text -> SettingsReader.matching(text, "[A-Za-z0-9._:-]+"));
        int port =
                reader.optional(
                                prefix + "port",
                                "a port, 1 to 65535",
                                text -> SettingsReader.wholeBetween(text, 1, 65_535))
                        .orElse(22);
        String username = reader.parsed(prefix + "username", "the name to log in with", t -> t);
        Optional<Path> key = file(reader, prefix + "private-key-file");
        Optional<Path> passphrase = file(reader, prefix + "private-key-passphrase-file");
        Optional<Path> password = file(reader, prefix + "password-file");
        if (reader.faults().size() == before && key.isEmpty() && password.isEmpty()) {
            reader.fault(prefix + "private-key-file (or " + prefix + "password-file) is not set.");
        }
        if (passphrase.isPresent() && key.isEmpty()) {
            reader.fault(prefix + "private-key-passphrase-file needs private-key-file.");
        }
        key.ifPresent(file -> checkKey(reader, prefix, file, passphrase));
        Path knownHosts =
                reader.parsed(
                        prefix + "known-hosts-file",
                        "the path of a known_hosts file with the key of the server",
                        SftpSection::readable);
        if (host != null && knownHosts != null) {
            try {
                PinnedHost.read(knownHosts, host, port);
            } catch (IOException e) {
                reader.fault(prefix + "known-hosts-file: " + e.getMessage() + ".");
            }
        }
        String directory = folder(reader, prefix + "directory").orElse(".");
        String done = folder(reader, prefix + "done-directory").orElse(directory + "/done");
        Optional<String> results = folder(reader, prefix + "results-directory");
        if (done.equals(directory) || results.filter(directory::equals).isPresent()) {
            reader.fault(
                    prefix + "directory must be another one than done- and results-directory.");
        }
        Duration interval =
                reader.optional(
                                prefix + "poll-interval",
                                "a positive ISO 8601 duration, PT1M say",
                                SettingsReader::positive)
                        .orElse(Duration.ofMinutes(1));
        return reader.faults().size() > before
                ? Optional.empty()
                : Optional.of(
                        new SftpSource(
                                name,
                                host,
                                port,
                                new SftpSource.Login(username, key, passphrase, password),
                                knownHosts,
                                directory,
                                done,
                                results,
                                interval));
    }

    private static void checkKey(
            SettingsReader reader, String prefix, Path file, Optional<Path> passphrase) {
        try {
            KeyPair pair = KeyPair.load(new JSch(), Files.readAllBytes(file), null);
            boolean open =
                    passphrase.isPresent()
                            ? pair.decrypt(SftpSource.secret(passphrase.get()))
                            : !pair.isEncrypted();
            pair.dispose();
            if (!open) {
                reader.fault(
                        passphrase.isPresent()
                                ? prefix + "private-key-passphrase-file does not open " + file + "."
                                : file
                                        + " is encrypted; set "
                                        + prefix
                                        + "private-key-passphrase-file.");
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file)
                            .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_READ)) {
                LOG.warnf("%s can be read by everybody on this machine.", file);
            }
        } catch (JSchException | IOException e) {
            reader.fault(
                    prefix + "private-key-file=" + file + " is no private key that can be read.");
        }
    }

    private static Optional<Path> file(SettingsReader reader, String key) {
        return reader.optional(key, "the path of a file that can be read", SftpSection::readable);
    }

    private static Path readable(String text) {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(text);
        }
        return file;
    }

    private static Optional<String> folder(SettingsReader reader, String key) {
        return reader.optional(
                key,
                FOLDER,
                text -> {
                    String path = SettingsReader.matching(text, "[^*?\\\\\\p{Cntrl}]+");
                    return path.length() > 1 && path.endsWith("/")
                            ? path.substring(0, path.length() - 1)
                            : path;
                });
    }
}
