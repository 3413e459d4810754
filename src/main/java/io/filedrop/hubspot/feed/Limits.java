package io.filedrop.hubspot.feed;

/**
 * What an update file may cost, whatever stands in it; the settings under {@code drop.limits.}.
 *
 * @param field bytes or characters of one field
 * @param record bytes of one record
 * @param file bytes of a file, counted while inflating where it is packed
 * @param ratio how many bytes one packed byte may become
 * @param entries entries of an archive
 * @param columns columns of a table, or keys of an object
 * @param nesting elements or objects within each other
 * @param sharedTexts bytes of the texts that the cells of a workbook share, which are kept in
 *     memory, and of each other thing of it that is
 * @param names different names in an XML file, or in a part of a workbook; its parser keeps them in
 *     memory
 */
public record Limits(
        int field,
        int record,
        long file,
        int ratio,
        int entries,
        int columns,
        int nesting,
        int sharedTexts,
        int names) {

    /**
     * Where a record has not ended after so many bytes, its end is not looked for any longer: the
     * rest of the file is one region.
     */
    long searched() {
        return 4L * record;
    }

    /** The defaults of {@code application.properties}. */
    public static final Limits DEFAULT =
            new Limits(1 << 20, 1 << 24, 1L << 32, 200, 10_000, 5_000, 100, 1 << 25, 10_000);
}
