package io.filedrop.hubspot.hubspot;

/**
 * When a part that is tried in vain is sent in halves: one of its records may be what HubSpot fails
 * on, without a word about it, and must not hold back the others.
 *
 * @param tries attempts at a part before that
 */
record Halving(int tries) {

    /** As many calls come out of one when HubSpot is away altogether, and not more. */
    private static final int PARTS_ON_SUSPICION = 8;

    /**
     * @param part as it is to be tried again
     * @param others parts of the batch besides it
     * @param othersTaken whether HubSpot took other records since it was first due
     */
    boolean isDue(Part part, int others, boolean othersTaken) {
        return part.inputs().size() > 1
                && part.attempt() >= tries
                && (othersTaken || others + 2 <= PARTS_ON_SUSPICION);
    }
}
