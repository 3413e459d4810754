package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;

/** Why a call to HubSpot waits, is made again, or cannot be made. */
public enum Why implements Sentence.Phrase {
    ITS_TURN("the batch's own turn"),
    OLDER_UPDATES("an earlier update of these listings may still arrive at HubSpot"),
    UPDATES_FROM_BEFORE("updates from before the start may still arrive at HubSpot"),
    OUR_PACE("the limit of %1$s calls per 10 seconds"),
    OTHER_TOKEN("another access token is there"),

    NO_CONNECTION("no connection to %1$s: %2$s"),
    NO_WHOLE_ANSWER("no whole answer from %1$s: %2$s"),
    NOT_TRUSTED(
            "who answers as %1$s cannot show that it is: %2$s; check hubspot.base-url, hubspot.proxy"
                    + " and hubspot.trust-store"),
    NO_TOKEN("there is no access token: %1$s"),
    NO_TOKEN_YET("there is no access token yet"),
    TOKEN_NOT_GIVEN("HubSpot gave no access token (%1$s, %2$s)"),
    TOKEN_NEVER_GIVEN(
            "HubSpot gave no access token (%1$s, %2$s): check the hubspot.oauth settings"),
    TOKEN_NOT_ASKED("HubSpot could not be asked for an access token: %1$s"),

    /** The second value is HubSpot's category behind a comma, or empty. */
    TOKEN_REFUSED(
            "HubSpot refuses the access token (%1$s)%2$s: check hubspot.access-token-file or"
                    + " hubspot.access-token"),
    SCOPE_MISSING("HubSpot refuses the call (%1$s)%2$s: give the token the scope %3$s"),
    NO_OBJECT_TYPE("HubSpot does not know this object type (400): check hubspot.object-type"),
    NO_SUCH_CALL(
            "HubSpot does not take this call (%1$s): check hubspot.base-url, hubspot.object-type and"
                    + " hubspot.api-version"),

    LOCKED("HubSpot has locked some of these records (423)"),
    LIMITED("HubSpot's limit of calls is reached (429)"),
    DAILY_LIMIT("HubSpot's daily limit of calls is used up (429)"),
    MOVING("HubSpot is moving the account to another place (477)"),
    TROUBLE("HubSpot has trouble (%1$s)"),
    NOT_HUBSPOT("something between here and HubSpot answered %1$s"),

    NOT_ITS_OWN("HubSpot answered %1$s with a body that is not its own"),
    NO_STATUS("HubSpot answered %1$s without a status"),
    NOT_COMPLETE("HubSpot answered %1$s with the status %2$s"),
    READ_NOT_COMPLETE("HubSpot's answer to a read was not complete"),
    READ_REFUSED("HubSpot refuses to show these records (%1$s)"),
    NOT_NAMED("an answer of HubSpot's did not name every record"),
    NOT_SHOWN("HubSpot does not show what was sent"),
    PUT_OFF("HubSpot could not take every record just now");

    private final String english;

    Why(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
