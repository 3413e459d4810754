package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record becomes: an update, nothing to send, or a failure with its reasons. */
class MapperTest {

    private static final Columns COLUMNS = new Columns(List.of("REF", "A", "B"), "Line 1");

    private static Mapped map(String properties, String... fields) throws RefusedFile {
        return mapper("{column: REF, property: reference}", properties, false).map(row(fields));
    }

    private static Mapper mapper(String id, String properties, boolean clearEmpty)
            throws RefusedFile {
        Mapping mapping =
                MappingReader.read(
                        "feed.yaml",
                        "",
                        "files: [\"feed*.csv\"]\nid: " + id + "\nproperties:\n" + properties,
                        "");
        return Mapper.of(
                mapping,
                COLUMNS,
                new Mapper.Fit(Portals.LISTINGS, false, clearEmpty, false, "madrid"));
    }

    private static Record.Row row(String... fields) {
        return new Record.Row(new Position(0, "2"), COLUMNS, fields);
    }

    private static Map<String, String> properties(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Update.class);
        return ((Mapped.Update) mapped).properties();
    }

    private static List<Reason> reasons(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Decided.class);
        Outcome outcome = ((Mapped.Decided) mapped).outcome();
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        return outcome.reasons();
    }

    private static void isUnchanged(Mapped mapped) {
        assertThat(((Mapped.Decided) mapped).outcome().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hs_city: A                                                    | \" Rome \" | \" Rome \"",
                "hs_city: {column: A, trim: true}                              | \" Rome \" | Rome",
                "hs_city: {columns: [A, B], join: \", \"}                      | Rome     | \"Rome, b\"",
                "hs_city: {columns: [\"{source}\", A], join: -}                | Rome     | madrid-Rome",
                "hs_city: {constant: \"office {source}\"}                      | Rome     | office madrid",
                "hs_city: {column: A, default: Madrid}                         | \"\"     | Madrid",
                "hs_price: {column: A, number: de}                             | 1.234,5  | 1234.5",
                "hs_price: {column: A, number: plain, unit: {from: m2, to: ft2}} | 10     | 107.64",
                "hs_price: {column: A, expression: 'number(.A) * 2'}           | 21       | 42",
                "hs_city: {columns: [A, B], expression: 'if (.A == \"x\") .B else .A'} | x  | b",
                "hs_city: {column: A, expression: '$source + .A'}              | !        | madrid!",
                "features: {column: A, expression: '[.A, null, \"\", \"garage\", .C]', choices: {}} | pool | pool;garage",
                "hs_city: {column: A, expression: '[null, .A]'}                | Rome     | Rome",
                "available_from: {column: A, date: dd.MM.yyyy}                 | 24.11.2026 | 2026-11-24",
                "is_furnished: {column: A, boolean: {true: [ja], false: [nein]}} | ja     | true",
                "hs_listing_type: {column: A, values: {Villa: house}}          | Villa    | house",
                "features: {column: A, choices: {split: \",\", append: true}}  | pool,garage | ;pool;garage",
                "hs_city: {column: A, clear: [none]}                           | none     | \"\"",
                "hs_city: {column: A, empty: clear}                            | \"\"     | \"\"",
            })
    void makesAValue(String mapping, String found, String expected) throws RefusedFile {
        String line = "  " + mapping.strip() + "\n";
        assertThat(properties(map(line, "R1", found, "b"))).containsValue(expected).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hs_city: {column: A, skip: [x]}",
                "hs_city: {column: A, skip: [X], ignore-case: true}",
                "hs_listing_type: {column: A, values: {Villa: house}, others: skip}",
                "hs_city: {column: A, expression: 'null'}",
            })
    void leavesAPropertyAlone(String mapping) throws RefusedFile {
        isUnchanged(map("  " + mapping + "\n", "R1", "x", "b"));
    }

    @Test
    void leavesAnAbsentFieldAloneEvenWhereEmptyOnesClear() throws RefusedFile {
        Mapper mapper = mapper("{column: REF, property: reference}", "  hs_city: A\n", true);
        isUnchanged(mapper.map(row("R1", null, "b")));
        assertThat(properties(mapper.map(row("R1", "", "b")))).containsEntry("hs_city", "");
    }

    @Test
    void takesAnEmptyFieldAsTheSettingSays() throws RefusedFile {
        isUnchanged(map("  hs_city: A\n", "R1", "", "b"));
    }

    @Test
    void doesNotRefuseALineOfDelimiters() throws RefusedFile {
        isUnchanged(map("  hs_city: {column: A, required: true}\n", "", " ", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hs_price: {column: A, number: de} | 1,234.56 | BAD_NUMBER | Column 2 (A): found \"1,234.56\"; expected a number as 1.234,56.",
                "hs_price: A | 450k | BAD_NUMBER | Column 2 (A): found \"450k\"; expected a number as HubSpot takes it: digits, a point before the fraction, nothing between thousands.",
                "hs_city: {column: A, required: true} | \"\" | MISSING_VALUE | Column 2 (A): found \"\"; expected a value.",
                "hs_city: {column: A, empty: refuse} | \"\" | MISSING_VALUE | Column 2 (A): found \"\"; expected a value.",
                "hs_listing_type: {columns: [A, B], expression: '.A + .B'} | x | UNKNOWN_OPTION | Columns 2 (A), 3 (B): found \"x b\", mapped to \"xb\"; expected one of the options of hs_listing_type: house, multi_family, lots_land; did you mean house?",
                "hs_price: {columns: [A, NONE], optional: true} | x | BAD_NUMBER | Columns 2 (A), NONE: found \"x \"; expected a number as HubSpot takes it: digits, a point before the fraction, nothing between thousands.",
                "hs_city: {column: A, expression: 'number(.A)'} | x | EXPRESSION_FAILED | Column 2 (A): found \"x\"; expected what the expression can compute; it says: Number(\"x\") is not a number.",
            })
    void saysWhyARecordIsRefused(String mapping, String found, String code, String message)
            throws RefusedFile {
        List<Reason> reasons = reasons(map("  " + mapping.strip() + "\n", "R1", found, "b"));
        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).code()).isEqualTo(code);
        if (code.equals("EXPRESSION_FAILED")) {
            assertThat(reasons.get(0).message()).startsWith("Column 2 (A): found \"x\"; expected");
        } else {
            assertThat(reasons.get(0).message()).isEqualTo(message);
        }
    }

    /** The library computes with longs and doubles, and throws what those throw. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number(.A) * 2 | 250000.95000000000000000000",
                "number(.A) * 2 | 99999999999999999999.5",
                "number(.A) * 2 | 1e99999999999",
                "number(.A) * 2 | 1e400",
                "1 / number(.A) | 0.0",
            })
    void refusesOnlyTheRecordThatAnExpressionCannotCompute(String expression, String found)
            throws RefusedFile {
        String line = "  hs_price: {column: A, expression: '" + expression + "'}\n";
        Reason reason = reasons(map(line, "R1", found, "b")).get(0);
        assertThat(reason.code()).isEqualTo("EXPRESSION_FAILED");
        assertThat(reason.message())
                .startsWith(
                        "Column 2 (A): found \"%s\"; expected what the expression can"
                                .formatted(found));
    }

    @Test
    void failsARecordThatCannotBeMappedAndSaysNoValueOfIt() throws RefusedFile {
        Reason reason = reasons(map("  hs_city: B\n", "R1", "secret")).get(0);
        assertThat(reason.code()).isEqualTo("READER_FAILED");
        assertThat(reason.message())
                .isEqualTo(
                        "The record cannot be mapped: it failed with"
                                + " ArrayIndexOutOfBoundsException.");
    }

    @Test
    void saysEveryReasonOfARecord() throws RefusedFile {
        List<Reason> reasons =
                reasons(map("  hs_price: A\n  available_from: B\n", "1.23E+11", "x", "y"));
        assertThat(reasons)
                .extracting(Reason::code)
                .containsExactly("DAMAGED_ID", "BAD_NUMBER", "BAD_DATE");
        assertThat(reasons)
                .extracting(Reason::property)
                .containsExactly("REF", "hs_price", "available_from");
        assertThat(reasons).extracting(Reason::value).containsExactly("1.23E+11", "x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rome+Milan             | hs_city: A",
                "Rome+Milan             | hs_city: {column: A, trim: true}",
                "Rome+Milan             | hs_city: {column: A, skip: [Rome, Milan], clear: [Rome]}",
                "Rome+Milan             | hs_city: {column: A, default: Rome, required: true}",
                "Rome+Milan             | hs_city: {columns: [A, B], join: \"; \"}",
                "Rome+Milan             | hs_city: {column: A, expression: .A}",
                "1+2                    | hs_price: {column: A, number: whole}",
                "1+2                    | hs_price: {column: A, number: plain}",
                "1+200                  | hs_price: {column: A, number: en}",
                "1+200                  | hs_price: {column: A, number: de}",
                "1+200                  | hs_price: {column: A, number: fr}",
                "1+200                  | hs_price: {column: A, number: ch}",
                "1+2                    | hs_price: {column: A, number: plain, unit: {from: m2, to: ft2}}",
                "2026-11-24+2026-11-25  | available_from: {column: A, date: iso}",
                "24.11.2026+25.11.2026  | available_from: {column: A, date: dd.MM.yyyy}",
                "0+1                    | available_from: {column: A, date: epoch-s}",
                "0+1                    | last_viewed_at: {column: A, datetime: epoch-ms}",
                "2026-11-24T13:45:30Z+2 | last_viewed_at: {column: A, datetime: iso}",
                "ja+nein                | is_furnished: {column: A, boolean: {true: [ja], false: [nein]}}",
                "Villa+Piso             | hs_city: {column: A, values: {Villa: a, Piso: b}}",
                "Villa+Rome             | hs_city: {column: A, values: {Villa: a}, others: keep}",
                "Villa+Rome             | hs_city: {column: A, values: {Villa: a}, others: skip}",
                "Villa+Rome             | hs_city: {column: A, values: {VILLA: a}, others: keep, ignore-case: true}",
                "Villa+Rome             | hs_city: {columns: [A, B], values: {Villa: a}, others: keep}",
                "Villa+Rome             | hs_city: {column: A, expression: .A, values: {Villa: a}, others: keep}",
            })
    void refusesSeveralValuesWhereOneIsExpected(String found, String mapping) throws RefusedFile {
        String line = "  " + mapping + "\n";
        List<Reason> reasons = reasons(map(line, "R1", found.replace('+', '\u001f'), "b"));
        assertThat(reasons).extracting(Reason::code).containsExactly("SEVERAL_VALUES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "features: {column: A, choices: {}}",
                "features: {column: A, choices: {split: \",\"}}",
                "features: {column: A, choices: {}, values: {pool: pool}, others: keep}",
                "hs_city: {column: A, expression: 'join(.A, \";\")'}",
            })
    void takesSeveralValuesWhereTheMappingSaysWhatBecomesOfThem(String mapping) throws RefusedFile {
        assertThat(properties(map("  " + mapping + "\n", "R1", "pool\u001fgarage", "b")))
                .containsValue("pool;garage");
    }

    @Test
    void refusesAnIdOfSeveralValues() throws RefusedFile {
        assertThat(reasons(map("  hs_city: A\n", "R1\u001fR2", "Rome", "b")).get(0).code())
                .isEqualTo("SEVERAL_VALUES");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "1.23E+11,DAMAGED_ID",
                "\"1,23E+11\",DAMAGED_ID",
                "123.0,DAMAGED_ID",
                "42932.00,DAMAGED_ID",
                "\"\",MISSING_ID",
                "\"  \",MISSING_ID",
            })
    void refusesAnIdThatIsNone(String id, String code) throws RefusedFile {
        assertThat(reasons(map("  hs_city: A\n", id, "Rome", "b")).get(0).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00123", "12E5", "1.5", "A-1", "v1.0", "Ä", "1E5"})
    void keepsOtherIdsAsTheyAre(String id) throws RefusedFile {
        assertThat(((Mapped.Update) map("  hs_city: A\n", id, "Rome", "b")).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1", "\uff11\uff12", "-5", "12 3"})
    void refusesARecordIdThatIsNoNumber(String id) throws RefusedFile {
        Mapper mapper = mapper("{column: REF}", "  hs_city: A\n", false);
        assertThat(reasons(mapper.map(row(id, "Rome", "b"))).get(0).code())
                .isEqualTo("BAD_RECORD_ID");
        assertThat(((Mapped.Update) mapper.map(row(" 0123 ", "Rome", "b"))).id()).isEqualTo("0123");
    }

    @Test
    void joinsAnIdOnlyOfCompleteParts() throws RefusedFile {
        Mapper mapper =
                mapper(
                        "{columns: [\"{source}\", REF, B], join: \"-\", property: reference}",
                        "  hs_city: A\n",
                        false);
        assertThat(((Mapped.Update) mapper.map(row("7", "Rome", "b"))).id())
                .isEqualTo("madrid-7-b");
        assertThat(reasons(mapper.map(row("7", "Rome", ""))).get(0).code()).isEqualTo("MISSING_ID");
        assertThat(reasons(mapper.map(row("7.0", "Rome", "b"))).get(0).code())
                .isEqualTo("DAMAGED_ID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{column: REF, property: refrence} | hs_city: A | UNKNOWN_PROPERTY | did you mean reference?",
                "{column: REF, property: hs_city} | hs_price: A | ID_PROPERTY_NOT_UNIQUE | unique values",
                "{column: REF, property: reference} | price: A | UNKNOWN_PROPERTY | did you mean hs_price?",
                "{column: REF, property: reference} | City: A | UNKNOWN_PROPERTY | did you mean hs_city?",
                "{column: REF, property: reference} | hs_city: NONE | MISSING_COLUMN | needs the column NONE",
                "{column: NONE, property: reference} | hs_city: A | MISSING_COLUMN | needs the column NONE",
            })
    void refusesAFileThatDoesNotFit(String id, String property, String code, String message) {
        assertThatExceptionOfType(RefusedFile.class)
                .isThrownBy(() -> mapper(id.strip(), "  " + property.strip() + "\n", false))
                .satisfies(refused -> assertThat(refused.reason().code()).isEqualTo(code))
                .withMessageContaining(message);
    }

    @Test
    void leavesOutWhatIsOptional() throws RefusedFile {
        String optional =
                "  hs_price: {column: NONE, optional: true}\n"
                        + "  not_there: {column: B, optional: true}\n"
                        + "  hs_city: A\n";
        assertThat(properties(map(optional, "R1", "Rome", "b"))).containsOnlyKeys("hs_city");
    }

    @Test
    void takesWhateverTheFileSaysWhereNoDefinitionsAreKnown() throws RefusedFile {
        Mapping mapping =
                MappingReader.read(
                        "feed.yaml",
                        "",
                        "files: [\"*.csv\"]\nid: {column: REF, property: nothing}\n"
                                + "properties: {whatever: A}\n",
                        "");
        Mapper mapper =
                Mapper.of(
                        mapping,
                        COLUMNS,
                        new Mapper.Fit(Definitions.UNKNOWN, false, false, false, ""));
        assertThat(properties(mapper.map(row("R1", "x", "b")))).containsEntry("whatever", "x");
        Mapper later =
                mapper.checkedBy(Portals.only(Portals.property("whatever", "number", "number")));
        assertThat(reasons(later.map(row("R1", "x", "b"))).get(0).code()).isEqualTo("BAD_NUMBER");
    }

    @Test
    void needsTheInboxFolderWhereTheMappingUsesIt() {
        Mapping mapping =
                MappingReader.read(
                        "feed.yaml",
                        "",
                        "files: [\"*.csv\"]\nid: {columns: [\"{source}\", REF]}\n"
                                + "properties: {hs_city: A}\n",
                        "");
        assertThatExceptionOfType(RefusedFile.class)
                .isThrownBy(
                        () ->
                                Mapper.of(
                                        mapping,
                                        COLUMNS,
                                        new Mapper.Fit(
                                                Definitions.UNKNOWN, false, false, false, "")))
                .satisfies(refused -> assertThat(refused.reason().code()).isEqualTo("NO_SOURCE"));
    }
}
