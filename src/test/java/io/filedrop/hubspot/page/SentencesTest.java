package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.hubspot.HubSpotCode;
import io.filedrop.hubspot.hubspot.Why;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.DiskTrouble;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Sentence.Phrase;
import io.filedrop.hubspot.run.ToMend;
import io.filedrop.hubspot.run.WhyParked;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program says is said in each of the page's languages, about the same things. */
class SentencesTest {

    private static final Locale SPANISH = Locale.forLanguageTag("es");
    private static final Path MAIN = Path.of("src/main");

    static Stream<Phrase> everything() {
        return Stream.<Phrase[]>of(
                        Why.values(),
                        WhyParked.values(),
                        ToMend.values(),
                        DiskTrouble.values(),
                        DropField.Fault.values(),
                        Now.Withheld.values(),
                        Code.values(),
                        HubSpotCode.values())
                .flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void isSaidInBothLanguages(Phrase phrase) {
        Object[] values = {"«1»", "«2»", "«3»", "«4»", "«5»"};
        String english = Sentences.say(phrase.of(values), Locale.ENGLISH);
        String spanish = Sentences.say(phrase.of(values), SPANISH);
        assertThat(english).isEqualTo(phrase.of(values).toString());
        assertThat(spanish).isNotBlank().isNotEqualTo(english);
        assertThat(valuesIn(spanish)).isEqualTo(valuesIn(english));
    }

    /** Reports are English; who reads one in Spanish reads the same sentence, with its values. */
    @ParameterizedTest
    @MethodSource("kept")
    void isSaidAgainInTheReadersLanguage(Phrase phrase) {
        Object[] values = {"«1»", "«2»", "«3»"};
        String inReport = phrase.of(values).toString();
        assertThat(Sentences.again(inReport, SPANISH))
                .hasValue(Sentences.say(phrase.of(values), SPANISH));
        assertThat(Sentences.again(inReport, Locale.ENGLISH)).hasValue(inReport);
    }

    static Stream<Phrase> kept() {
        return Stream.<Phrase[]>of(WhyParked.values(), Why.values()).flatMap(Stream::of);
    }

    @Test
    void aSentenceInASentenceIsSaidAgain() {
        Sentence away = WhyParked.AWAY.of("2 h", Why.NO_CONNECTION.of("api.hubapi.com", "refused"));
        assertThat(Sentences.again(away.toString(), SPANISH))
                .hasValue(
                        "HubSpot no acepta nuestras llamadas desde hace 2 h, la última vez porque"
                                + " sin conexión con api.hubapi.com: refused");
    }

    @Test
    void whatIsNoSentenceOfOursStaysAsItIs() {
        assertThat(Sentences.again("line 3: a quote that does not end", SPANISH)).isEmpty();
        assertThat(Sentences.again("", SPANISH)).isEmpty();
    }

    @Test
    void aTranslationIsOfSomethingThatIsSaid() throws IOException {
        Properties spanish = new Properties();
        try (Reader reader =
                Files.newBufferedReader(MAIN.resolve("resources/sentences/es.properties"))) {
            spanish.load(reader);
        }
        assertThat(spanish.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(everything().map(Sentences::key).toList());
    }

    @Test
    void noEnumOfSentencesIsForgotten() throws IOException {
        List<String> here = everything().map(p -> p.getClass().getSimpleName()).distinct().toList();
        try (Stream<Path> sources = Files.walk(MAIN.resolve("java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Pattern.compile("enum (\\w+) implements (Sentence\\.)?Phrase")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(found -> assertThat(here).contains(found.group(1)));
            }
        }
    }

    @Test
    void aValueIsShownAsItIs() {
        assertThat(Sentences.say(Why.TOKEN_NOT_ASKED.of("100 %s {msg:title}"), SPANISH))
                .isEqualTo("no se pudo pedir a HubSpot un token de acceso: 100 %s {msg:title}");
    }

    private static TreeSet<String> valuesIn(String text) {
        return new TreeSet<>(
                Pattern.compile("«\\d»").matcher(text).results().map(MatchResult::group).toList());
    }
}
