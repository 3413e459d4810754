package io.filedrop.hubspot.run;

/** Why a run cannot go on until a person has mended it, and what that person can do. */
public enum ToMend implements Sentence.Phrase {
    NO_JOURNAL(
            "It has no journal, so nobody knows what was sent of its file. Restore the journal and"
                    + " start again, or move the folder away and drop the file again."),
    JOURNAL_UNUSABLE("The journal %1$s cannot be used: %2$s."),
    JOURNAL_WITHOUT_BEGINNING(
            "The journal %1$s is damaged at byte 0. Restore it from a copy and start again, or move"
                    + " the run's folder away and drop its update file again."),
    JOURNAL_DAMAGED(
            "The journal %1$s is damaged at byte %2$s; whole entries follow behind the damage."
                    + " Nothing more is sent for this run. Restore the journal from a copy and start"
                    + " again, or move the run's folder away and drop its update file again."),
    FILE_GONE("Its update file %1$s is gone. Restore it and start again, or move the folder away."),
    NO_FILE("No update file is in %1$s."),
    OTHER_FILE(
            "%1$s is not the file that the run began with, so its rows cannot be told from those"
                    + " that were sent. Restore it and start again, or move the run's folder away and"
                    + " drop the file again."),
    WRITTEN_TO(
            "%1$s was written to while its rows were sent: it had %2$s bytes when it was taken, and"
                    + " has %3$s now. Its account stays open. Move the run's folder away and drop the"
                    + " complete file again."),
    OTHER_SETTING(
            "The run %1$s began with %2$s=%3$s, which is '%4$s' now; the rest of the file would mean"
                    + " something else. Start once with the earlier setting to end the run, or move"
                    + " its folder %5$s away and drop its update file again."),
    OTHER_MAPPING(
            "%1$s is not the mapping %2$s that the run began with. Restore it and start again, or"
                    + " move the run's folder away and drop its update file again."),
    PROPERTIES_GONE(
            "The run %1$s began with properties that HubSpot does not have any more (%2$s). Restore"
                    + " them and start again, or move its folder %3$s away."),
    REFUSED_NOW(
            "The run %1$s began, and some of its rows are settled or may have been sent; now its"
                    + " file would be refused (%2$s). Start with the earlier settings, drop.limits"
                    + " above all, to end the run, or move its folder %3$s away and drop its update"
                    + " file again."),
    NOT_GIVEN_BACK(
            "The failed rows of %1$s cannot be written as they were dropped (%2$s), so that its"
                    + " account stays open. Nothing more is sent for it; every outcome stands in the"
                    + " journal beside it. Start again with another version, or move the run's folder"
                    + " %3$s away."),
    ACCOUNT_OPEN(
            "The account of the run %1$s does not close: %2$s rows, but %3$s outcomes. Please report"
                    + " this as a bug; every outcome stands in the journal. Start again with another"
                    + " version, or move the run's folder away."),
    TWO_OUTCOMES(
            "The record %1$s of run %2$s has two outcomes. Please report this as a bug; every outcome"
                    + " stands in the journal. Start again with another version, or move the run's"
                    + " folder away."),
    FAILED_NOT_COUNTED(
            "The journal of run %1$s has failed records that were not counted. Please report this as"
                    + " a bug; every outcome stands in the journal. Start again with another version,"
                    + " or move the run's folder away."),
    ENDS_THE_PROGRAM(
            "The program ended %1$s times in a row while it worked on %2$s, of which nothing more is"
                    + " sent. Look into the log for why; start again with more memory, or move the"
                    + " run's folder away."),
    ENDED_THE_PROGRAM("The program ended while it worked on that file.");

    private final String english;

    ToMend(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
