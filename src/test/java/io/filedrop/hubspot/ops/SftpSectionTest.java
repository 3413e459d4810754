package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.KeyPair;
import io.filedrop.hubspot.run.Words;
import io.filedrop.hubspot.sftp.SftpServer;
import io.filedrop.hubspot.sftp.SftpSettings;
import io.filedrop.hubspot.sftp.SftpSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sources the settings describe, and which settings refuse the start. */
class SftpSectionTest {

    @TempDir Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> file =
            new HashMap<>(
                    Map.of(
                            "drop.sftp-timeout", "PT30S",
                            "drop.sftp-retry-longest", "PT10M",
                            "drop.sftp-refused-wait", "PT1M",
                            "drop.sftp-remind-every", "PT1H",
                            "drop.sftp-listing", "10000",
                            "drop.sftp-attempts", "3",
                            "drop.sftp-results", "1000"));
    private SftpServer server;
    private SettingsReader reader;

    @BeforeEach
    void start() throws Exception {
        server = new SftpServer(folder).start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(file, "file", 250),
                        new EnvConfigSource(variables, 300))
                .build();
    }

    private SftpSettings read() {
        SmallRyeConfig config = config();
        reader = new SettingsReader(config);
        return SftpSection.read(reader, config);
    }

    private void madrid(Map<String, String> settings) {
        file.put("drop.sftp.madrid.host", "127.0.0.1");
        file.put("drop.sftp.madrid.port", Integer.toString(server.port()));
        file.put("drop.sftp.madrid.username", "drop");
        file.put("drop.sftp.madrid.known-hosts-file", server.knownHosts().toString());
        settings.forEach((key, value) -> file.put("drop.sftp.madrid." + key, value));
    }

    @Test
    void fillsInWhatIsNotSet() throws Exception {
        String key = server.newKey(KeyPair.RSA, null).toString();
        madrid(Map.of("private-key-file", key, "directory", "outgoing/"));
        SftpSource source = read().sources().get(0);
        assertThat(reader.faults()).isEmpty();
        assertThat(source.directory()).isEqualTo("outgoing");
        assertThat(source.doneDirectory()).isEqualTo("outgoing/done");
        assertThat(source.resultsDirectory()).isEmpty();
        assertThat(source.pollInterval()).isEqualTo(Duration.ofMinutes(1));
    }

    /** A timer and a socket take no time below a millisecond, and a socket none above 24 days. */
    @ParameterizedTest
    @CsvSource({
        "PT0.0001S,                 1,             1",
        "PT0.05S,                   50,            50",
        "PT1H,                      3600000,       3600000",
        "P30D,                      2592000000,    2147483647",
        "PT9223372036854775807S,    3153600000000, 2147483647"
    })
    void takesEveryPositiveDuration(String text, long every, int timeout) throws Exception {
        madrid(
                Map.of(
                        "poll-interval",
                        text,
                        "password-file",
                        server.newPassword("word").toString()));
        file.put("drop.sftp-timeout", text);
        file.put("drop.sftp-retry-longest", text);
        SftpSettings settings = read();
        assertThat(reader.faults()).isEmpty();
        Duration interval = settings.sources().get(0).pollInterval();
        assertThat(SftpStarter.every(interval)).isEqualTo(every);
        assertThat(settings.limits().timeoutMillis()).isEqualTo(timeout);
        assertThat(settings.limits().retryLongest().toNanos()).isPositive();
    }

    @Test
    void takesEnvironmentVariablesForASourceOfTheFileAndForOneOfTheirOwn() throws Exception {
        String password = server.newPassword("word").toString();
        madrid(Map.of());
        variables.put("DROP_SFTP_MADRID_PASSWORD_FILE", password);
        variables.put("DROP_SFTP_COSTA_BLANCA_HOST", "127.0.0.1");
        variables.put("DROP_SFTP_COSTA_BLANCA_PORT", Integer.toString(server.port()));
        variables.put("DROP_SFTP_COSTA_BLANCA_USERNAME", "drop");
        variables.put("DROP_SFTP_COSTA_BLANCA_PASSWORD_FILE", password);
        variables.put("DROP_SFTP_COSTA_BLANCA_KNOWN_HOSTS_FILE", server.knownHosts().toString());
        variables.put("DROP_SFTP_COSTA_BLANCA_DONE_DIRECTORY", "taken");
        List<SftpSource> sources = read().sources();
        assertThat(reader.faults()).isEmpty();
        assertThat(sources).extracting(SftpSource::name).containsExactly("costa-blanca", "madrid");
        assertThat(sources.get(0).doneDirectory()).isEqualTo("taken");
        assertThat(sources.get(0).directory()).isEqualTo(".");
        assertThat(UnknownKeys.in(config(), reader.known()).warnings()).isEmpty();
    }

    @Test
    void leavesKubernetesItsServicesNames() {
        variables.put("DROP_SFTP_SERVICE_HOST", "10.0.0.7");
        variables.put("DROP_SFTP_SERVICE_PORT", "22");
        variables.put("DROP_SFTP_PORT_22_TCP_PORT", "22");
        assertThat(read().sources()).isEmpty();
        assertThat(reader.faults()).isEmpty();
        assertThat(UnknownKeys.in(config(), reader.known()).warnings())
                .contains("DROP_SFTP_SERVICE_HOST");
    }

    @Test
    void findsAMistakenKey() {
        file.put("drop.sftp.madrid.hots", "x");
        file.put("%other.drop.sftp.sevilla.host", "x");
        read();
        assertThat(UnknownKeys.in(config(), reader.known()).mistakes())
                .containsExactly("drop.sftp.madrid.hots");
        assertThat(Words.nearest("drop.sftp.madrid.hots", reader.known()))
                .isEqualTo("drop.sftp.madrid.host");
    }

    @Test
    void saysWhatIsMissingOrCannotBeRight() throws Exception {
        file.put("drop.sftp.sevilla.host", "sftp.example.com");
        String locked = server.newKey(KeyPair.ED25519, "canary").toString();
        madrid(
                Map.of(
                        "private-key-file", locked,
                        "directory", "in",
                        "done-directory", "in",
                        "results-directory", "a*",
                        "poll-interval", "60"));
        read();
        assertThat(reader.faults())
                .contains(
                        locked + " is encrypted; set drop.sftp.madrid.private-key-passphrase-file.",
                        "drop.sftp.madrid.directory must be another one than done- and results-directory.")
                .anyMatch(f -> f.startsWith("drop.sftp.madrid.results-directory=a* is not allowed"))
                .anyMatch(f -> f.startsWith("drop.sftp.madrid.poll-interval=60 is not allowed"))
                .anyMatch(f -> f.startsWith("drop.sftp.sevilla.username is not set"))
                .anyMatch(f -> f.startsWith("drop.sftp.sevilla.known-hosts-file is not set"));

        file.put(
                "drop.sftp.madrid.private-key-passphrase-file",
                server.secret("wrong", "wrong").toString());
        read();
        assertThat(reader.faults())
                .anyMatch(f -> f.contains("passphrase-file does not open " + locked))
                .noneMatch(f -> f.contains("wrong."));
    }

    @Test
    void needsTheKeyOfThatVeryPort() throws Exception {
        madrid(Map.of("password-file", server.newPassword("word").toString(), "port", "22"));
        read();
        assertThat(reader.faults())
                .singleElement()
                .asString()
                .contains("names no key for 127.0.0.1;")
                .contains("ssh-keyscan -p 22 127.0.0.1");
    }
}
