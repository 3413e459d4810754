package io.filedrop.hubspot.hubspot;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Tells what it means that an attempt ended with a fault instead of an answer: whether the request
 * may have left, and whether somebody else answered there. A pure function.
 */
final class Interruption {

    /** Faults from before the first byte of the request. */
    private static final List<Class<? extends Exception>> BEFORE_SENDING =
            List.of(
                    ConnectException.class,
                    ConnectTimeoutException.class,
                    ConnectionRequestTimeoutException.class,
                    UnknownHostException.class,
                    NoRouteToHostException.class,
                    SSLHandshakeException.class,
                    TunnelRefusedException.class);

    private Interruption() {}

    static Answer of(IOException fault, String host) {
        if (has(fault, CertificateException.class)
                || has(fault, SSLPeerUnverifiedException.class)) {
            return new Answer.NotTrusted(Why.NOT_TRUSTED.of(host, words(fault)));
        }
        return BEFORE_SENDING.stream().anyMatch(kind -> has(fault, kind))
                ? new Answer.Broken(false, Why.NO_CONNECTION.of(host, words(fault)))
                : new Answer.Broken(true, Why.NO_WHOLE_ANSWER.of(host, words(fault)));
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> kind) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String words(IOException fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
