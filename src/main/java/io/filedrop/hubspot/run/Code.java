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
    HEADER_REPEATED
}
