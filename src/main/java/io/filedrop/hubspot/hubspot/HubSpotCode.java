package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;

/**
 * Those of HubSpot's own error codes that people meet most; {@code docs/errors.md} lists them.
 * Others are passed on, too, with HubSpot's message only.
 */
public enum HubSpotCode implements Sentence.Phrase {
    PROPERTY_DOESNT_EXIST("The portal has no property of that name."),
    READ_ONLY_VALUE("The property cannot be written."),
    INVALID_INTEGER("The value is no number."),
    INVALID_BOOLEAN("The value is neither true nor false."),
    INVALID_OPTION("The value is none of the options."),
    INVALID_DATE("The value is no date, or a date with a time of day."),
    VALIDATION_ERROR("HubSpot refused the record for another reason; the message says which.");

    private final String english;

    HubSpotCode(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
