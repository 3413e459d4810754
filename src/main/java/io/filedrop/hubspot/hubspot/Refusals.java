package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Answer.Body;
import io.filedrop.hubspot.hubspot.Answer.Broken;
import io.filedrop.hubspot.hubspot.Answer.Received;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Waits;
import io.filedrop.hubspot.hubspot.Verdict.Cause;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads answers that are not 2xx, and attempts without an answer. A pure function of those, the
 * settings and the time.
 *
 * @param now for a {@code Retry-After} that is a date
 */
record Refusals(Waits waits, Instant now) {

    static Verdict broken(Broken broken) {
        return broken.sent()
                ? new Verdict.Unclear(broken.why())
                : new Verdict.Later(broken.why(), Duration.ZERO, Cause.CALL, false);
    }

    /** Why nothing was sent; a person must act. */
    static Verdict notSent(Answer answer) {
        return answer instanceof Answer.NoToken none
                ? new Verdict.NotAllowed(none.why(), Verdict.Wrong.TOKEN)
                : new Verdict.NotAllowed(((Answer.NotTrusted) answer).why(), Verdict.Wrong.SETTING);
    }

    Verdict of(List<Input> inputs, Received received, Optional<Body> body) {
        int status = received.status();
        return switch (status) {
            case 400, 409, 422 ->
                    body.filter(b -> b.isHubSpots() && !b.message().isEmpty())
                            .map(b -> refused(inputs, b, received))
                            .orElseGet(() -> notHubSpots(status));
            case 413 -> tooLarge(inputs);
            default -> ofAnyCall(received, body);
        };
    }

    /** What holds for every call to HubSpot, whatever was sent. */
    Verdict ofAnyCall(Received received, Optional<Body> body) {
        int status = received.status();
        String message = body.map(Body::message).orElse("");
        return switch (status) {
            case 401 ->
                    new Verdict.NotAllowed(
                            Why.TOKEN_REFUSED.of(401, category(body)), Verdict.Wrong.TOKEN);
            case 403 ->
                    // A page is some guard's on the way, who dislikes what he read in the texts.
                    received.body().length > 0 && body.filter(Body::isHubSpots).isEmpty()
                            ? notHubSpots(status)
                            : new Verdict.NotAllowed(
                                    Why.SCOPE_MISSING.of(403, category(body), scopes(body)),
                                    Verdict.Wrong.SCOPE);
            case 423 ->
                    new Verdict.Later(
                            Why.LOCKED.of(), waits.locked(), Cause.RECORDS_PERHAPS, false);
            case 429 -> limited(received, body, message);
            case 477 ->
                    new Verdict.Later(
                            Why.MOVING.of(),
                            RetryAfter.parse(
                                            received.headers().retryAfter(),
                                            now,
                                            waits.longestMoving())
                                    .orElse(waits.moving()),
                            Cause.ACCOUNT,
                            false);
            case 400, 408, 409, 413, 422, 425 -> notHubSpots(status);
            default -> {
                if (status >= 500) {
                    yield new Verdict.Later(
                            Why.TROUBLE.of(status),
                            RetryAfter.parse(
                                            received.headers().retryAfter(),
                                            now,
                                            waits.longestRetryAfter())
                                    .orElse(Duration.ZERO),
                            Cause.RECORDS_PERHAPS,
                            true);
                }
                yield new Verdict.NotAllowed(Why.NO_SUCH_CALL.of(status), Verdict.Wrong.SETTING);
            }
        };
    }

    private Verdict limited(Received received, Optional<Body> body, String message) {
        String policy = body.map(Body::policyName).orElse("") + " " + message;
        String lower = policy.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("daily")) {
            return new Verdict.QuotaGone(Why.DAILY_LIMIT.of());
        }
        Optional<Duration> asked =
                RetryAfter.parse(received.headers().retryAfter(), now, waits.longestRetryAfter());
        boolean tenSecondly = lower.contains("ten_secondly");
        Duration byPolicy =
                tenSecondly || !lower.contains("secondly") ? waits.tenSecondly() : waits.secondly();
        return new Verdict.Later(
                Why.LIMITED.of(),
                asked.orElse(byPolicy),
                // The pacer counts these itself; if it is one off, only that one has to come again.
                asked.isPresent() || !tenSecondly ? Cause.ACCOUNT : Cause.CALL,
                false);
    }

    private static Verdict refused(List<Input> inputs, Body body, Received received) {
        String message = body.message();
        if (message.startsWith("Unable to infer object type")) {
            return new Verdict.NotAllowed(Why.NO_OBJECT_TYPE.of(), Verdict.Wrong.SETTING);
        }
        String correlationId = UpdateVerdict.correlationId(body, received);
        Reason reason =
                new Reason(
                        body.category().isEmpty() ? Code.REFUSED.name() : body.category(),
                        "",
                        "",
                        message,
                        correlationId);
        if (isAboutTheWholeRequest(message)) {
            return new Verdict.AllRefused(reason);
        }
        return Isolation.of(inputs, body, reason);
    }

    /** Smaller parts may pass; one that is alone cannot. */
    private static Verdict tooLarge(List<Input> inputs) {
        Reason reason = Reason.of(Code.TOO_LONG, "HubSpot refuses the request as too large (413).");
        return new Verdict.Refused(List.of(), List.copyOf(inputs), List.of(), reason);
    }

    /** Nothing is wrong with single records, so there is nobody to look for. */
    private static boolean isAboutTheWholeRequest(String message) {
        return message.contains("by non-unique");
    }

    /** A refusal without HubSpot's JSON is some proxy's: no reason to fail a record. */
    private static Verdict notHubSpots(int status) {
        return new Verdict.Later(
                Why.NOT_HUBSPOT.of(status), Duration.ZERO, Cause.RECORDS_PERHAPS, true);
    }

    private static String category(Optional<Body> body) {
        return body.map(Body::category)
                .filter(c -> !c.isEmpty())
                .map(c -> ", " + Words.name(Words.excerpt(c)))
                .orElse("");
    }

    private static String scopes(Optional<Body> body) {
        return body.map(Body::scopes)
                .filter(list -> !list.isEmpty())
                .map(list -> Words.name(Words.excerpt(String.join(", ", list))))
                .orElse("crm.objects.listings.write");
    }
}
