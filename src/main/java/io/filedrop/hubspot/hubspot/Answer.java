package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Sentence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one attempt, one HTTP request, ended. */
public sealed interface Answer {

    /** Whether the request may have reached HubSpot. */
    default boolean mayHaveLeft() {
        return true;
    }

    /**
     * HubSpot, or something on the way to it, answered.
     *
     * @param headers those that matter, see {@link Headers}
     * @param body as received, at most as long as the setting {@code hubspot.answer-limit} allows
     */
    record Received(int status, Headers headers, byte[] body) implements Answer {}

    /**
     * There was no answer, or not all of one.
     *
     * @param sent whether the request may have reached HubSpot
     * @param why without any value
     */
    record Broken(boolean sent, Sentence why) implements Answer {
        @Override
        public boolean mayHaveLeft() {
            return sent;
        }
    }

    /** Nothing was sent, because there is no access token; the sentence says why, without it. */
    record NoToken(Sentence why) implements Answer {
        @Override
        public boolean mayHaveLeft() {
            return false;
        }
    }

    /** Nothing was sent, because who answers there cannot show that it is HubSpot. */
    record NotTrusted(Sentence why) implements Answer {
        @Override
        public boolean mayHaveLeft() {
            return false;
        }
    }

    /** The response headers that matter, looked up without regard to case. */
    record Headers(Map<String, String> lowerCase) {

        static final Headers NONE = new Headers(Map.of());

        Optional<String> get(String name) {
            return Optional.ofNullable(lowerCase.get(name));
        }

        Optional<String> retryAfter() {
            return get("retry-after");
        }

        String correlationId() {
            return get("x-hubspot-correlation-id").orElse("");
        }
    }

    /**
     * A JSON body of HubSpot's, every field optional because recorded answers lack now this, now
     * that.
     *
     * @param status COMPLETE, PENDING, …, or {@code error}
     * @param ids {@code context.ids}
     */
    record Body(
            String status,
            List<Result> results,
            List<Problem> problems,
            String category,
            String message,
            String correlationId,
            String policyName,
            List<String> ids,
            List<String> scopes) {

        /** Whether a refusal is HubSpot's own, and not that of something on the way. */
        boolean isHubSpots() {
            return status.equals("error") || !category.isEmpty() || !correlationId.isEmpty();
        }
    }

    /**
     * One of {@code results}.
     *
     * @param properties those that were asked for when the body was parsed
     * @param created {@code new}, of an upsert
     */
    record Result(
            String id,
            String traceId,
            String updatedAt,
            boolean created,
            Map<String, String> properties) {}

    /** One of {@code errors}. */
    record Problem(
            String category,
            String code,
            String message,
            List<String> ids,
            List<String> traceIds,
            List<String> propertyNames) {

        boolean namesNobody() {
            return ids.isEmpty() && traceIds.isEmpty();
        }
    }
}
