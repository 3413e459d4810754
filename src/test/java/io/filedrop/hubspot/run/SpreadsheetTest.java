package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons files hold no formulas, and lose nothing by that. */
class SpreadsheetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://example.com\")",
                "+1",
                "-1+cmd|' /C calc'!A0",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "'quoted",
                "-",
                "-.",
                "-1.2.3"
            })
    void putsAQuoteBeforeWhatASpreadsheetWouldCompute(String cell) {
        assertThat(Spreadsheet.harmless(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "house", "1", "-5", "-5.25", "a=b", "\u00ad"})
    void leavesTheRestAsItIs(String cell) {
        assertThat(Spreadsheet.harmless(cell)).isEqualTo(cell);
    }
}
