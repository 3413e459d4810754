package io.filedrop.hubspot.run;

/**
 * The catalogue of our own error codes; {@code docs/errors.md} lists it. HubSpot's codes are passed
 * on as HubSpot gives them.
 */
public enum Code implements Sentence.Phrase {
    EMPTY_FILE("The file has no bytes, or nothing but a byte order mark."),
    SET_ASIDE("The program ended again and again while it worked on this file."),
    WRONG_ENCODING("The bytes are not text in the encoding that was expected."),
    UNKNOWN_FORMAT("The kind of file is not known, or its content does not match its name."),
    BAD_ARCHIVE("The archive cannot be trusted, or holds not exactly one update file."),
    FILE_TOO_LARGE("The file is larger than the limit, or becomes so when it is unpacked."),
    WRONG_LAYOUT("What the mapping says of the file's layout cannot be used."),
    BROKEN_STRUCTURE(
            "The structure is broken, so that nothing certain can be said of what follows."),
    DOCTYPE("A document type declaration, which could make the file mean something else."),
    WRONG_SHAPE("Something else than expected: an object for a value, a value for a list."),
    DUPLICATE_KEY("A key stands twice in one object."),
    TOO_DEEP("Objects or elements lie deeper within each other than the limit."),
    BAD_CELL("A cell of a workbook holds an error, a formula without a value, or no exact value."),
    READER_FAILED("The reader failed as it should not; the record or the file was not used."),
    BAD_HEADER("The header cannot be used: a name is missing, given twice or not a name."),
    AMBIGUOUS_DELIMITER("More than one delimiter fits the header line."),
    WRONG_FIELD_COUNT("A row has fewer or more fields than the header."),
    BAD_QUOTE("A quote stands where RFC 4180 allows none, or one is never closed."),
    TOO_LONG("A field or a record is longer than the limit."),
    CONTROL_CHARACTER("A control character that no property can hold."),
    HEADER_REPEATED("The header line stands again among the rows."),
    NO_ID_COLUMN("No column, or more than one, says which listing a row is."),
    NO_ID_PROPERTY("Listings are to be created, but the key is no unique property."),
    MISSING_COLUMN("The mapping names a column that the file does not have."),
    UNKNOWN_PROPERTY("HubSpot has no property of that name."),
    NO_SOURCE(
            "The mapping needs the inbox folder that a file comes from, and this one lies in none."),
    SEVERAL_MAPPINGS("More than one mapping is for a file of that name."),
    MISSING_ID("The field that says which listing a row is, is empty or not there."),
    MISSING_VALUE("A field that must have a value has none."),
    SEVERAL_VALUES("A field holds several values where one is expected."),
    BAD_NUMBER("The value is no number in the notation that is expected."),
    BAD_DATE(
            "The value is no date in the format that is expected, or not a time that exists once."),
    BAD_BOOLEAN("The value is none of those that mean true or false."),
    UNMAPPED_VALUE("The mapping's table of values does not have this one."),
    UNKNOWN_UNIT("The unit of a measure is none of the known ones."),
    EXPRESSION_FAILED("An expression of the mapping could not be computed for this record."),
    READ_ONLY_PROPERTY("HubSpot does not let this property be written."),
    UNKNOWN_OPTION("The value is none of the property's options."),
    DAMAGED_ID("A spreadsheet has changed the id into a number."),
    BAD_RECORD_ID("The id is no HubSpot record id: digits only."),
    ID_PROPERTY_NOT_UNIQUE("The property that is to find the listings has no unique values."),
    OBJECT_NOT_FOUND("HubSpot has no record of that id."),
    REFUSED("HubSpot refused the record and said no more about it."),
    NOT_NAMED("Complete answers did not name the record, and a read did not show its values.");

    private final String english;

    Code(String english) {
        this.english = english;
    }

    /** What it means, in one sentence for people. */
    @Override
    public String english() {
        return english;
    }
}
