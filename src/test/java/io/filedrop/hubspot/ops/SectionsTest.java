package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings under {@code drop.} and {@code hubspot.}, on top of the defaults. */
class SectionsTest {

    private static final Path DEFAULTS = Path.of("src/main/resources/application.properties");

    @TempDir Path folder;

    private static List<String> faults(Map<String, String> settings) throws Exception {
        Properties defaults = new Properties();
        try (Reader in = Files.newBufferedReader(DEFAULTS)) {
            defaults.load(in);
        }
        SettingsReader reader =
                new SettingsReader(
                        new SmallRyeConfigBuilder()
                                .addDefaultInterceptors()
                                .withSources(
                                        new PropertiesConfigSource(defaults, "defaults", 100),
                                        new PropertiesConfigSource(settings, "file", 250))
                                .build());
        DropSection.read(reader);
        HubSpotSection.read(reader, false);
        return reader.faults();
    }

    @ParameterizedTest
    @CsvSource({"drop, inbox", "drop, drop/inbox", "drop, drop/in/box", "a/drop, a/inbox"})
    void takesAnInboxOfItsOwn(String directory, String inbox) throws Exception {
        assertThat(faults(Map.of("drop.directory", directory, "drop.inbox", inbox))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "drop, drop",
        "drop, drop/",
        "a/drop, a",
        "a/drop, a/drop/../../a",
        "drop, drop/reports",
        "drop, drop/failed/again",
        "drop, drop/in-progress",
        "drop, .",
        "drop, config",
        "drop, routes",
    })
    void refusesAnInboxThatWouldTakeWhatIsOurs(String directory, String inbox) throws Exception {
        assertThat(faults(Map.of("drop.directory", directory, "drop.inbox", inbox)))
                .singleElement()
                .asString()
                .startsWith("drop.inbox=" + inbox + " is not allowed; it must be the path of");
    }

    @Test
    void tellsOfBothWhenTheDropDirectoryIsWrong() throws Exception {
        assertThat(faults(Map.of("drop.directory", ".", "drop.inbox", "."))).hasSize(2);
    }

    /** A usual slip: the secret itself where the path of its file should be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hubspot.access-token-file",
                "hubspot.oauth.client-secret-file",
                "hubspot.oauth.refresh-token-file"
            })
    void saysNoSecretThatStandsInThePlaceOfItsFile(String key) throws Exception {
        for (String secret : List.of("pat-eu1-1234", "half/other", "/nowhere-there/x")) {
            assertThat(faults(Map.of(key, secret)))
                    .anySatisfy(
                            fault ->
                                    assertThat(fault)
                                            .startsWith(key + " (not shown,")
                                            .contains("it must be the path of a file"))
                    .noneMatch(fault -> fault.contains(secret));
        }
    }

    @Test
    void saysThePathOfASecretThatCannotBeRead() throws Exception {
        String path = Files.createDirectories(folder.resolve("secrets")).resolve("tokn").toString();
        assertThat(faults(Map.of("hubspot.access-token-file", path)))
                .containsExactly(
                        "hubspot.access-token-file="
                                + path
                                + " is not allowed; it must be the path of a file that can be read"
                                + " and holds the secret and nothing else.");
    }

    @ParameterizedTest
    @CsvSource({
        "hubspot.proxy, http://user:hunter@2@proxy, http://…@proxy",
        "hubspot.proxy, http://user:hunter@proxy:3128, http://…@proxy:3128",
        "hubspot.base-url, https://user:hunter@api.hubapi.com, https://…@api.hubapi.com",
    })
    void saysNoPasswordOfAnAddress(String key, String address, String shown) throws Exception {
        assertThat(faults(Map.of(key, address)))
                .singleElement()
                .asString()
                .startsWith(key + "=" + shown + " is not allowed;")
                .doesNotContain("hunter");
    }

    @Test
    void takesAProxy() throws Exception {
        assertThat(faults(Map.of("hubspot.proxy", "http://proxy:3128"))).isEmpty();
    }
}
