package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Words;
import java.util.List;

/** B24 to B34: values that are damaged, ambiguous or dangerous. */
final class BadValues {

    private BadValues() {}

    /** One record of the id 1 with that value, and a mapping or none. */
    private static BadInput value(int number, String property, String value) {
        return BadInput.of(
                number,
                property + " " + Words.name(value),
                "f.csv",
                "id;" + property + "\n1;\"" + value.replace("\"", "\"\"") + "\"\n");
    }

    private static BadInput id(String id) {
        return BadInput.of(24, "id " + Words.name(id), "f.csv", "id;hs_price\n\"" + id + "\";5\n");
    }

    private static String as(String property, String conversion) {
        return "files: [\"f*\"]\nid: {column: id}\nproperties:\n  "
                + property
                + ": {column: "
                + property
                + ", "
                + conversion
                + "}\n";
    }

    static List<BadInput> cases() {
        String price = "hs_price";
        String from = "available_from";
        String seen = "last_viewed_at";
        String de = as(price, "number: de");
        String plain = as(price, "number: plain");
        String day = as(from, "date: dd/MM/yyyy");
        String madrid = as(seen, "datetime: {format: \"yyyy-MM-dd HH:mm\", zone: Europe/Madrid}");
        String words =
                as(
                        "is_furnished",
                        "boolean: {true: [ja, \"1\"], false: [nein]}, ignore-case: true");
        String said = as(price, "skip: [N/A], clear: [none], empty: refuse");
        return List.of(
                id("00123").gives("2:00123{hs_price=5}"),
                id("123 ").gives("2:123{hs_price=5}"),
                id("1.23E+11").gives("2!DAMAGED_ID", "a spreadsheet made a number of it"),
                id("123.0").gives("2!DAMAGED_ID"),
                id("１２３").gives("2!BAD_RECORD_ID"),
                value(25, price, "1.234,56").by(de).gives("2:1{hs_price=1234.56}"),
                value(25, price, "1,234.56").by(de).gives("2!BAD_NUMBER", "1.234,56"),
                value(25, price, "1 234").by(de).gives("2!BAD_NUMBER"),
                value(25, price, "€ 450.000").by(de).gives("2!BAD_NUMBER"),
                value(25, price, "450k").gives("2!BAD_NUMBER"),
                value(25, price, "NaN").gives("2!BAD_NUMBER"),
                value(25, price, "1e400").by(plain).gives("2!BAD_NUMBER"),
                value(25, price, "-0").by(plain).gives("2:1{hs_price=0}"),
                value(25, price, "٣").by(plain).gives("2!BAD_NUMBER"),
                value(25, price, "1.234,56").gives("2!BAD_NUMBER"),
                value(26, from, "31/02/2026").by(day).gives("2!BAD_DATE"),
                value(26, from, "02/03/26").by(day).gives("2!BAD_DATE"),
                value(26, from, "02/03/2026").gives("2!BAD_DATE", "a date as 2026-11-24"),
                value(26, from, "1764028800").by(day).gives("2!BAD_DATE"),
                value(26, seen, "1764028800")
                        .by(as(seen, "datetime: epoch-s"))
                        .gives("2:1{last_viewed_at=2025-11-25T00:00:00.000Z}"),
                value(26, seen, "2026-07-01T12:00:00").gives("2!BAD_DATE"),
                value(26, seen, "2026-03-29 02:30")
                        .by(madrid)
                        .gives("2!BAD_DATE", "the clocks skip this one"),
                value(26, seen, "2026-10-25 02:30")
                        .by(madrid)
                        .gives("2!BAD_DATE", "the clocks show this one twice"),
                value(26, from, "9999-12-31").gives("2:1{available_from=9999-12-31}"),
                value(27, "is_furnished", "JA ").by(words).gives("2:1{is_furnished=true}"),
                value(27, "is_furnished", "1").by(words).gives("2:1{is_furnished=true}"),
                value(27, "is_furnished", "x").by(words).gives("2!BAD_BOOLEAN"),
                value(27, "is_furnished", "yes").gives("2!BAD_BOOLEAN", "true or false"),
                value(28, "hs_listing_type", "House")
                        .gives("2!UNKNOWN_OPTION", "which is house for the label House"),
                value(28, "hs_listing_type", "hose")
                        .gives("2!UNKNOWN_OPTION", "did you mean house?"),
                value(29, price, "").gives("2-"),
                value(29, price, "NULL").gives("2!BAD_NUMBER"),
                value(29, "hs_city", "null").gives("2:1{hs_city=null}"),
                value(29, price, "N/A").by(said).gives("2-"),
                value(29, price, "none").by(said).gives("2:1{hs_price=}"),
                value(29, price, "").by(said).gives("2!MISSING_VALUE"),
                BadInput.proven(
                        29,
                        "empty cells as the setting says",
                        "product.MainJobIT#leavesEmptyCellsAloneOrClearsThemAsAsked"),
                BadInput.proven(
                        30,
                        "one listing twice, other values",
                        "product.MainJobIT#appliesRowsOfOneListingInOrderAndCountsThemAll",
                        "batch.BatchesTest#mergesRowsOfOneListingTheLastOneWins"),
                BadInput.proven(
                        31,
                        "one listing by two kinds of key",
                        "batch.UnderWayTest#mayBeTheListingThatAnotherKindOfKeyNames",
                        "batch.ParkedListingsTest#holdsBackWhatAnotherKindOfKeyMayName"),
                BadInput.of(
                                32,
                                "ids alike but for case, or composed",
                                "f.csv",
                                "id,hs_price\né,1\né,2\nA,3\na,4\n")
                        .by(
                                "files: [\"f*\"]\nid: {column: id, property: reference}\n"
                                        + "properties: {hs_price: hs_price}\n")
                        .gives(
                                "2:é{hs_price=1} 3:é{hs_price=2} 4:A{hs_price=3}"
                                        + " 5:a{hs_price=4}"),
                BadInput.proven(
                        32,
                        "never at once, never merged",
                        "batch.BatchesTest#neverMergesOrSendsAtOnceWhatIsOnlySpelledAlike"),
                value(33, "hs_city", "=HYPERLINK(\"x\")").gives("2:1{hs_city==HYPERLINK(\"x\")}"),
                value(33, "hs_city", "\t@x").gives("2:1{hs_city=\t@x}"),
                value(33, price, "-1").gives("2:1{hs_price=-1}"),
                BadInput.proven(
                        33,
                        "in reasons files",
                        "run.SpreadsheetTest#putsAQuoteBeforeWhatASpreadsheetWouldCompute",
                        "run.SpreadsheetTest#leavesTheRestAsItIs"),
                value(34, "hs_city", "\u001B[31mred").gives("2!CONTROL_CHARACTER"),
                value(34, price, "5\r\nINFO all is well")
                        .gives("2!BAD_NUMBER", "5<U+000D><U+000A>INFO"),
                value(34, price, "5\u202E6").gives("2!BAD_NUMBER", "5<U+202E>6"));
    }
}
