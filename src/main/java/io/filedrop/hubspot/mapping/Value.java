package io.filedrop.hubspot.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one property, or the key, is made of a record.
 *
 * @param trim whether blanks around a text are taken away; they always are where a conversion reads
 *     it
 * @param skip texts that leave the property alone
 * @param clear texts that empty it
 * @param ignoreCase for {@code skip} and {@code clear}
 * @param fallback for a field that is absent or empty
 * @param empty what an empty field means; nothing said: the setting {@code drop.empty-values}
 * @param required whether a record without a value is refused
 * @param optional whether the file may lack the column, and the portal the property
 * @param conversion of the text
 * @param measure conversion of the number that comes out of it
 */
record Value(
        Source source,
        boolean trim,
        Set<String> skip,
        Set<String> clear,
        boolean ignoreCase,
        Optional<String> fallback,
        Optional<Empty> empty,
        boolean required,
        boolean optional,
        Optional<Conversion> conversion,
        Optional<Measure> measure) {

    /** What an empty field means. */
    enum Empty {
        IGNORE,
        CLEAR,
        REFUSE
    }

    /** A field as it is. */
    static Value of(String column) {
        return of(new Source.Column(column), false, Optional.empty());
    }

    static Value of(Source source, boolean trim, Optional<Conversion> conversion) {
        return new Value(
                source,
                trim,
                Set.of(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                conversion,
                Optional.empty());
    }

    /** Every field of the file that is read for it. */
    List<String> columns() {
        List<String> columns = new ArrayList<>(source.columns());
        measure.map(Measure::column).filter(name -> !name.isEmpty()).ifPresent(columns::add);
        return columns;
    }
}
