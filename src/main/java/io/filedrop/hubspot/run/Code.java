package io.filedrop.hubspot.run;

/** The catalogue of our own error codes. HubSpot's codes are passed on as HubSpot gives them. */
public enum Code {
    /** The file has no bytes, or nothing but a byte order mark. */
    EMPTY_FILE,
    /** The bytes are not text in the encoding that was expected. */
    WRONG_ENCODING,
    /** The kind of file is not known, or its content does not match its name. */
    UNKNOWN_FORMAT,
    /** The header cannot be used: a name is missing, given twice or not a name. */
    BAD_HEADER,
    /** More than one delimiter fits the header line. */
    AMBIGUOUS_DELIMITER,
    /** A row has fewer or more fields than the header. */
    WRONG_FIELD_COUNT,
    /** A quote stands where RFC 4180 allows none, or one is never closed. */
    BAD_QUOTE,
    /** A field or a record is longer than the limit. */
    TOO_LONG,
    /** A control character that no property can hold. */
    CONTROL_CHARACTER,
    /** The header line stands again among the rows. */
    HEADER_REPEATED,
    /** No column, or more than one, says which listing a row is. */
    NO_ID_COLUMN,
    /** Listings are to be created, but the key is no unique property. */
    NO_ID_PROPERTY,
    /** The mapping names a column that the file does not have. */
    MISSING_COLUMN,
    /** HubSpot has no property of that name. */
    UNKNOWN_PROPERTY,
    /** More than one mapping is for a file of that name. */
    SEVERAL_MAPPINGS,
    /** The field that says which listing a row is, is empty. */
    MISSING_ID,
    /** HubSpot has no record of that id. */
    OBJECT_NOT_FOUND,
    /** HubSpot refused the record and said no more about it. */
    REFUSED,
    /** Complete answers did not name the record, and a read did not show its values. */
    NOT_NAMED
}
