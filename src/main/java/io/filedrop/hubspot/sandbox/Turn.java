package io.filedrop.hubspot.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** One request on its way through the sandbox, and how it is answered. */
record Turn(HttpServerRequest request, Buffer body) implements Misfortune.Outlet {

    private static final String HTML =
            "<html><head><title>Error</title></head><body>cloudflare</body></html>";
    private static final Buffer BLANKS = Buffer.buffer(" ".repeat(1 << 16));

    @Override
    public void json(int status, ObjectNode answer) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=utf-8")
                .putHeader(
                        "X-HubSpot-Correlation-Id", answer.path("correlationId").asText("sandbox"))
                .end(answer.toString());
    }

    @Override
    public void page(int status) {
        request.response().setStatusCode(status).putHeader("Content-Type", "text/html").end(HTML);
    }

    @Override
    public void nothing(int status) {
        request.response().setStatusCode(status).end();
    }

    @Override
    public void header(String name, String value) {
        request.response().putHeader(name, value);
    }

    @Override
    public void half(ObjectNode answer) {
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "" + bytes.length)
                .write(Buffer.buffer(bytes).slice(0, bytes.length / 2))
                .onComplete(done -> cutOff());
    }

    @Override
    public void huge(long length) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "" + length);
        fill(request.response(), length);
    }

    @Override
    public void endless() {
        request.response().setChunked(true).putHeader("Content-Type", "application/json");
        fill(request.response(), Long.MAX_VALUE);
    }

    @Override
    public void cutOff() {
        request.connection().close();
    }

    /** Writes blanks as fast as they are taken, and no faster. */
    private static void fill(HttpServerResponse response, long left) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (left <= 0) {
            response.end();
            return;
        }
        long length = Math.min(left, BLANKS.length());
        response.write(BLANKS.slice(0, (int) length))
                .onSuccess(done -> fill(response, left - length));
    }
}
