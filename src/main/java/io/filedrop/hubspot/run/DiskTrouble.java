package io.filedrop.hubspot.run;

/** Why a folder cannot be used now. */
public enum DiskTrouble implements Sentence.Phrase {
    CANNOT_BE_USED("%1$s cannot be used: %2$s"),
    READ_ONLY("%1$s cannot be written to: it is read-only, or not ours"),
    FULL("the disk of %1$s is full: less than the %2$s bytes of drop.reserve are left"),
    TOO_LITTLE_ROOM(
            "%1$s has not the %2$s bytes left that the next file needs besides drop.reserve");

    private final String english;

    DiskTrouble(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
