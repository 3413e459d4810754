package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;
import java.io.IOException;

/** There is no access token to send; the sentence says why, and never holds one. */
class TokenUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence why;
    private final boolean passing;

    /** {@code passing}: whether waiting can help, or a person must act. */
    TokenUnavailable(Sentence why, boolean passing) {
        super(why.toString());
        this.why = why;
        this.passing = passing;
    }

    Sentence why() {
        return why;
    }

    boolean isPassing() {
        return passing;
    }
}
