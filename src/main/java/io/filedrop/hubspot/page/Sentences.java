package io.filedrop.hubspot.page;

import io.filedrop.hubspot.hubspot.HubSpotCode;
import io.filedrop.hubspot.hubspot.Why;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Sentence.Phrase;
import io.filedrop.hubspot.run.WhyParked;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the program itself says, in the reader's language: why it waits, what has to be mended, what
 * a code means. The English is the program's own, the Spanish stands in {@code sentences/}.
 */
final class Sentences {

    private static final Properties SPANISH = read("/sentences/es.properties");

    /** Those that reports keep in English: the more particular ones first. */
    private static final Map<Phrase, Pattern> KEPT = new LinkedHashMap<>();

    static {
        Stream.<Phrase[]>of(WhyParked.values(), Why.values())
                .flatMap(Stream::of)
                .sorted(Comparator.comparing(phrase -> -phrase.english().length()))
                .forEach(phrase -> KEPT.put(phrase, kept(phrase)));
    }

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

    /**
     * A sentence that was kept in English, in the reader's language; empty when it is none that is
     * known here. Its values may be such sentences themselves.
     */
    static Optional<String> again(String english, Locale locale) {
        return KEPT.entrySet().stream()
                .map(kept -> again(kept.getKey(), kept.getValue().matcher(english), locale))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> again(Phrase phrase, Matcher kept, Locale locale) {
        if (!kept.matches()) {
            return Optional.empty();
        }
        Object[] values =
                IntStream.rangeClosed(1, kept.groupCount())
                        .mapToObj(kept::group)
                        .map(value -> again(value, locale).orElse(value))
                        .toArray();
        return Optional.of(say(phrase.of(values), locale));
    }

    /** What matches the English sentence, with a group for each of its values, in their order. */
    private static Pattern kept(Phrase phrase) {
        String literally = Pattern.quote(phrase.english());
        return Pattern.compile(literally.replaceAll("%\\d\\$s", "\\\\E(.*)\\\\Q"));
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
