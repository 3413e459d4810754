package io.filedrop.hubspot.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built-in HubSpot look-alike, over real HTTP, on the loopback address only. Its records live
 * in memory and are gone with it.
 */
public final class Sandbox implements AutoCloseable {

    private static final Pattern BATCH =
            Pattern.compile(
                    "/crm/(?:(v3)/objects|objects/(2026-0[39]))/(?:0-420|listings)/batch/"
                            + "(update|upsert|read)");
    private static final Pattern PROPERTIES =
            Pattern.compile("/crm/(?:v3/properties|properties/2026-0[39])/(?:0-420|listings)");
    private static final Pattern TOKEN = Pattern.compile("/oauth/(?:v1|v3|2026-03)/token");

    private static final int CALLS_KEPT = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final ObjectMapper json = new ObjectMapper();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    private SandboxSettings settings;
    private Portal portal;
    private Quota quota;
    private Random random;
    private HttpServer server;
    private String oauthToken = "";
    private long number;

    public Sandbox(SandboxSettings settings) {
        behave(settings);
    }

    /** Starts listening; on the port of the settings, or on any. */
    public Sandbox start() {
        HttpServerOptions options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(settings.port());
        server =
                vertx.createHttpServer(options)
                        .requestHandler(this::receive)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        return this;
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on it behaves like this. Records, calls and numbers begin anew. */
    public synchronized void behave(SandboxSettings other) {
        settings = other;
        portal = new Portal(other);
        quota = new Quota(other);
        random = new Random(other.seed());
        calls.clear();
        number = 0;
        mostInFlight.set(0);
    }

    /** From now on other things go wrong; records and numbers stay. */
    public synchronized void suffer(List<Fault> faults) {
        settings = settings.withFaults(faults);
    }

    /** From now on it takes that token. */
    public synchronized void accept(String token) {
        settings = settings.withToken(token);
    }

    /** Properties by the key that the sender used: a record id, or a unique value. */
    public synchronized Map<String, Map<String, String>> records() {
        return portal.records();
    }

    /** Everything that was written to that record, in the order it was applied. */
    public synchronized List<Map<String, String>> writes(String key) {
        return portal.writes(key);
    }

    /** The last requests, in the order they came. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The last requests to one endpoint. */
    public synchronized List<Call> calls(String endpoint) {
        return calls.stream().filter(call -> call.endpoint().equals(endpoint)).toList();
    }

    /** Calls that were answered 429 because of the rate limit. */
    public synchronized int refusedForRate() {
        return quota.refusedForRate();
    }

    /** Batch calls under way at once, at most. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(new Turn(request, body)));
    }

    private void answer(Turn turn) {
        String path = turn.request().path();
        Matcher batch = BATCH.matcher(path);
        if (TOKEN.matcher(path).matches()) {
            note(0, "token", turn, List.of(), null);
            giveToken(turn);
        } else if (PROPERTIES.matcher(path).matches()) {
            note(0, "properties", turn, List.of(), null);
            later(turn, () -> properties(turn));
        } else if (batch.matches()) {
            int now = inFlight.incrementAndGet();
            mostInFlight.accumulateAndGet(now, Math::max);
            turn.request().response().endHandler(v -> inFlight.decrementAndGet());
            later(turn, () -> batch(turn, batch.group(3), "2026-09".equals(batch.group(2))));
        } else {
            note(0, "other", turn, List.of(), null);
            turn.page(404);
        }
    }

    private void later(Turn turn, Runnable answer) {
        long millis = settings.latency().toMillis();
        if (millis > 0) {
            vertx.setTimer(millis, timer -> answer.run());
        } else {
            answer.run();
        }
    }

    private synchronized void note(
            long callNumber, String endpoint, Turn turn, List<String> ids, Fault.Kind fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        turn.request()
                .headers()
                .forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
        headers.replace("authorization", "…");
        calls.addLast(new Call(callNumber, endpoint, turn.request().path(), headers, ids, fault));
        if (calls.size() > CALLS_KEPT) {
            calls.removeFirst();
        }
    }

    private synchronized boolean isAuthorized(Turn turn) {
        String token = turn.request().getHeader("Authorization");
        return ("Bearer " + settings.token()).equals(token)
                || !oauthToken.isEmpty() && ("Bearer " + oauthToken).equals(token);
    }

    private synchronized void properties(Turn turn) {
        if (!isAuthorized(turn)) {
            turn.json(401, Bodies.unauthorized("INVALID_AUTHENTICATION"));
        } else if (!settings.canReadProperties()) {
            turn.json(403, Bodies.missingScope("crm.schemas.listings.read"));
        } else {
            turn.json(200, Bodies.properties());
        }
    }

    /**
     * OAuth: the refresh token {@code refresh} of the client {@code client} with {@code secret}.
     */
    private synchronized void giveToken(Turn turn) {
        String form = turn.body().toString();
        boolean good =
                form.contains("grant_type=refresh_token")
                        && form.contains("client_id=client")
                        && form.contains("client_secret=secret")
                        && form.contains("refresh_token=refresh");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (good) {
            oauthToken = "access-" + Long.toHexString(random.nextLong());
            answer.put("access_token", oauthToken);
            answer.put("refresh_token", "refresh");
            answer.put("expires_in", 1800);
            answer.put("token_type", "bearer");
            turn.json(200, answer);
        } else {
            answer.put("error", "invalid_grant");
            answer.put("error_description", "refresh token is invalid, expired or revoked");
            answer.put("status", "BAD_REFRESH_TOKEN");
            answer.put("message", "missing or invalid refresh token");
            turn.json(400, answer);
        }
    }

    private synchronized void batch(Turn turn, String endpoint, boolean errorsIn200) {
        JsonNode body = parse(turn.body());
        List<String> ids = new ArrayList<>();
        body.path("inputs").forEach(input -> ids.add(input.path("id").asText()));
        boolean write = !endpoint.equals("read");
        long call = write ? ++number : 0;
        Fault fault = write ? faultOf(call, ids) : null;
        note(call, endpoint, turn, ids, fault == null ? null : fault.kind());
        if (!isAuthorized(turn)) {
            turn.json(401, Bodies.unauthorized("INVALID_AUTHENTICATION"));
        } else if (!String.valueOf(turn.request().getHeader("Content-Type"))
                .startsWith("application/json")) {
            turn.json(415, Bodies.error("Unsupported Media Type", null));
        } else if (!quota.allows(turn)) {
            return;
        } else if (!write) {
            read(turn, body);
        } else if (body.isMissingNode()) {
            turn.json(400, Bodies.error("Invalid input JSON on line 1, column 1", null));
        } else if (fault == null) {
            Portal.Reply reply = portal.write(body, endpoint.equals("upsert"), errorsIn200);
            turn.json(reply.status(), reply.body());
        } else {
            new Misfortune(vertx, portal, random)
                    .strike(fault, body, endpoint.equals("upsert"), errorsIn200, turn);
        }
    }

    private void read(Turn turn, JsonNode body) {
        if (settings.canRead()) {
            Portal.Reply reply = portal.read(body);
            turn.json(reply.status(), reply.body());
        } else {
            turn.json(403, Bodies.missingScope("crm.objects.listings.read"));
        }
    }

    private Fault faultOf(long call, List<String> ids) {
        double chance = random.nextDouble();
        return settings.faults().stream()
                .filter(fault -> fault.hits(call, chance, ids))
                .findFirst()
                .orElse(null);
    }

    private JsonNode parse(Buffer body) {
        try {
            JsonNode node = json.readTree(body.getBytes());
            return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
