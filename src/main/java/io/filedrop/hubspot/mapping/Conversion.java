package io.filedrop.hubspot.mapping;

/** Turns the text of a field into the text that HubSpot takes. A pure function. */
interface Conversion {

    /** Stands between several values of one field, as {@code Record.Row} has it. */
    char SEPARATOR = '\u001f';

    /**
     * @param text without blanks around it, not empty; one value but where {@link #takesSeveral}
     * @return the property's value; null leaves the property alone
     * @throws Unfit when the text is not what the mapping expects
     */
    String of(String text) throws Unfit;

    /** Whether blanks around the text mean nothing to it. */
    default boolean trims() {
        return true;
    }

    /** Whether it says what becomes of several values of one field; otherwise it gets one. */
    default boolean takesSeveral() {
        return false;
    }

    /** The lists of a file without a mapping: the options of a multi-checkbox property. */
    Conversion LISTS =
            new Conversion() {
                @Override
                public String of(String text) {
                    return text.replace(SEPARATOR, ';');
                }

                @Override
                public boolean trims() {
                    return false;
                }

                @Override
                public boolean takesSeveral() {
                    return true;
                }
            };
}
