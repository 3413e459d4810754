package io.filedrop.hubspot.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** An OpenID Connect provider, as far as the page asks one: what it is, its keys, and tokens. */
final class Provider {

    static final String CLIENT = "hubspot-file-drop";

    private final HttpServer server;
    private final KeyPair keys = newKeys();

    Provider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer(
                "/.well-known/openid-configuration",
                """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}"""
                        .formatted(url()));
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        answer(
                "/keys",
                """
                {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one",
                 "n": "%s", "e": "%s"}]}"""
                        .formatted(base64(key.getModulus()), base64(key.getPublicExponent())));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of this provider's for a user, good until then. */
    String token(String user, Instant until) {
        return token(user, until, keys);
    }

    /** A token that says it were this provider's, signed by somebody else. */
    String forgedToken(String user, Instant until) {
        return token(user, until, newKeys());
    }

    void stop() {
        server.stop(0);
    }

    private String token(String user, Instant until, KeyPair signer) {
        String content =
                base64("{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"one\"}")
                        + "."
                        + base64(
                                """
                                {"iss": "%s", "sub": "17", "preferred_username": "%s",
                                 "aud": "%s", "iat": %d, "exp": %d}"""
                                        .formatted(
                                                url(),
                                                user,
                                                CLIENT,
                                                until.getEpochSecond() - 3600,
                                                until.getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().add("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
