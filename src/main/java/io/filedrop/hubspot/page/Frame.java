package io.filedrop.hubspot.page;

import io.quarkus.qute.TemplateData;
import java.util.Locale;

/**
 * What every page needs.
 *
 * @param language two letters, {@code en} or {@code es}
 * @param user who is logged in, or empty
 * @param login whether anybody can log in
 * @param session whether the login is one that can be ended here
 * @param here the path and query of the page itself, encoded as the value of a parameter
 */
@TemplateData
public record Frame(String language, String user, boolean login, boolean session, String here) {

    /** Whether reasons and values may be shown. */
    public boolean trusted() {
        return !user.isEmpty();
    }

    /** What a code of a reason means, in the reader's language; empty when that is not known. */
    public String meaning(String code) {
        return Sentences.meaning(code, Locale.forLanguageTag(language));
    }
}
