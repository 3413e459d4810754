package io.filedrop.hubspot.hubspot;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sets up the HTTP client behind Camel's HTTP endpoint: one request per attempt, no redirects,
 * every answer bounded in size and time. The token is put on here, where neither a message, nor a
 * log, nor a message history sees it.
 */
@Singleton
@Named("hubspotClient")
@RegisterForReflection
public class HubSpotClient implements HttpClientConfigurer {

    private final HubSpotSettings settings;
    private final BearerToken token;

    @Inject
    public HubSpotClient(HubSpotSettings settings, BearerToken token) {
        this.settings = settings;
        this.token = token;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        withoutToken(client);
        client.addRequestInterceptorLast(
                (request, entity, context) ->
                        request.setHeader("Authorization", "Bearer " + token.current()));
    }

    /** The same client for the calls that ask for a token. */
    void withoutToken(HttpClientBuilder client) {
        settings.proxy()
                .ifPresent(
                        p ->
                                client.setProxy(
                                        new HttpHost(p.getScheme(), p.getHost(), p.getPort())));
        Timeout attempt = Timeout.of(settings.requestTimeout());
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                // A small body could grow without limit while it is inflated.
                .disableContentCompression()
                .setConnectionManagerShared(false)
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls()))
                                .setMaxConnTotal(settings.maxInFlight() + 1)
                                .setMaxConnPerRoute(settings.maxInFlight() + 1)
                                .setDefaultConnectionConfig(
                                        ConnectionConfig.custom()
                                                .setConnectTimeout(
                                                        Timeout.of(settings.connectTimeout()))
                                                .setSocketTimeout(attempt)
                                                // A connection that HubSpot has closed meanwhile
                                                // would look like an attempt of unknown end.
                                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                                .setTimeToLive(TimeValue.ofMinutes(5))
                                                .build())
                                .setDefaultSocketConfig(
                                        SocketConfig.custom().setSoTimeout(attempt).build())
                                .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(attempt)
                                .setResponseTimeout(attempt)
                                .build())
                .addResponseInterceptorFirst(
                        (response, entity, context) -> {
                            if (response instanceof ClassicHttpResponse answer
                                    && answer.getEntity() != null) {
                                answer.setEntity(bounded(answer.getEntity()));
                            }
                        });
    }

    private SSLContext tls() {
        return settings.trustStore()
                .map(Authorities::trusting)
                .orElseGet(SSLContexts::createSystemDefault);
    }

    private HttpEntity bounded(HttpEntity entity) {
        long deadline = System.nanoTime() + settings.requestTimeout().toNanos();
        return new HttpEntityWrapper(entity) {
            @Override
            public InputStream getContent() throws IOException {
                return new BoundedStream(super.getContent(), settings.answerLimit(), deadline);
            }
        };
    }

    /** Breaks off an answer that is longer, or takes longer, than an answer may. */
    private static final class BoundedStream extends java.io.FilterInputStream {

        private final long deadline;
        private long left;

        BoundedStream(InputStream in, long most, long deadline) {
            super(in);
            this.left = most;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? read : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the answer took too long");
            }
            int read = super.read(buffer, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("the answer is longer than hubspot.answer-limit");
            }
            return read;
        }
    }
}
