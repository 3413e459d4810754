package io.filedrop.hubspot.page;

import io.quarkus.qute.TemplateData;

/**
 * What every page needs.
 *
 * @param language two letters, {@code en} or {@code es}
 * @param user who is logged in, or empty
 * @param login whether anybody can log in
 */
@TemplateData
public record Frame(String language, String user, boolean login) {

    /** Whether reasons and values may be shown. */
    public boolean trusted() {
        return !user.isEmpty();
    }
}
