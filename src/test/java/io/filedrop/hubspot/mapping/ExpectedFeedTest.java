package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping can say how often its files should come. */
class ExpectedFeedTest {

    private static final String MAPPING =
            """
            files: ["portal*.csv"]
            %s
            id: {column: REF, property: reference}
            properties:
              hs_price: PRICE
            """;

    @Test
    void says() {
        assertThat(read("expected: PT24H").expected()).contains(Duration.ofDays(1));
    }

    @Test
    void needsNotSay() {
        assertThat(read("").expected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"daily", "PT0S", "-PT1H", "24"})
    void mustBeADuration(String text) {
        assertThatThrownBy(() -> read("expected: " + text))
                .hasMessage(
                        "portal.yaml, line 2: expected must be a positive ISO 8601 duration, PT24H"
                                + " say.");
    }

    private static Mapping read(String line) {
        return MappingReader.read("portal.yaml", "", MAPPING.formatted(line), "");
    }
}
