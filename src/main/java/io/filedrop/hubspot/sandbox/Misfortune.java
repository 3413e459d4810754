package io.filedrop.hubspot.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.util.Random;

/** Lets a call go wrong on purpose. */
final class Misfortune {

    private static final long HUGE = 50L << 20;

    private final Vertx vertx;
    private final Portal portal;
    private final Random random;

    /** Where an answer goes, or does not. */
    interface Outlet {
        void json(int status, ObjectNode answer);

        void page(int status);

        void nothing(int status);

        void header(String name, String value);

        /** Half of the answer, then nothing more. */
        void half(ObjectNode answer);

        /** A body of that many bytes. */
        void huge(long length);

        /** A body that goes on until the connection is closed. */
        void endless();

        void cutOff();
    }

    Misfortune(Vertx vertx, Portal portal, Random random) {
        this.vertx = vertx;
        this.portal = portal;
        this.random = random;
    }

    void strike(Fault fault, JsonNode body, boolean upsert, boolean errorsIn200, Outlet out) {
        switch (fault.kind()) {
            case STATUS -> out.page(Integer.parseInt(fault.value()));
            case LOCKED -> out.json(423, Bodies.error("Locked", null));
            case MIGRATING -> {
                out.header("Retry-After", fault.value().isEmpty() ? "1" : fault.value());
                out.json(
                        477,
                        Bodies.error(
                                "Hub 1 is currently being migrated between data hosting locations",
                                null));
            }
            case SECONDLY, TEN_SECONDLY, DAILY -> limited(fault, out);
            case EXPIRED -> out.json(401, Bodies.unauthorized("EXPIRED_AUTHENTICATION"));
            case INVALID_TOKEN -> out.json(401, Bodies.unauthorized("INVALID_AUTHENTICATION"));
            case NO_SCOPE -> out.json(403, Bodies.missingScope("crm.objects.listings.write"));
            case RESET -> out.cutOff();
            case HANG -> hang(fault, out);
            case GARBAGE -> out.page(200);
            case EMPTY -> out.json(200, Bodies.batch("COMPLETE"));
            case NO_CONTENT -> out.nothing(204);
            case PENDING -> out.json(200, Bodies.batch("PENDING"));
            case PROCESSING -> out.json(200, Bodies.batch("PROCESSING"));
            case CANCELED -> out.json(200, Bodies.batch("CANCELED"));
            case HUGE -> out.huge(HUGE);
            case ENDLESS -> out.endless();
            case REDIRECT -> {
                out.header("Location", "/elsewhere");
                out.page(307);
            }
            case CONFLICT -> out.json(409, Bodies.error("Listing already exists", "CONFLICT"));
            case COMMIT_LATE -> {
                out.page(504);
                long millis = fault.value().isEmpty() ? 100 : Long.parseLong(fault.value());
                vertx.setTimer(millis, timer -> portal.write(body, upsert, errorsIn200));
            }
            default -> afterWriting(fault, portal.write(body, upsert, errorsIn200), out);
        }
    }

    private void afterWriting(Fault fault, Portal.Reply reply, Outlet out) {
        ArrayNode results = reply.body().withArray("results");
        switch (fault.kind()) {
            case COMMIT_THEN_RESET -> out.cutOff();
            case COMMIT_THEN_HANG -> hang(fault, out);
            case TRUNCATE -> out.half(reply.body());
            case DROP_RESULT -> {
                if (!results.isEmpty()) {
                    results.remove(random.nextInt(results.size()));
                }
                out.json(reply.status(), reply.body());
            }
            case FOREIGN_RESULT -> {
                if (reply.status() / 100 == 2) {
                    results.addObject().put("id", "999999999").put("archived", false);
                }
                out.json(reply.status(), reply.body());
            }
            default -> throw new IllegalStateException("not a fault after writing: " + fault);
        }
    }

    private static void limited(Fault fault, Outlet out) {
        if (!fault.value().isEmpty()) {
            out.header("Retry-After", fault.value());
        }
        out.json(
                429,
                Bodies.limited(
                        fault.kind() == Fault.Kind.TEN_SECONDLY
                                ? "TEN_SECONDLY_ROLLING"
                                : fault.kind().name()));
    }

    private void hang(Fault fault, Outlet out) {
        double seconds = fault.value().isEmpty() ? 120 : Double.parseDouble(fault.value());
        vertx.setTimer(Math.max(1, (long) (seconds * 1000)), timer -> out.cutOff());
    }
}
