package io.filedrop.hubspot.hubspot;

import static io.filedrop.hubspot.hubspot.Samples.answer;
import static io.filedrop.hubspot.hubspot.Samples.complete;
import static io.filedrop.hubspot.hubspot.Samples.input;
import static io.filedrop.hubspot.hubspot.Samples.inputs;
import static io.filedrop.hubspot.hubspot.Samples.refusal;
import static io.filedrop.hubspot.hubspot.Samples.result;
import static io.filedrop.hubspot.hubspot.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.run.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdict as a table: what is sent, what comes back, what it means. */
class UpdateVerdictTest {

    private static final Refusals REFUSALS =
            Samples.refusals(Instant.parse("2026-11-23T20:00:00Z"));

    private static final String NOT_FOUND =
            "{'status':'error','category':'OBJECT_NOT_FOUND','message':'Could not get some LISTING"
                    + " objects, they may be deleted or not exist. Check that ids are valid.',"
                    + "'context':{'ids':[%s]}}";

    static Stream<Arguments> answers() {
        return Stream.of(
                // --- complete answers: who is named is settled, nobody else
                of(
                        "all named",
                        200,
                        complete(result("1") + "," + result("2") + "," + result("3"), ""),
                        "confirmed 1 2 3"),
                of(
                        "in another order",
                        200,
                        complete(result("3") + "," + result("1") + "," + result("2"), ""),
                        "confirmed 1 2 3"),
                of(
                        "one not named",
                        200,
                        complete(result("1") + "," + result("3"), ""),
                        "confirmed 1 3; not named 2"),
                of("nothing named", 200, complete("", ""), "not named 1 2 3"),
                of(
                        "a result that was never sent",
                        200,
                        complete(result("1") + "," + result("99"), ""),
                        "confirmed 1; not named 2 3"),
                of(
                        "one result twice",
                        200,
                        complete(result("1") + "," + result("1"), ""),
                        "confirmed 1; not named 2 3"),
                of(
                        "one error for two ids",
                        207,
                        complete(result("2"), NOT_FOUND.formatted("'1','3'")),
                        "confirmed 2; failed 1 OBJECT_NOT_FOUND, 3 OBJECT_NOT_FOUND"),
                of(
                        "one error each",
                        207,
                        complete(
                                result("2"),
                                NOT_FOUND.formatted("'1'") + "," + NOT_FOUND.formatted("'3'")),
                        "confirmed 2; failed 1 OBJECT_NOT_FOUND, 3 OBJECT_NOT_FOUND"),
                of(
                        "errors inside a 200, as 2026-09 has it",
                        200,
                        complete(result("2"), NOT_FOUND.formatted("'1','3'")),
                        "confirmed 2; failed 1 OBJECT_NOT_FOUND, 3 OBJECT_NOT_FOUND"),
                of(
                        "an error by trace id",
                        207,
                        complete(
                                result("1") + "," + result("2"),
                                "{'category':'VALIDATION_ERROR','message':'no','context':{'objectWriteTraceId':['2']}}"),
                        "confirmed 1 2; failed 3 VALIDATION_ERROR"),
                of(
                        "an error that names nobody",
                        207,
                        complete(result("1"), "{'category':'VALIDATION_ERROR','message':'no'}"),
                        "confirmed 1; not named 2 3; one by one"),
                of(
                        "a passing error",
                        207,
                        complete(
                                result("1") + "," + result("2"),
                                "{'category':'INTERNAL_ERROR','message':'try again','context':{'ids':['3']}}"),
                        "confirmed 1 2; put off 3"),
                of(
                        "another passing error",
                        207,
                        complete(
                                result("1") + "," + result("2"),
                                "{'category':'SERVICE_UNAVAILABLE','message':'x','context':{'ids':['3']}}"),
                        "confirmed 1 2; put off 3"),
                of(
                        "a passing error that names nobody",
                        207,
                        complete(result("1"), "{'category':'RATE_LIMITS','message':'slow'}"),
                        "confirmed 1; put off 2 3"),
                of(
                        "named as failed and as not now",
                        207,
                        complete(
                                result("1") + "," + result("2"),
                                NOT_FOUND.formatted("'3'")
                                        + ",{'category':'TIMEOUT','context':{'ids':['3']}}"),
                        "confirmed 1 2; failed 3 OBJECT_NOT_FOUND"),
                of(
                        "named on both sides",
                        207,
                        complete(
                                result("1") + "," + result("2") + "," + result("3"),
                                NOT_FOUND.formatted("'3'")),
                        "confirmed 1 2; not named 3"),
                of(
                        "an error without category, with a subCategory object",
                        207,
                        complete(
                                result("1") + "," + result("2"),
                                "{'message':'no','subCategory':{'a':1},'links':{},'context':{'ids':['3']}}"),
                        "confirmed 1 2; failed 3 REFUSED"),
                of(
                        "unknown fields everywhere",
                        200,
                        "{'x':[1,{'y':2}],'requestedAt':'z','status':'COMPLETE','results':[{'id':'1','z':{'id':'2'}}]}",
                        "confirmed 1; not named 2 3"),

                // --- anything that is not proof is unclear
                of(
                        "pending",
                        200,
                        "{'status':'PENDING','results':[" + result("1") + "]}",
                        "unclear"),
                of("processing", 200, "{'status':'PROCESSING','results':[]}", "unclear"),
                of("canceled", 200, "{'status':'CANCELED','results':[]}", "unclear"),
                of("no status", 200, "{'results':[" + result("1") + "]}", "unclear"),
                of("no content", 204, "", "unclear"),
                of("HTML", 200, "<html>ok</html>", "unclear"),
                of(
                        "cut short",
                        200,
                        "{'status':'COMPLETE','results':[{'id':'1'},{'id':",
                        "unclear"),
                of(
                        "cut after the results",
                        200,
                        "{'status':'COMPLETE','results':[{'id':'1'}]",
                        "unclear"),
                of("something behind it", 200, complete(result("1"), "") + "{}", "unclear"),
                of("an array", 200, "[]", "unclear"),

                // --- refusals of the whole batch
                of(
                        "one value",
                        400,
                        refusal(
                                "INVALID_INTEGER",
                                "hs_price",
                                "2000",
                                "2000 was not a valid number"),
                        "refused: 2 INVALID_INTEGER hs_price=2000; innocent 1 3"),
                of(
                        "the value only in the text",
                        400,
                        refusal("INVALID_INTEGER", "hs_price", null, "2000 was not a valid number"),
                        "refused: 2 INVALID_INTEGER hs_price=2000; innocent 1 3"),
                of(
                        "two values",
                        400,
                        refusal(
                                "INVALID_INTEGER",
                                "hs_price",
                                "1000",
                                "1000 was not a valid number",
                                "INVALID_INTEGER",
                                "hs_price",
                                "3000",
                                "3000 was not a valid number"),
                        "refused: 1 INVALID_INTEGER hs_price=1000, 3 INVALID_INTEGER hs_price=3000; innocent 2"),
                of(
                        "an unknown property",
                        400,
                        refusal(
                                "PROPERTY_DOESNT_EXIST",
                                "hs_price",
                                null,
                                "Property hs_price does not exist"),
                        "refused: 1 PROPERTY_DOESNT_EXIST hs_price=1000, 2 PROPERTY_DOESNT_EXIST hs_price=2000,"
                                + " 3 PROPERTY_DOESNT_EXIST hs_price=3000"),
                of(
                        "no value told",
                        400,
                        refusal("SOME_RULE", "hs_price", null, "that is against a rule"),
                        "refused: suspects 1 2 3"),
                of(
                        "a property that nobody has",
                        400,
                        refusal("SOME_RULE", "other", null, "that is against a rule"),
                        "refused: suspects 1 2 3"),
                of(
                        "ids",
                        400,
                        "{'category':'VALIDATION_ERROR','message':'Duplicate IDs found in batch input: [1, 2]. IDs"
                                + " must be unique','context':{'ids':['1','2']}}",
                        "refused: suspects 1 2; innocent 3"),
                of(
                        "conflict, nobody named",
                        409,
                        "{'category':'CONFLICT','message':'already exists'}",
                        "refused: suspects 1 2 3"),
                of(
                        "a unique value that is taken",
                        400,
                        "{'category':'VALIDATION_ERROR','message':'Cannot set PropertyValueCoordinates{portalId=1,"
                                + " propertyName=hs_price, value=2000} on 1. 7 already has that value.'}",
                        "refused: 2 UNIQUE_VALUE_TAKEN hs_price=2000; innocent 1 3"),
                of(
                        "a date that is not midnight, its value only in the text",
                        400,
                        refusal(
                                "INVALID_DATE",
                                "hs_price",
                                null,
                                "2000 is at 18:0:0.0 UTC, not midnight!"),
                        "refused: 2 INVALID_DATE hs_price=2000; innocent 1 3"),
                of(
                        "a value in the text, in words that nobody knows",
                        400,
                        refusal("SOME_RULE", "hs_price", null, "because of 2000 we cannot"),
                        "refused: suspects 2; innocent 1 3"),
                of(
                        "a part of a value, an option of several",
                        400,
                        refusal("INVALID_OPTION", "hs_price", "200", "200 is none"),
                        "refused: suspects 2; innocent 1 3"),
                of(
                        "an error by trace id",
                        400,
                        "{'message':'no','category':'VALIDATION_ERROR','errors':[{'message':'bad','code':'X','context':{'objectWriteTraceId':['1'],'propertyName':['hs_price']}}]}",
                        "refused: 2 X hs_price=2000; innocent 1 3"),
                of(
                        "JSON that is not HubSpot's",
                        400,
                        "{'error':'bad'}",
                        "later 0 s, records perhaps, may arrive"),
                of(
                        "a gateway's JSON",
                        400,
                        "{'message':'Bad Request'}",
                        "later 0 s, records perhaps, may arrive"),
                of("too large", 413, "<html>", "refused: suspects 1 2 3"),

                // --- refusals of something that is wrong with all of it
                of(
                        "a property that is not unique",
                        400,
                        "{'category':'VALIDATION_ERROR','message':'Unable to perform update/upsert by non-unique"
                                + " 0-420 property hs_name in portal ID 1'}",
                        "all refused VALIDATION_ERROR"),
                of(
                        "malformed",
                        400,
                        "{'status':'error','message':'Invalid input JSON on line 3, column 9: x'}",
                        "refused: suspects 1 2 3"),
                of(
                        "more than 100",
                        400,
                        "{'category':'VALIDATION_ERROR','message':'The maximum number of inputs supported in a batch"
                                + " is 100. Please reduce the number of items and try again'}",
                        "refused: suspects 1 2 3"),

                // --- later
                of(
                        "secondly",
                        429,
                        "{'message':'You have reached your secondly limit.'}",
                        "later 1 s, account"),
                of(
                        "ten-secondly",
                        429,
                        "{'message':'You have reached your ten_secondly_rolling limit.','policyName':'TEN_SECONDLY_ROLLING'}",
                        "later 10 s"),
                of("429 without a word", 429, "", "later 10 s, account"),
                of(
                        "daily",
                        429,
                        "{'message':'You have reached your daily limit.','policyName':'DAILY'}",
                        "quota gone"),
                of("locked", 423, "{}", "later 2 s, records perhaps"),
                of("500", 500, "", "later 0 s, records perhaps, may arrive"),
                of("502", 502, "<html>cloudflare</html>", "later 0 s, records perhaps, may arrive"),
                of("503", 503, "", "later 0 s, records perhaps, may arrive"),
                of("504", 504, "", "later 0 s, records perhaps, may arrive"),
                of("524", 524, "", "later 0 s, records perhaps, may arrive"),
                of(
                        "400 of a proxy",
                        400,
                        "<html>Bad Request</html>",
                        "later 0 s, records perhaps, may arrive"),

                // --- a person must act
                of("401", 401, "{'category':'INVALID_AUTHENTICATION'}", "not allowed, token"),
                of(
                        "403",
                        403,
                        "{'category':'MISSING_SCOPES','message':'no'}",
                        "not allowed, scope"),
                of("403 without a word", 403, "", "not allowed, scope"),
                of(
                        "403 of a guard on the way",
                        403,
                        "<html>Attention Required!</html>",
                        "later 0 s, records perhaps, may arrive"),
                of("404 of no path", 404, "<html>Error 404</html>", "not allowed, setting"),
                of("405", 405, "", "not allowed, setting"),
                of("414", 414, "", "not allowed, setting"),
                of("redirect", 307, "", "not allowed, setting"),
                of(
                        "unknown type",
                        400,
                        "{'status':'error','message':'Unable to infer object type from: butterflies'}",
                        "not allowed, setting"));
    }

