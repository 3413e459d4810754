package io.filedrop.hubspot.hubspot;

import java.io.IOException;

/** There is no access token to send; the message says why, and never holds one. */
class TokenUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** {@code passing}: whether waiting can help, or a person must act. */
    TokenUnavailable(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    boolean isPassing() {
        return passing;
    }
}
