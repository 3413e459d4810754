package io.filedrop.hubspot.page;

import java.util.List;
import java.util.Locale;

/** Which language a reader gets: the chosen one, else the first of the browser's that there is. */
final class Languages {

    private static final List<String> THERE = List.of("en", "es");

    private Languages() {}

    static boolean has(String language) {
        return THERE.contains(language);
    }

    static Locale choose(String chosen, List<Locale> acceptable) {
        if (has(chosen)) {
            return Locale.forLanguageTag(chosen);
        }
        return acceptable.stream()
                .map(Locale::getLanguage)
                .filter(Languages::has)
                .findFirst()
                .map(Locale::forLanguageTag)
                .orElse(Locale.ENGLISH);
    }
}
