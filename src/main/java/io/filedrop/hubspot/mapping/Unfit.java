package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;

/** A value that cannot be taken as it stands in the file: which kind of fault, what is expected. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param expected goes on after "expected", {@code a number as 1.234,56} say
     */
    Unfit(Code code, String expected) {
        // Thrown for every bad value of a file: a stack trace would only cost time.
        super(expected, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }

    String expected() {
        return getMessage();
    }
}
