package io.filedrop.hubspot.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An OpenID Connect provider, as far as the page asks one: what it is, its keys, a login that asks
 * nothing, and tokens for the code that it gave.
 */
final class Provider {

    static final String CLIENT = "hubspot-file-drop";
    static final String SECRET = "not a secret, and long enough for a key";

    private static final String INVALID_GRANT = "{\"error\": \"invalid_grant\"}";

    private final HttpServer server;
    private final KeyPair keys = newKeys();
    private final Map<String, Map<String, String>> logins = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Misdeed misdeed = Misdeed.NONE;

    /** What is wrong with the tokens that a code is exchanged for. */
    enum Misdeed {
        NONE,
        /** They answer somebody else's login. */
        OTHER_NONCE,
        /** Somebody else signed them. */
        FORGED,
        /** They are for another client. */
        OTHER_CLIENT,
        /** There are none: the code is not taken. */
        REFUSED
    }

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
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** From now on. */
    void commit(Misdeed next) {
        misdeed = next;
        asked.clear();
    }

    /** The requests for tokens since then, their forms. */
    List<String> asked() {
        return asked;
    }

    /** Eva is logged in here already, so that the browser is sent back at once. */
    private void authorize(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> login = form(exchange.getRequestURI().getRawQuery());
            String code = "code-" + logins.size();
            logins.put(code, login);
            exchange.getResponseHeaders()
                    .add(
                            "Location",
                            login.get("redirect_uri")
                                    + "?code="
                                    + code
                                    + "&state="
                                    + login.get("state"));
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(text);
            Map<String, String> form = form(text);
            Map<String, String> login = logins.remove(form.get("code"));
            String client =
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            (CLIENT + ":" + SECRET)
                                                    .getBytes(StandardCharsets.UTF_8));
            boolean isRight =
                    misdeed != Misdeed.REFUSED
                            && login != null
                            && client.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                            && login.get("redirect_uri").equals(form.get("redirect_uri"))
                            && login.get("code_challenge").equals(challenge(form));
            send(exchange, isRight ? 200 : 400, isRight ? tokens(login) : INVALID_GRANT);
        }
    }

    private String tokens(Map<String, String> login) {
        String nonce = misdeed == Misdeed.OTHER_NONCE ? "another" : login.get("nonce");
        return "{\"token_type\": \"Bearer\", \"expires_in\": 600, \"access_token\": \"opaque\","
                + " \"id_token\": \""
                + token(
                        "eva",
                        misdeed == Misdeed.OTHER_CLIENT ? "another" : CLIENT,
                        ", \"nonce\": \"" + nonce + "\"",
                        Instant.now().plusSeconds(600),
                        misdeed == Misdeed.FORGED ? newKeys() : keys)
                + "\"}";
    }

    private static String challenge(Map<String, String> form) {
        try {
            byte[] verifier =
                    form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII);
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of this provider's for a user, good until then. */
    String token(String user, Instant until) {
        return token(user, CLIENT, "", until, keys);
    }

    /** A token that says it were this provider's, signed by somebody else. */
    String forgedToken(String user, Instant until) {
        return token(user, CLIENT, "", until, newKeys());
    }

    void stop() {
        server.stop(0);
    }

    private String token(String user, String client, String claims, Instant until, KeyPair signer) {
        String content =
                base64("{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"one\"}")
                        + "."
                        + base64(
                                """
                                {"iss": "%s", "sub": "17", "preferred_username": "%s",
                                 "aud": "%s", "iat": %d, "exp": %d%s}"""
                                        .formatted(
                                                url(),
                                                user,
                                                client,
                                                until.getEpochSecond() - 3600,
                                                until.getEpochSecond(),
                                                claims));
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
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        send(exchange, 200, body);
                    }
                });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
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
