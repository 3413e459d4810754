package io.filedrop.hubspot.page;

import java.text.NumberFormat;
import java.util.Locale;

/** Numbers as the reader's language writes them. */
final class Figures {

    private Figures() {}

    /** 1234567 as 1,234,567, or as 1.234.567. */
    static String count(long number, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }
}