    private static Arguments of(String what, int status, String body, String verdict) {
        return Arguments.of(what, status, body, verdict);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("answers")
    void readsTheAnswer(String what, int status, String body, String verdict) {
        assertThat(words(UpdateVerdict.of(inputs("1", "2", "3"), answer(status, body), REFUSALS)))
                .isEqualTo(verdict);
    }

    @Test
    @DisplayName("An attempt that never left is simply repeated; any other one is unclear")
    void readsBrokenAttempts() {
        assertThat(
                        words(
                                UpdateVerdict.of(
                                        inputs("1"),
                                        new Answer.Broken(false, Why.TROUBLE.of(0)),
                                        REFUSALS)))
                .isEqualTo("later 0 s");
        assertThat(
                        words(
                                UpdateVerdict.of(
                                        inputs("1"),
                                        new Answer.Broken(true, Why.TROUBLE.of(0)),
                                        REFUSALS)))
                .isEqualTo("unclear");
    }

    @Test
    @DisplayName(
            "With an id property, a result is found by the property it shows, or by its trace id")
    void matchesByIdProperty() {
        List<Input> inputs =
                List.of(
                        input(row(0, "R1", "reference", "hs_price", "1")),
                        input(row(1, "R2", "reference", "hs_price", "2")),
                        input(row(2, "9003", "reference", "hs_price", "3")));
        String results =
                "{'id':'9001','properties':{'reference':'R1'},'updatedAt':'t1'},"
                        + "{'id':'9002','objectWriteTraceId':'1','properties':{},'updatedAt':'t2','new':true},"
                        // A record id that looks like a key proves nothing.
                        + "{'id':'9003','properties':{'reference':'other'}}";
        Verdict.Complete verdict =
                (Verdict.Complete)
                        UpdateVerdict.of(inputs, answer(200, complete(results, "")), REFUSALS);

        assertThat(verdict.confirmed())
                .containsExactly(
                        new Verdict.Confirmed(inputs.get(0), false, "9001", "t1"),
                        new Verdict.Confirmed(inputs.get(1), true, "9002", "t2"));
        assertThat(verdict.notNamed()).containsExactly(inputs.get(2));
    }

    @Test
    @DisplayName("A value that another record has already is the fault of nobody else")
    void blamesWhomAClashNames() {
        List<Input> inputs =
                List.of(
                        input(row(0, "1", "", "reference", "V")),
                        input(row(1, "2", "", "reference", "V")),
                        input(row(2, "3", "", "reference", "W")));
        String clash =
                "{'category':'VALIDATION_ERROR','message':'Cannot set PropertyValueCoordinates{portalId=1,"
                        + " propertyName=reference, value=V} on %s. 2 already has that value.'}";
        assertThat(words(UpdateVerdict.of(inputs, answer(400, clash.formatted("1")), REFUSALS)))
                .isEqualTo("refused: 1 UNIQUE_VALUE_TAKEN reference=V; innocent 2 3");
        assertThat(words(UpdateVerdict.of(inputs, answer(400, clash.formatted("77")), REFUSALS)))
                .isEqualTo("refused: suspects 1 2; innocent 3");
    }

    @Test
    @DisplayName("Who was sent alone is meant, whatever the refusal names")
    void blamesWhoWasSentAlone() {
        List<Input> one = inputs("1");
        String rule =
                refusal(
                        "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
                        "listing_status",
                        null,
                        "listing_status is required");
        assertThat(words(UpdateVerdict.of(one, answer(400, rule), REFUSALS)))
                .isEqualTo("refused: 1 MISSING_CONDITIONAL_REQUIRED_PROPERTY listing_status=");
        String nameless = complete("", "{'category':'VALIDATION_ERROR','message':'no'}");
        assertThat(words(UpdateVerdict.of(one, answer(207, nameless), REFUSALS)))
                .isEqualTo("failed 1 VALIDATION_ERROR; one by one");
        String foreign = complete("", NOT_FOUND.formatted("'99'"));
        assertThat(words(UpdateVerdict.of(one, answer(207, foreign), REFUSALS)))
                .isEqualTo("not named 1");
    }

    @Test
    @DisplayName("HubSpot answers in a spelling of its own")
    void findsIdsInAnotherSpelling() {
        List<Input> inputs =
                List.of(
                        input(row(0, "A@Example.com", "email", "hs_price", "1")),
                        input(row(1, "B@Example.com", "email", "hs_price", "2")));
        String answer =
                complete(
                        "{'id':'9','properties':{'email':'a@example.com'}}",
                        NOT_FOUND.formatted("'b@example.com'"));
        assertThat(words(UpdateVerdict.of(inputs, answer(207, answer), REFUSALS)))
                .isEqualTo("confirmed A@Example.com; failed B@Example.com OBJECT_NOT_FOUND");
        assertThat(
                        words(
                                UpdateVerdict.of(
                                        inputs("007"),
                                        answer(200, complete(result("7"), "")),
                                        REFUSALS)))
                .isEqualTo("confirmed 007");
    }

    @Test
    @DisplayName("Each failed record carries its own code, property, value and message")
    void givesReasons() {
        String error =
                "{'category':'VALIDATION_ERROR','message':'Property values were not valid:"
                        + " [{\\'message\\':\\'2000 is bad\\',\\'error\\':\\'INVALID_OPTION\\',\\'name\\':\\'hs_price\\'}]',"
                        + "'context':{'objectWriteTraceId':['1']}}";
        Verdict.Complete verdict =
                (Verdict.Complete)
                        UpdateVerdict.of(
                                inputs("1", "2"),
                                answer(
                                        207,
                                        complete(result("1"), error),
                                        "x-hubspot-correlation-id",
                                        "c-9"),
                                REFUSALS);
        assertThat(verdict.failed().get(0).reasons())
                .containsExactly(
                        new Reason("INVALID_OPTION", "hs_price", "2000", "2000 is bad", "c-9"));
    }

    @Test
    @DisplayName("A refused input that was sent alone carries every reason of the refusal")
    void blamesWhoWasAlone() {
        Verdict.Refused verdict =
                (Verdict.Refused)
                        UpdateVerdict.of(
                                inputs("1"),
                                answer(
                                        400,
                                        refusal("SOME_RULE", "hs_price", null, "against a rule")),
                                REFUSALS);
        assertThat(verdict.blamed().get(0).reasons())
                .containsExactly(
                        new Reason("SOME_RULE", "hs_price", "1000", "against a rule", "c-1"));
    }

    @Test
    @DisplayName("A missing scope is named")
    void namesTheScope() {
        Verdict verdict =
                UpdateVerdict.of(
                        inputs("1"),
                        answer(
                                403,
                                "{'category':'MISSING_SCOPES','errors':[{'message':'x','context':"
                                        + "{'requiredGranularScopes':['crm.objects.listings.write']}}]}"),
                        REFUSALS);
        assertThat(((Verdict.NotAllowed) verdict).why().toString())
                .contains("crm.objects.listings.write");
    }

    @ParameterizedTest(name = "{0} with Retry-After: {1} waits {2}")
    @MethodSource("retryAfters")
    void readsRetryAfter(int status, String header, String verdict) {
        Answer answer =
                answer(
                        status,
                        "{'message':'You have reached your secondly limit.'}",
                        "retry-after",
                        header);
        assertThat(words(UpdateVerdict.of(inputs("1"), answer, REFUSALS))).isEqualTo(verdict);
    }

    static Stream<Arguments> retryAfters() {
        return Stream.of(
                Arguments.of(429, "5", "later 5 s, account"),
                Arguments.of(429, "0", "later 1 s, account"),
                Arguments.of(429, "-1", "later 1 s, account"),
                Arguments.of(429, "soon", "later 1 s, account"),
                Arguments.of(429, "86400", "later 600 s, account"),
                Arguments.of(429, "Mon, 23 Nov 2026 20:00:30 GMT", "later 30 s, account"),
                Arguments.of(429, "Mon, 23 Nov 2020 20:00:30 GMT", "later 1 s, account"),
                Arguments.of(503, "7", "later 7 s, records perhaps, may arrive"),
                Arguments.of(477, "7200", "later 3600 s, account"),
                Arguments.of(477, "", "later 60 s, account"));
    }

    private static String words(Verdict verdict) {
        if (verdict instanceof Verdict.Complete complete) {
            return joined(
                    list("confirmed", complete.confirmed().stream().map(c -> c.input().id()), " "),
                    list("failed", complete.failed().stream().map(UpdateVerdictTest::blamed), ", "),
                    list("not named", complete.notNamed().stream().map(Input::id), " "),
                    list("put off", complete.putOff().stream().map(Input::id), " "),
                    complete.blamesNobody() ? "one by one" : "");
        }
        if (verdict instanceof Verdict.Refused refused) {
            return "refused: "
                    + joined(
                            refused.blamed().stream()
                                    .map(UpdateVerdictTest::blamedWithValue)
                                    .collect(Collectors.joining(", ")),
                            list("suspects", refused.suspects().stream().map(Input::id), " "),
                            list("innocent", refused.innocent().stream().map(Input::id), " "));
        }
        if (verdict instanceof Verdict.AllRefused all) {
            return "all refused " + all.reason().code();
        }
        if (verdict instanceof Verdict.Later later) {
            return "later "
                    + later.atLeast().toSeconds()
                    + " s"
                    + (later.cause() == Verdict.Cause.CALL
                            ? ""
                            : ", "
                                    + later.cause()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' '))
                    + (later.mayArrive() ? ", may arrive" : "");
        }
        if (verdict instanceof Verdict.NotAllowed refused) {
            return "not allowed, " + refused.wrong().name().toLowerCase(Locale.ROOT);
        }
        return verdict instanceof Verdict.QuotaGone ? "quota gone" : "unclear";
    }

    private static String blamed(Verdict.Blamed blamed) {
        return blamed.input().id() + " " + blamed.reasons().get(0).code();
    }

    private static String blamedWithValue(Verdict.Blamed blamed) {
        Reason reason = blamed.reasons().get(0);
        return blamed(blamed) + " " + reason.property() + "=" + reason.value();
    }

    private static String list(String name, Stream<String> items, String separator) {
        String joined = items.collect(Collectors.joining(separator));
        return joined.isEmpty() ? "" : name + " " + joined;
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(p -> !p.isEmpty()).collect(Collectors.joining("; "));
    }
}
