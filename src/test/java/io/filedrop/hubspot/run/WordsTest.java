package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in a log are written in one way, whatever country the machine is set to. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "400, 0.4 s",
        "8000, 8.0 s",
        "12000, 12 s",
        "725000, 12 min 5 s",
        "12000000, 3 h 20 min"
    })
    void saysADuration(long millis, String words) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("es-ES"));
        try {
            assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(words);
            assertThat(Words.count(1234567)).isEqualTo("1,234,567");
        } finally {
            Locale.setDefault(before);
        }
    }
}
