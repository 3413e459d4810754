package io.filedrop.hubspot.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Credentials;
import io.filedrop.hubspot.run.Json;
import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jboss.logging.Logger;

/** Gets a new access token with the refresh token (HubSpot, OAuth token endpoint 2026-03). */
@Singleton
@Named("token")
@RegisterForReflection
public class TokenSteps {

    private static final Logger LOG = Logger.getLogger(TokenSteps.class);

    private final BearerToken token;

    @Inject
    public TokenSteps(BearerToken token) {
        this.token = token;
    }

    /** Whether this exchange has to get a new token before it calls. */
    public boolean isDue() throws InterruptedException {
        return token.isRefreshDue();
    }

    /** Path of the token endpoint. */
    public String path() {
        return token.oauth().orElseThrow().tokenPath();
    }

    /**
     * The form that asks for a token. It holds secrets: it goes into the request and nowhere else.
     */
    public String form() throws IOException {
        Credentials.OAuth oauth = token.oauth().orElseThrow();
        return "grant_type=refresh_token&client_id="
                + encoded(oauth.clientId())
                + "&client_secret="
                + encoded(oauth.clientSecret().read())
                + "&refresh_token="
                + encoded(oauth.refreshToken().read());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** HubSpot's answer. */
    public void received(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        byte[] body = message.getBody(byte[].class);
        message.setBody(null);
        JsonNode answer = parse(body);
        String accessToken = answer.path("access_token").asText("");
        if (status == 200 && !accessToken.isEmpty()) {
            token.refreshed(
                    accessToken, Duration.ofSeconds(answer.path("expires_in").asLong(1800)));
            LOG.info("HubSpot gave a new access token.");
            return;
        }
        boolean passing = status == 429 || status >= 500 || status == 200;
        String named = answer.path("status").asText(answer.path("error").asText("…"));
        token.notRefreshed(
                new TokenUnavailable(
                        (passing ? Why.TOKEN_NOT_GIVEN : Why.TOKEN_NEVER_GIVEN)
                                .of(status, Words.name(Words.excerpt(named))),
                        passing));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.mapper().readTree(body == null ? new byte[0] : body);
        } catch (IOException e) {
            // Some proxy's page: the status says enough.
            return Json.mapper().createObjectNode();
        }
    }

    /** There was no answer, or nothing to ask with. */
    public void unavailable(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception fault) {
        token.notRefreshed(
                new TokenUnavailable(
                        Why.TOKEN_NOT_ASKED.of(
                                fault.getMessage() == null
                                        ? fault.getClass().getSimpleName()
                                        : fault.getMessage()),
                        true));
    }
}
