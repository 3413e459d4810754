package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks before sending refuse what HubSpot refuses, and nothing else. */
class CheckTest {

    private static Check check(String property) {
        return Check.of(Portals.LISTINGS.of(property).orElseThrow(), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hs_price        | 450000",
                "hs_price        | -1.5",
                "hs_price        | 1.5e5",
                "hs_price        | 1E+400",
                "hs_price        | \" 450000 \"",
                "is_furnished    | true",
                "is_furnished    | FALSE",
                "available_from  | 2026-11-24",
                "available_from  | 1764028800000",
                "available_from  | -86400000",
                "last_viewed_at  | 2026-11-24T13:45:30.000Z",
                "last_viewed_at  | 2026-11-24T13:45+0100",
                "last_viewed_at  | 1700000000123",
                "hs_listing_type | house",
                "hs_listing_type | \" house\"",
                "features        | pool;garage",
                "features        | ;pool;garage",
                "features        | garage",
                "hubspot_owner_id | 12345",
                "hs_name         | =1+1",
            })
    void accept(String property, String value) {
        assertThatCode(() -> check(property).accept(value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hs_price        | 1,234            | BAD_NUMBER | a number as HubSpot takes it",
                "hs_price        | 1.234.567        | BAD_NUMBER | a number as HubSpot takes it",
                "hs_price        | 450k             | BAD_NUMBER | a number as HubSpot takes it",
                "hs_price        | NaN              | BAD_NUMBER | a number as HubSpot takes it",
                "hs_price        | 1e               | BAD_NUMBER | a number as HubSpot takes it",
                "hs_price        | e5               | BAD_NUMBER | a number as HubSpot takes it",
                "is_furnished    | yes              | BAD_BOOLEAN | true or false",
                "available_from  | 24.11.2026       | BAD_DATE | a date as 2026-11-24",
                "available_from  | 1764028800001    | BAD_DATE | its midnight in UTC",
                "available_from  | 2026-11-24T10:00:00Z | BAD_DATE | a date as 2026-11-24",
                "last_viewed_at  | 2026-11-24       | BAD_DATE | a time as 2026-11-24T13:45:30.000Z",
                "last_viewed_at  | 2026-11-24T10:00 | BAD_DATE | a time as 2026-11-24T13:45:30.000Z",
                "hs_listing_type | House            | UNKNOWN_OPTION | which is house for the label House",
                "hs_listing_type | Multi family     | UNKNOWN_OPTION | which is multi_family for the label",
                "hs_listing_type | hose             | UNKNOWN_OPTION | did you mean house?",
                "hs_listing_type | house;lots_land  | UNKNOWN_OPTION | one of the options of hs_listing_type",
                "features        | pool;gym         | UNKNOWN_OPTION | one of the options of features",
                "hs_createdate   | 1                | READ_ONLY_PROPERTY | hs_createdate",
            })
    void refuse(String property, String value, String code, String expected) {
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> check(property).accept(value))
                .satisfies(unfit -> assertThat(unfit.code().name()).isEqualTo(code))
                .withMessageContaining(expected);
    }

    @Test
    void measureTextsInCharacters() {
        assertThatCode(() -> check("hs_name").accept("x".repeat(65_536)))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("hs_name").accept("\ud835\udc03".repeat(65_536)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> check("hs_name").accept("x".repeat(65_537)));
    }

    @Test
    void takeADateWithATimeWhereHubSpotDropsIt() {
        Check later = Check.of(Portals.LISTINGS.of("available_from").orElseThrow(), true);
        assertThatCode(() -> later.accept("1764028800001")).doesNotThrowAnyException();
        assertThatCode(() -> later.accept("2026-11-24T10:00:00Z")).doesNotThrowAnyException();
    }

    /** What the sandbox's HubSpot takes, as patterns: a check must not refuse any of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "hs_price -?\\d+(\\.\\d+)?([eE][+-]?\\d+)? -0123.eE+",
                "available_from \\d{4}-\\d\\d-\\d\\d 0123-",
                "last_viewed_at -?\\d+|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(Z|[+-]\\d\\d:?\\d\\d) 01-T:Z+",
            })
    void areNeverStricterThanHubSpot(String property, String taken, String alphabet) {
        Random random = new Random(5);
        Pattern pattern = Pattern.compile(taken);
        int seen = 0;
        for (int i = 0; i < 200_000; i++) {
            String value = text(random, alphabet);
            if (pattern.matcher(value).matches()) {
                seen++;
                assertThatCode(() -> check(property).accept(value))
                        .as("%s for %s", value, property)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(seen).as("values that HubSpot takes").isPositive();
    }

    private static String text(Random random, String alphabet) {
        if (alphabet.equals("0123-")) {
            return "%d%03d-%02d-%02d"
                    .formatted(
                            random.nextInt(10),
                            random.nextInt(1000),
                            random.nextInt(100),
                            random.nextInt(100));
        }
        StringBuilder text = new StringBuilder();
        if (alphabet.contains("T")) {
            text.append("2026-11-24T1").append(random.nextInt(10)).append(":30");
        }
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
