package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;

/** What an id must not look like: the wrong listing would be updated. */
final class Ids {

    private Ids() {}

    /**
     * @param id not empty
     * @param isRecordId whether it is HubSpot's own, or a value of a unique property
     */
    static void check(String id, boolean isRecordId) throws Unfit {
        if (isDamaged(id)) {
            throw new Unfit(
                    Code.DAMAGED_ID,
                    "the id as it was before a spreadsheet made a number of it; format the column"
                            + " as text there");
        }
        if (isRecordId && !isDigits(id, 0, id.length())) {
            throw new Unfit(
                    Code.BAD_RECORD_ID,
                    "a HubSpot record id, digits only; for ids of your own, name their unique"
                            + " property in hubspot.id-property or in the mapping");
        }
    }

    /** {@code 1.23E+11} or {@code 123.0}, with a decimal comma perhaps. */
    private static boolean isDamaged(String id) {
        int digits = 0;
        while (digits < id.length() && isDigit(id.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits == id.length()) {
            return false;
        }
        int at = digits;
        boolean fraction = id.charAt(at) == '.' || id.charAt(at) == ',';
        boolean zeros = fraction;
        if (fraction) {
            int from = ++at;
            while (at < id.length() && isDigit(id.charAt(at))) {
                zeros &= id.charAt(at++) == '0';
            }
            if (at == from) {
                return false;
            }
        }
        if (at == id.length()) {
            return zeros;
        }
        return digits == 1
                && (id.charAt(at) == 'E' || id.charAt(at) == 'e')
                && at + 2 < id.length()
                && id.charAt(at + 1) == '+'
                && isDigits(id, at + 2, id.length());
    }

    private static boolean isDigits(String id, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
