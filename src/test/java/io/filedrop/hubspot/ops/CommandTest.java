package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource({
        "'',                       false, false",
        "check,                    true,  false",
        "check feed.csv,           true,  false",
        "check feed.csv madrid x,  true,  false",
        "chek feed.csv,            false, true",
        "CHECK feed.csv,           false, true",
        "feed.csv,                 false, true",
        "-durationMaxSeconds 10,   false, false",
        "-Ddrop.once=true,         false, false"
    })
    void isKnownOrAMistake(String line, boolean isCheck, boolean isMistaken) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(Command.isCheck(arguments)).isEqualTo(isCheck);
        assertThat(Command.isMistaken(arguments)).isEqualTo(isMistaken);
    }
}
