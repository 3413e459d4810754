package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feed.csv",
                "España ñ.csv",
                "a b.csv",
                "~feed.csv",
                "a..b",
                "*?.csv",
                "日本語.csv",
                "-rf"
            })
    void takesPlainFileNames(String name) {
        assertThat(RemoteName.refusal(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "/etc/x",
                "a/b",
                "a\\b",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u001b[31m",
                "a\u202Eb",
                "a\u2028b",
                "a\uFFFDb",
                "a\uD800b",
                ".hidden",
                "x.part",
                "x.TMP",
                "x.filepart",
                "~$x.xlsx",
                "Thumbs.db",
                "desktop.ini"
            })
    void refusesWhatIsNone(String name) {
        assertThat(RemoteName.refusal(name)).isPresent();
    }

    @Test
    void countsBytesNotLetters() {
        assertThat(RemoteName.refusal("a".repeat(255))).isEmpty();
        assertThat(RemoteName.refusal("a".repeat(256))).isPresent();
        assertThat(RemoteName.refusal("ñ".repeat(128))).isPresent();
    }
}
