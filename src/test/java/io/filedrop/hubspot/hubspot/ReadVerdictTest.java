package io.filedrop.hubspot.hubspot;

import static io.filedrop.hubspot.hubspot.Samples.answer;
import static io.filedrop.hubspot.hubspot.Samples.complete;
import static io.filedrop.hubspot.hubspot.Samples.input;
import static io.filedrop.hubspot.hubspot.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.batch.Input;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a read after an unclear answer proves. */
class ReadVerdictTest {

    private static final Refusals REFUSALS = Samples.refusals(Instant.EPOCH);

    /** Sent: price 1000 and city Valencia of listing 1, price 2000 of listing 2. */
    private static final List<Input> SENT =
            List.of(
                    input(row(0, "1", "", "hs_price", "1000", "hs_city", "Valencia")),
                    input(row(1, "2", "", "hs_price", "2000")));

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // a complete answer: who shows everything that was sent is confirmed
                "200 | 1:1000,Valencia 2:2000,- | shown 1 2",
                "200 | 2:2000,- 1:1000,Valencia | shown 1 2",
                "200 | 1:1000,Sagunto 2:2000,-  | shown 2; not shown 1",
                "200 | 1:1000,- 2:2000,-        | shown 2; not shown 1",
                "207 | 1:1000,Valencia          | shown 1; not shown 2",
                "200 | 7:1000,Valencia 2:2000,- | shown 2; not shown 1",
                "200 | \"\"                     | not shown 1 2",
                // anything else is asked again, and never read as an answer
                "200 | PENDING                  | later, records perhaps",
                "200 | <html>                   | later, records perhaps",
                "204 | <nothing>                | later, records perhaps",
                "400 | <html>                   | later, records perhaps",
                // one of them may be the cause
                "400 | {'status':'error','message':'no'} | later, records perhaps",
                "400 | {'message':'no'}         | later, records perhaps",
                "423 | {}                       | later, records perhaps",
                "500 | <html>                   | later, records perhaps",
                "429 | {'policyName':'DAILY'}   | quota gone",
                "401 | {}                       | token",
                "403 | {'status':'error'}       | scope",
                "403 | <html>                   | later, records perhaps",
                "404 | <html>                   | setting",
            })
    void reads(int status, String body, String expected) {
        assertThat(words(ReadVerdict.of(SENT, answer(status, text(body)), REFUSALS)))
                .isEqualTo(expected);
    }

    /** It will never be shown, so it is sent again. */
    @Test
    void takesARefusalToShowOneForNotShown() {
        Answer refusal = answer(400, "{'status':'error','message':'no'}");
        assertThat(words(ReadVerdict.of(SENT.subList(0, 1), refusal, REFUSALS)))
                .isEqualTo("not shown 1");
    }

    @Test
    void repeatsAReadThatWasInterruptedWhereverThatWas() {
        for (boolean sent : List.of(true, false)) {
            assertThat(
                            words(
                                    ReadVerdict.of(
                                            SENT,
                                            new Answer.Broken(sent, Why.TROUBLE.of(0)),
                                            REFUSALS)))
                    .isEqualTo(sent ? "later, records perhaps" : "later, call");
        }
    }

    /** HubSpot keeps numbers and times in a form of its own, and texts as they are. */
    @ParameterizedTest(name = "{0} sent, {1} held: {2}")
    @CsvSource({
        "abc, abc, true",
        "abc, ABC, false",
        "'', '', true",
        "0, '', false",
        "450000, 450000.0, true",
        "1.50, 1.5, true",
        "-3, -3.00, true",
        "450000, 45000, false",
        "01234, 1234, false",
        "007, 7, false",
        "0034911234567, 34911234567, false",
        "34911234567, 0034911234567, false",
        "1e3, 1000, false",
        "2026-11-24, 2026-11-24T00:00:00Z, true",
        "2026-11-24, 1795478400000, true",
        "2026-11-24T10:00:00+01:00, 2026-11-24T09:00:00.000Z, true",
        "2026-11-24, 2026-11-25, false",
        "2026-99-99, 2026-11-24, false",
    })
    void compares(String sent, String held, boolean same) {
        assertThat(ReadVerdict.isSame(sent, held)).isEqualTo(same);
    }

    @Test
    void asksForWhatWasSentAndForTheKey() {
        assertThat(ReadVerdict.propertyNames(SENT))
                .containsExactlyInAnyOrder("hs_price", "hs_city");
        assertThat(
                        ReadVerdict.propertyNames(
                                List.of(input(row(0, "R1", "reference", "hs_price", "1")))))
                .containsExactlyInAnyOrder("hs_price", "reference");
    }

    @Test
    void findsAListingByItsKeyInWhateverSpellingHubSpotShowsIt() {
        List<Input> sent = List.of(input(row(0, "Ref-1", "reference", "hs_price", "1")));
        String shown = "{'id':'9001','properties':{'reference':'ref-1','hs_price':'1'}}";
        assertThat(words(ReadVerdict.of(sent, answer(200, complete(shown, "")), REFUSALS)))
                .isEqualTo("shown Ref-1");
    }

    /** Results as {@code id:price,city}, {@code -} for none; anything else is the body itself. */
    private static String text(String body) {
        if (body.equals("PENDING")) {
            return "{'status':'PENDING','results':[]}";
        }
        if (body.startsWith("<") || body.startsWith("{")) {
            return body.equals("<nothing>") ? "" : body;
        }
        return complete(
                List.of(body.split(" ")).stream()
                        .filter(result -> !result.isEmpty())
                        .map(result -> result.split("[:,]"))
                        .map(
                                r ->
                                        "{'id':'"
                                                + r[0]
                                                + "','properties':{'hs_price':'"
                                                + r[1]
                                                + "','hs_city':"
                                                + (r[2].equals("-") ? "null" : "'" + r[2] + "'")
                                                + "}}")
                        .collect(Collectors.joining(",")),
                "");
    }

    private static String words(Verdict verdict) {
        if (verdict instanceof Verdict.Complete complete) {
            String shown =
                    complete.confirmed().stream()
                            .map(c -> " " + c.input().id())
                            .collect(Collectors.joining());
            String not =
                    complete.notNamed().stream()
                            .map(i -> " " + i.id())
                            .collect(Collectors.joining());
            return (shown.isEmpty() ? "" : "shown" + shown)
                    + (shown.isEmpty() || not.isEmpty() ? "" : "; ")
                    + (not.isEmpty() ? "" : "not shown" + not);
        }
        if (verdict instanceof Verdict.NotAllowed refused) {
            return refused.wrong().name().toLowerCase(Locale.ROOT);
        }
        if (verdict instanceof Verdict.Later later) {
            return "later, " + later.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        return verdict instanceof Verdict.QuotaGone ? "quota gone" : "something else";
    }
}
