package io.filedrop.hubspot.run;

/**
 * Why a record (or a whole file) was refused: one line of a reasons file.
 *
 * @param code stable, in capitals, from {@link Code} or HubSpot's own, {@code INVALID_OPTION} say
 * @param property the property or column at fault, empty when it is none in particular
 * @param value what was found there, as it stood in the file; empty when it does not matter
 * @param message one sentence a person can act on: what was found, what was expected
 * @param correlationId HubSpot's, empty for a refusal of ours
 */
public record Reason(
        String code, String property, String value, String message, String correlationId) {

    /** A refusal of our own, before anything was sent. */
    public static Reason of(Code code, String property, String value, String message) {
        return new Reason(code.name(), property, value, message, "");
    }

    /** A refusal of our own that is about no property and no value in particular. */
    public static Reason of(Code code, String message) {
        return of(code, "", "", message);
    }
}
