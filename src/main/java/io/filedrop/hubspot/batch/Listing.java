package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped.Update;
import java.util.Locale;

/**
 * Which listing is meant, in whatever spelling: HubSpot may take {@code Ref-1} and {@code ref-1},
 * or {@code 7} and {@code 007}, for the same one, or may not. So what is spelled alike is never
 * under way at once, and never merged.
 *
 * @param idProperty the unique property that {@code id} is a value of, empty for a record id
 */
public record Listing(String idProperty, String id) {

    /** The listing that is meant by that spelling of its id. */
    public static Listing of(String idProperty, String id) {
        String spelling =
                idProperty.isEmpty() ? withoutLeadingZeros(id) : id.toLowerCase(Locale.ROOT);
        return new Listing(idProperty, spelling);
    }

    /** Those before another digit; by hand, for it is done several times for every record. */
    private static String withoutLeadingZeros(String id) {
        int zeros = 0;
        while (zeros + 1 < id.length()
                && id.charAt(zeros) == '0'
                && isDigit(id.charAt(zeros + 1))) {
            zeros++;
        }
        return id.substring(zeros);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    static Listing of(Update update) {
        return of(update.idProperty(), update.id());
    }

    /** The listing of an input. */
    public static Listing of(Input input) {
        return of(input.idProperty(), input.id());
    }
}
