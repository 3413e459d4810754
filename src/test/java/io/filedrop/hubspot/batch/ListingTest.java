package io.filedrop.hubspot.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which spellings of an id may mean the same listing. */
class ListingTest {

    @ParameterizedTest(name = "record id {0} is {1}")
    @CsvSource({
        "7,7",
        "007,7",
        "0070,70",
        "0,0",
        "000,0",
        "'',''",
        "00a,0a",
        "0a,0a",
        "a00,a00",
        "-07,-07",
        "0٧,0٧",
        "Ref-1,Ref-1",
    })
    void aRecordIdIsItsNumber(String id, String spelling) {
        assertThat(Listing.of("", id)).isEqualTo(new Listing("", spelling));
    }

    @ParameterizedTest(name = "value {0} is {1}")
    @CsvSource({"Ref-1,ref-1", "REF-1,ref-1", "007,007", "İ,i̇", "'',''"})
    void aUniqueValueIsItsLetters(String value, String spelling) {
        assertThat(Listing.of("reference", value)).isEqualTo(new Listing("reference", spelling));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"7,reference", "7,other"})
    void theSameIdOfAnotherPropertyIsAnotherListing(String id, String idProperty) {
        assertThat(Listing.of(idProperty, id)).isNotEqualTo(Listing.of("", id));
    }
}
