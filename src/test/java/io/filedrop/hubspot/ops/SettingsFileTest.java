package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings file that users get, and the defaults in the jar, say the same. */
class SettingsFileTest {

    private static final Path OFFERED = Path.of("config/application.properties");
    private static final Path DEFAULTS = Path.of("src/main/resources/application.properties");

    @Test
    void offersEverySettingWithItsDefault() throws IOException {
        List<String> offered = Files.readAllLines(OFFERED);
        List<String> settings =
                Files.readAllLines(DEFAULTS).stream()
                        .filter(line -> line.matches("#?(hubspot|drop|sandbox)\\.[a-z.-]+=.*"))
                        .map(line -> line.startsWith("#") ? line : "#" + line)
                        .toList();
        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(offered).containsAll(settings);
    }

    /**
     * A live value there would beat dev mode's own, and dev mode would talk to the real HubSpot.
     */
    @Test
    void setsNothingByItself() throws IOException {
        assertThat(Files.readAllLines(OFFERED))
                .allSatisfy(line -> assertThat(line).matches("(#.*)?"));
    }
}
