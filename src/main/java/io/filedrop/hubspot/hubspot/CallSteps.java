package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.run.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;

/** The two ends of one HTTP request: what goes out, and what comes back. */
@Singleton
@Named("call")
@RegisterForReflection
public class CallSteps {

    private static final String RATE_LIMIT_MAX = "x-hubspot-ratelimit-max";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String RATE_LIMIT_INTERVAL = "x-hubspot-ratelimit-interval-milliseconds";

    private final HubSpotSettings settings;
    private final Pacer pacer;
    private final BearerToken token;
    private final Allowance allowance;
    private final BatchListeners listeners;
    private final Clock clock;

    @Inject
    public CallSteps(
            HubSpotSettings settings,
            Pacer pacer,
            BearerToken token,
            Allowance allowance,
            BatchListeners listeners,
            Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.token = token;
        this.pacer = pacer;
        this.allowance = allowance;
        this.listeners = listeners;
    }

    /** Path of the call that the delivery's current part needs. */
    public String path(@ExchangeProperty("delivery") Delivery delivery) {
        return settings.batchPath(endpoint(delivery));
    }

    private String endpoint(Delivery delivery) {
        String update = settings.operation().name().toLowerCase(Locale.ROOT);
        return delivery.current().read() ? "read" : update;
    }

    /** Path of the property definitions. */
    public String propertiesPath() {
        return settings.propertiesPath();
    }

    /** Body of that call, as HubSpot's batch endpoints describe it. */
    public Object body(@ExchangeProperty("delivery") Delivery delivery) {
        delivery.sent(System.nanoTime(), token.generation());
        Part part = delivery.current();
        return part.read()
                ? Requests.ReadRequest.of(part.inputs())
                : new Requests.UpdateRequest(part.inputs());
    }

    /** What HubSpot answered. Learns its limit of calls on the way. */
    public Answer received(
            Exchange exchange,
            @ExchangeProperty("run") Run run,
            @ExchangeProperty("delivery") Delivery delivery) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        pacer.ended(delivery.departure(), status / 100 == 2);
        if (status == 429) {
            run.wasRateLimited();
            pacer.wasLimited();
        }
        Map<String, String> headers = new HashMap<>();
        message.getHeaders()
                .forEach(
                        (name, value) ->
                                headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(value)));
        learn(headers);
        byte[] body = message.getBody(byte[].class);
        Answer answer =
                new Answer.Received(
                        status, new Answer.Headers(headers), body == null ? new byte[0] : body);
        listeners.attempted(run, delivery, endpoint(delivery), answer);
        return answer;
    }

    private void learn(Map<String, String> headers) {
        allowance.learn(headers);
        String max = headers.get(RATE_LIMIT_MAX);
        if (max != null && NUMBER.matcher(max).matches()) {
            String interval = headers.getOrDefault(RATE_LIMIT_INTERVAL, "10000");
            pacer.learn(
                    Integer.parseInt(max),
                    NUMBER.matcher(interval).matches() ? Long.parseLong(interval) : 10_000);
        }
    }

    /** Why there is no answer, or not all of one. */
    public Answer broken(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) IOException fault,
            @ExchangeProperty("run") Run run,
            @ExchangeProperty("delivery") Delivery delivery) {
        pacer.ended(delivery.departure(), false);
        Answer answer = broken(fault);
        if (!answer.mayHaveLeft()) {
            run.notCalled(delivery.current().attempt() > 0);
        }
        listeners.attempted(run, delivery, endpoint(delivery), answer);
        return answer;
    }

    private Answer broken(IOException fault) {
        if (fault instanceof TokenUnavailable none) {
            return none.isPassing()
                    ? new Answer.Broken(false, none.why())
                    : new Answer.NoToken(none.why());
        }
        return Interruption.of(fault, settings.baseUrl().getHost());
    }

    /** What the answer means for the inputs that were sent. */
    public Verdict verdict(Answer answer, @ExchangeProperty("delivery") Delivery delivery) {
        Part part = delivery.current();
        Refusals refusals = new Refusals(settings.waits(), clock.instant());
        return part.read()
                ? ReadVerdict.of(part.inputs(), answer, refusals)
                : UpdateVerdict.of(part.inputs(), answer, refusals);
    }

    /** What the route follows; a word, because Camel would look into the verdict each time. */
    public String kind(@ExchangeProperty("verdict") Verdict verdict) {
        return verdict.kind();
    }
}
