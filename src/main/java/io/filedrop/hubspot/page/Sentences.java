package io.filedrop.hubspot.page;

import io.filedrop.hubspot.hubspot.HubSpotCode;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Sentence.Phrase;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the program itself says, in the reader's language: why it waits, what has to be mended, what
 * a code means. The English is the program's own, the Spanish stands in {@code sentences/}.
 */
final class Sentences {

    private static final Properties SPANISH = read("/sentences/es.properties");

    private Sentences() {}

    static String say(Sentence sentence, Locale locale) {
        return sentence.in(pattern(sentence.phrase(), locale));
    }

    /** What a code of a reason means; empty when that is not known. */
    static String meaning(String code, Locale locale) {
        return Stream.<Phrase[]>of(Code.values(), HubSpotCode.values())
                .flatMap(Stream::of)
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> say(known.of(), locale))
                .orElse("");
    }

    private static String pattern(Phrase phrase, Locale locale) {
        return locale.getLanguage().equals("es")
                ? SPANISH.getProperty(key(phrase), phrase.english())
                : phrase.english();
    }

    /** Under which a translation stands: {@code Why.DAILY_LIMIT}. */
    static String key(Phrase phrase) {
        return ((Enum<?>) phrase).getDeclaringClass().getSimpleName() + "." + phrase.name();
    }

    private static Properties read(String resource) {
        Properties read = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Sentences.class.getResourceAsStream(resource), StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
        return read;
    }
}
