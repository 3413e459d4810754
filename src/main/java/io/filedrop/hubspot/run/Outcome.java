package io.filedrop.hubspot.run;

import java.util.List;

/**
 * What became of one record. Every record of an update file gets exactly one.
 *
 * @param position where the record stands in the update file
 * @param id the listing's key as the file gives it, empty when the record could not be read so far
 * @param kind which of the counts of the report it belongs to
 * @param created whether HubSpot created the listing (operation {@code upsert}); only of confirmed
 * @param hubspotId HubSpot's record id, empty when HubSpot did not give one
 * @param updatedAt when HubSpot says the listing changed, ISO 8601 as HubSpot wrote it, or empty
 * @param reasons why it failed or is unknown; empty for the others
 */
public record Outcome(
        Position position,
        String id,
        Kind kind,
        boolean created,
        String hubspotId,
        String updatedAt,
        List<Reason> reasons) {

    public enum Kind {
        /** HubSpot's answer named the record as updated, or a later read showed the values. */
        CONFIRMED,
        /** Not sent, because there is nothing to send. */
        UNCHANGED,
        /** Refused by HubSpot, or by a check before sending. */
        FAILED,
        /** Complete answers did not name it, and it could not be shown that it arrived. */
        UNKNOWN
    }

    /** Whether it belongs into the file of what failed. */
    boolean isNotConfirmed() {
        return kind == Kind.FAILED || kind == Kind.UNKNOWN;
    }

    public static Outcome confirmed(
            Position position, String id, boolean created, String hubspotId, String updatedAt) {
        return new Outcome(position, id, Kind.CONFIRMED, created, hubspotId, updatedAt, List.of());
    }

    public static Outcome unchanged(Position position, String id) {
        return new Outcome(position, id, Kind.UNCHANGED, false, "", "", List.of());
    }

    public static Outcome failed(Position position, String id, List<Reason> reasons) {
        return new Outcome(position, id, Kind.FAILED, false, "", "", List.copyOf(reasons));
    }

    public static Outcome unknown(Position position, String id, Reason reason) {
        return new Outcome(position, id, Kind.UNKNOWN, false, "", "", List.of(reason));
    }
}
