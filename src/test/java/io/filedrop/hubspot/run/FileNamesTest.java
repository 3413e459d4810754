package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "feed.csv, feed.csv",
        "a b%c+d.csv, a b%c+d.csv",
        "-rf.csv, -rf.csv",
        "..\\secret.csv, _.\\secret.csv",
        "a\\b.csv, a_b.csv",
        "${sys:user.home}.csv, _{sys:user.home}.csv",
        "$simple{body}.csv, _simple{body}.csv",
        "{{x}}.csv, {{x}}.csv",
        "feed.camelLock, feed_camelLock",
        ".camelLock, _camelLock",
    })
    void keepsNamesThatAreHarmless(String dropped, String kept) {
        assertThat(FileNames.kept(folder.resolve(dropped))).isEqualTo(kept.replace('\\', '_'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.csv", " a b", "-rf", "..."})
    void takesNamesForOneSegment(String name) {
        assertThat(FileNames.isSegment(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/", "/a", "a/", "a\u0000b"})
    void takesNothingElseForOne(String name) {
        assertThat(FileNames.isSegment(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "kyero-madrid.xml, kyero-madrid-RUN.xml",
        "kyero.XML.GZ, kyero-RUN.XML.GZ",
        "kyero.zip, kyero-RUN.zip",
        "kyero.2026.csv.zip, kyero.2026-RUN.csv.zip",
        "kyero, kyero-RUN",
        "_.csv, _-RUN.csv",
    })
    void putsTheRunBeforeTheEndingsThatSayWhatKindOfFileItIs(String name, String beside) {
        assertThat(FileNames.beside(name, "RUN")).isEqualTo(beside);
    }

    @Test
    void takesControlAndDirectionCharactersOut() {
        assertThat(FileNames.kept(folder.resolve("a\nb\u0007\u202Egpj.csv")))
                .isEqualTo("a_b__gpj.csv");
    }

    @Test
    void cutsALongNameButNotItsEnding() {
        String kept = FileNames.kept(folder.resolve("ä".repeat(125) + ".csv"));
        assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isBetween(190, 200);
        assertThat(kept).startsWith("ää").endsWith("~.csv");
    }

    /** Java offers no way to write such a name, so the shell does. */
    @Test
    void readsANameThatIsNotUtf8() throws Exception {
        new ProcessBuilder("bash", "-c", "printf x > $'caf\\xe9.csv'")
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        try (var files = Files.newDirectoryStream(folder)) {
            assertThat(FileNames.kept(files.iterator().next())).isEqualTo("caf_.csv");
        }
    }
}
