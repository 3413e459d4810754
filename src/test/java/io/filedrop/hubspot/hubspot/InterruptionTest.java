package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What it means when an attempt ends with a fault instead of an answer. */
class InterruptionTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                // nothing can have left
                Arguments.of(new ConnectException("refused"), "not sent"),
                Arguments.of(new UnknownHostException("api.hubapi.com"), "not sent"),
                Arguments.of(new NoRouteToHostException("none"), "not sent"),
                Arguments.of(new ConnectTimeoutException("slow"), "not sent"),
                Arguments.of(new ConnectionRequestTimeoutException("no turn"), "not sent"),
                Arguments.of(new SSLHandshakeException("protocol_version"), "not sent"),
                Arguments.of(
                        caused(new SSLHandshakeException("cut"), new EOFException()), "not sent"),
                Arguments.of(
                        new ClientProtocolException(new TunnelRefusedException("407", "")),
                        "not sent"),
                // who answers is not HubSpot
                Arguments.of(
                        caused(new SSLHandshakeException("PKIX"), new CertificateException("old")),
                        "not trusted"),
                Arguments.of(new SSLPeerUnverifiedException("other host"), "not trusted"),
                // everything else may have arrived
                Arguments.of(new SocketTimeoutException("read"), "may have arrived"),
                Arguments.of(new SocketException("reset"), "may have arrived"),
                Arguments.of(new SSLException("later"), "may have arrived"),
                Arguments.of(new NoHttpResponseException("none"), "may have arrived"),
                Arguments.of(new EOFException(), "may have arrived"),
                Arguments.of(new IOException(), "may have arrived"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void tellsWhetherTheRequestMayHaveArrived(IOException fault, String expected) {
        Answer answer = Interruption.of(fault, "api.hubapi.com");
        String words =
                answer instanceof Answer.Broken broken
                        ? broken.sent() ? "may have arrived" : "not sent"
                        : "not trusted";
        assertThat(words).isEqualTo(expected);
        assertThat(answer.toString()).contains("api.hubapi.com");
    }

    private static IOException caused(IOException fault, Exception cause) {
        fault.initCause(cause);
        return fault;
    }
}
