package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.filedrop.hubspot.run.Code;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each conversion takes, what it gives, and what it refuses. */
class ConversionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole | 250000      | 250000",
                "plain | 450000      | 450000",
                "plain | -12.50      | -12.50",
                "plain | 007         | 007",
                "plain | -0          | 0",
                "plain | 924.0       | 924.0",
                "en    | 159,950     | 159950",
                "en    | 1,234,567.8 | 1234567.8",
                "en    | 1234567.8   | 1234567.8",
                "de    | 1.234,56    | 1234.56",
                "de    | 1.234       | 1234",
                "es    | 450.000     | 450000",
                "es    | 55,34       | 55.34",
                "fr    | 1 234,56    | 1234.56",
                "fr    | '1 234'     | 1234",
                "ch    | 1'234.5     | 1234.5",
            })
    void readNumbers(String notation, String text, String expected) throws Unfit {
        assertThat(NumberNotation.named(notation).of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole | 250.000",
                "whole | 250,5",
                "plain | 1,234",
                "plain | 1 234",
                "plain | 1e5",
                "plain | 1e400",
                "plain | NaN",
                "plain | +5",
                "plain | .5",
                "plain | 5.",
                "plain | 1.2.3",
                "plain | -",
                "plain | €450000",
                "plain | 450k",
                "plain | x",
                "plain | '٣'",
                "plain | '１'",
                "en    | 1.234,56",
                "en    | 12,34",
                "en    | 1234,567",
                "en    | 1,2345",
                "en    | ,123",
                "de    | 1,234.56",
                "de    | 1234.56",
                "de    | 1.5",
                "de    | 1.234.5",
                "de    | 1 234",
                "fr    | 1.234,56",
                "fr    | '1 234 567'",
            })
    void refuseNumbersInAnotherNotation(String notation, String text) {
        refused(NumberNotation.named(notation), text, Code.BAD_NUMBER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy          | 24.11.2026          | 2026-11-24",
                "dd/MM/yyyy          | 29/02/2024          | 2024-02-29",
                "iso                 | 2026-11-24          | 2026-11-24",
                "yyyy-MM-dd HH:mm:ss | 2013-09-27 12:00:10 | 2013-09-27",
                "yyyy-MM-dd-HH:mm:ss | 2009-01-26-12:30:00 | 2009-01-26",
                "d MMM yyyy          | 3 Jan 2026          | 2026-01-03",
                "epoch-s             | 0                   | 1970-01-01",
                "epoch-ms            | 1764028800000       | 2025-11-25",
                "iso                 | 9999-12-31          | 9999-12-31",
            })
    void readDates(String format, String text, String expected) throws Unfit {
        assertThat(Times.date(format, Optional.empty()).of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy | 31/02/2026",
                "dd/MM/yyyy | 29/02/2026",
                "dd/MM/yyyy | 02/03/26",
                "dd/MM/yyyy | 2/3/2026",
                "iso        | 24.11.2026",
                "iso        | 0000-00-00",
                "iso        | 2026-11-24T00:00:00Z",
                "epoch-s    | 1e9",
                "epoch-ms   | tomorrow",
                "epoch-s    | 31556889864403200",
            })
    void refuseDatesInAnotherFormat(String format, String text) {
        refused(Times.date(format, Optional.empty()), text, Code.BAD_DATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso                 | -             | 2026-11-24T13:45:30+01:00 | 2026-11-24T12:45:30.000Z",
                "iso                 | Europe/Madrid | 2026-07-01T12:00:00       | 2026-07-01T10:00:00.000Z",
                "yyyy-MM-dd HH:mm:ss | Europe/Madrid | 2026-01-15 12:00:00       | 2026-01-15T11:00:00.000Z",
                "yyyy-MM-dd HH:mm:ss | UTC           | 2026-01-15 12:00:00       | 2026-01-15T12:00:00.000Z",
                "yyyy-MM-dd HH:mmXXX | -             | 2026-01-15 12:00-05:00    | 2026-01-15T17:00:00.000Z",
                "epoch-ms            | -             | 1700000000123             | 2023-11-14T22:13:20.123Z",
                "epoch-s             | -             | 1700000000                | 2023-11-14T22:13:20.000Z",
            })
    void readTimes(String format, String zone, String text, String expected) throws Unfit {
        assertThat(Times.dateTime(format, zone(zone)).of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The clocks skip the hour from 2 to 3, and show it twice in October.
                "yyyy-MM-dd HH:mm | Europe/Madrid | 2026-03-29 02:30 | the clocks skip this one",
                "yyyy-MM-dd HH:mm | Europe/Madrid | 2026-10-25 02:30 | the clocks show this one twice",
                "yyyy-MM-dd HH:mm | Europe/Madrid | 2026-02-30 12:00 | a date and time as 2026-11-24 13:45",
                "iso              | -             | 2026-07-01T12:00:00 | a time with its zone",
            })
    void refuseTimesThatAreNotOneInstant(String format, String zone, String text, String why) {
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> Times.dateTime(format, zone(zone)).of(text))
                .satisfies(unfit -> assertThat(unfit.code()).isEqualTo(Code.BAD_DATE))
                .withMessageContaining(why);
    }

    /** The last instant lies a year behind the last date. */
    @Test
    void refuseATimeBehindTheLastDate() {
        String second = "31556889864403199";
        refused(Times.date("epoch-s", Optional.empty()), second, Code.BAD_DATE);
        refused(Times.dateTime("epoch-s", Optional.empty()), second, Code.BAD_DATE);
        refused(
                Times.dateTime("iso", Optional.empty()),
                "+999999999-12-31T23:59:59-18:00",
                Code.BAD_DATE);
    }

    private static Optional<ZoneId> zone(String name) {
        return name.equals("-") ? Optional.empty() : Optional.of(ZoneId.of(name));
    }

    @ParameterizedTest
    @CsvSource({"ja,true", "1,true", "nein,false", "0,false"})
    void readBooleans(String text, String expected) throws Unfit {
        assertThat(new Booleans(Set.of("ja", "1"), Set.of("nein", "0"), false).of(text))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JA", "yes", "2", "x"})
    void refuseOtherWords(String text) {
        refused(
                new Booleans(Set.of("ja", "1"), Set.of("nein", "0"), false),
                text,
                Code.BAD_BOOLEAN);
    }

    @Test
    void readBooleansWhateverTheirCase() throws Unfit {
        assertThat(new Booleans(Set.of("Ja"), Set.of("Nein"), true).of("JA")).isEqualTo("true");
    }

    @Test
    void lookValuesUp() throws Unfit {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("Villa", "house");
        table.put("Piso", "apartments");
        assertThat(table(table, ValueTable.Others.REFUSE, false).of("Villa")).isEqualTo("house");
        refused(table(table, ValueTable.Others.REFUSE, false), "villa", Code.UNMAPPED_VALUE);
        assertThat(table(table, ValueTable.Others.REFUSE, true).of("VILLA")).isEqualTo("house");
        assertThat(table(table, ValueTable.Others.KEEP, false).of("house")).isEqualTo("house");
        assertThat(table(table, ValueTable.Others.SKIP, false).of("Garaje")).isNull();
    }

    private static ValueTable table(
            Map<String, String> table, ValueTable.Others others, boolean ignoreCase) {
        return new ValueTable(table, others, ignoreCase);
    }

    @Test
    void joinChoices() throws Unfit {
        Optional<ValueTable> table =
                Optional.of(
                        new ValueTable(
                                Map.of("Piscina", "pool", "Garaje", "garage"),
                                ValueTable.Others.SKIP,
                                false));
        assertThat(new Choices(",", false, Optional.empty()).of("pool, garage,,pool"))
                .isEqualTo("pool;garage");
        assertThat(new Choices("", true, Optional.empty()).of("pool\u001fgarage"))
                .isEqualTo(";pool;garage");
        assertThat(new Choices(" | ", false, table).of("Piscina | Gym | Garaje"))
                .isEqualTo("pool;garage");
        assertThat(new Choices("|", false, table).of("Gym")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "150, m2, ft2, 1614.59",
        "500, m², sqft, 5381.96",
        "1, acre, ft2, 43560",
        "40, square, m2, 371.61",
        "2, ha, m2, 20000",
        "924.0, Square Feet, ft2, 924.0",
        "0, m2, ft2, 0"
    })
    void measure(String number, String from, String to, String expected) throws Unfit {
        Measure measure =
                new Measure("UNIT", Optional.empty(), Measure.Unit.named(to).orElseThrow());
        assertThat(measure.of(number, from)).isEqualTo(expected);
    }

    @Test
    void refuseAnUnknownUnit() {
        Measure measure = new Measure("UNIT", Optional.empty(), Measure.Unit.FT2);
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> measure.of("1", "furlong"))
                .withMessage(
                        "a unit in UNIT that is one of m2, ft2, acre, hectare, square, and not"
                                + " \"furlong\"");
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> measure.of("1", null))
                .withMessageEndingWith("and not \"\"");
    }

    @Test
    void refuseToComputeWithANumberThatNoAreaIs() throws Unfit {
        Measure measure =
                new Measure("", Optional.of(Measure.Unit.M2), Measure.Unit.named("ft2").get());
        assertThat(measure.of("1".repeat(1000), null)).startsWith("119599");
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> measure.of("1".repeat(1001), null))
                .satisfies(unfit -> assertThat(unfit.code()).isEqualTo(Code.BAD_NUMBER))
                .withMessage("a number of at most 1,000 characters");
    }

    private static void refused(Conversion conversion, String text, Code code) {
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> conversion.of(text))
                .satisfies(unfit -> assertThat(unfit.code()).isEqualTo(code));
    }
}
