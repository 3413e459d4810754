package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedTokensTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID token verification has failed: JWT (claims->{\"sub\":\"eva\"}) rejected"
                        + "|ID token verification has failed",
                "Authentication has failed, error: access_denied, description: eva said no"
                        + "|Authentication has failed: access_denied",
                "Authorization code flow has failed, error code: invalid_scope, error description: x"
                        + "|Authorization code flow has failed: invalid_scope",
                "Authentication has failed, error: , description: x|Authentication has failed"
            })
    void tellsWhatFailedAndNothingOfTheToken(String message, String told) {
        assertThat(RefusedTokens.withoutToken(message + "\nmore"))
                .contains(told + ". What the token says is not for a log.");
    }

    @Test
    void leavesOtherMessagesAsTheyAre() {
        ExtLogRecord line =
                new ExtLogRecord(
                        Level.SEVERE, "No exchange: %s", ExtLogRecord.FormatStyle.PRINTF, "x");
        line.setParameters(new Object[] {"refused"});
        assertThat(new RefusedTokens().isLoggable(line)).isTrue();
        assertThat(line.getFormattedMessage()).isEqualTo("No exchange: refused");
    }
}
