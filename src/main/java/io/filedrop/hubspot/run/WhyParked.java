package io.filedrop.hubspot.run;

/** Why a run goes no further for now; where HubSpot is the cause, its own sentence is a value. */
public enum WhyParked implements Sentence.Phrase {
    TOLD_TO_STOP("the program was told to stop"),
    NO_ROOM("the disk has no room for what becomes of it"),
    EARLIER_FILE(
            "an earlier file that is parked, or waits for a person, has unsent rows of the same"
                    + " listings"),
    QUOTA_GONE("%1$s; it starts again at midnight"),
    AWAY("HubSpot has not taken our calls for %1$s, last because %2$s"),
    NOT_TAKEN(
            "HubSpot takes other calls, but has not taken the records of line %1$s for %2$s, last because %3$s");

    private final String english;

    WhyParked(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
