package io.filedrop.hubspot.hubspot;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Sets up the HTTP client that asks for tokens: as the other one, but it has none to send. */
@Singleton
@Named("tokenClient")
@RegisterForReflection
public class TokenClient implements HttpClientConfigurer {

    private final HubSpotClient hubspot;

    @Inject
    public TokenClient(HubSpotClient hubspot) {
        this.hubspot = hubspot;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        hubspot.withoutToken(client);
    }
}
