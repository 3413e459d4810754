package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns an area into another unit.
 *
 * @param column holds the unit of each record, empty when all have the same
 * @param from the unit of the file, or of records that do not name one; empty: they must name one
 * @param to the unit that HubSpot shall get
 */
record Measure(String column, Optional<Unit> from, Unit to) {

    /** Fraction digits of a converted area. */
    private static final int DIGITS = 2;

    /** No area has more; the time to compute with a number grows with the square of its digits. */
    private static final int LONGEST = 1000;

    /** Units of area, exactly defined ones: the international foot and acre, Australia's square. */
    enum Unit {
        M2("1", "m2", "m²", "sqm", "squaremeter", "squaremeters", "squaremetre", "squaremetres"),
        FT2("0.09290304", "ft2", "ft²", "sqft", "sf", "squarefeet", "squarefoot"),
        ACRE("4046.8564224", "acre", "acres", "ac"),
        HECTARE("10000", "hectare", "hectares", "ha"),
        SQUARE("9.290304", "square", "squares");

        private final BigDecimal squareMetres;
        private final List<String> names;

        Unit(String squareMetres, String... names) {
            this.squareMetres = new BigDecimal(squareMetres);
            this.names = List.of(names);
        }

        /** The unit of that name, whatever its case and blanks. */
        static Optional<Unit> named(String name) {
            String folded = name.toLowerCase(Locale.ROOT).replace(" ", "");
            return Arrays.stream(values()).filter(u -> u.names.contains(folded)).findFirst();
        }

        static String known() {
            return Arrays.stream(values())
                    .map(unit -> unit.names.get(0))
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * @param number as HubSpot takes it
     * @param named the unit that the record names, null or empty when it names none
     */
    String of(String number, String named) throws Unfit {
        if (number.length() > LONGEST) {
            throw new Unfit(
                    Code.BAD_NUMBER, "a number of at most " + Words.count(LONGEST) + " characters");
        }
        Optional<Unit> unit = named == null || named.isBlank() ? from : Unit.named(named.strip());
        if (unit.isEmpty()) {
            throw new Unfit(
                    Code.UNKNOWN_UNIT,
                    "a unit in "
                            + column
                            + " that is one of "
                            + Unit.known()
                            + ", and not "
                            + Words.found(named == null ? "" : named));
        }
        if (unit.get() == to) {
            return number;
        }
        BigDecimal converted =
                new BigDecimal(number)
                        .multiply(unit.get().squareMetres)
                        .divide(to.squareMetres, MathContext.DECIMAL64)
                        .setScale(DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
        return converted.toPlainString();
    }
}
