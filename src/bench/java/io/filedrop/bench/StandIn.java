package io.filedrop.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Answers batch updates in HubSpot's form and keeps nothing, so that it costs little beside what is
 * measured. A process of its own: {@code StandIn [latency in ms] [calls per rolling 10 seconds]};
 * prints its port. {@code GET /counts} tells what arrived since the last time it was asked.
 */
public final class StandIn {

    private static final byte[] TIMES =
            text(
                    "},\"createdAt\":\"2025-03-01T09:30:00.000Z\","
                            + "\"updatedAt\":\"2026-11-24T09:30:00.000Z\",\"archived\":false}");

    private final long latencyMillis;
    private final int limit;
    private final Deque<Long> arrivals = new ArrayDeque<>();

    /** When the last calls arrived, as many as the limit allows at once; milliseconds. */
    private final Deque<Long> lastCalls = new ArrayDeque<>();

    private long calls;
    private long records;
    private long refused;
    private long firstCall;
    private long lastCall;

    private StandIn(long latencyMillis, int limit) {
        this.latencyMillis = latencyMillis;
        this.limit = limit;
    }

    public static void main(String[] args) throws IOException {
        StandIn standIn =
                new StandIn(
                        args.length > 0 ? Long.parseLong(args[0]) : 0,
                        args.length > 1 ? Integer.parseInt(args[1]) : 0);
        try (ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> standIn.serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            Bytes answer = new Bytes();
            while (true) {
                String start = line(in);
                byte[] body = body(in);
                answer.length = 0;
                answer(start, body, answer);
                out.write(answer.bytes, 0, answer.length);
            }
        } catch (EOFException e) {
            // The client has closed the connection between two calls.
        } catch (IOException | InterruptedException e) {
            System.err.println(e);
        }
    }

    private void answer(String start, byte[] body, Bytes answer)
            throws IOException, InterruptedException {
        if (start.startsWith("GET /counts")) {
            head(answer, "200 OK", "", text(counts()));
        } else if (start.startsWith("GET")) {
            head(answer, "200 OK", "", text(definitions()));
        } else if (!arrives()) {
            head(
                    answer,
                    "429 Too Many Requests",
                    limits(),
                    text(
                            "{\"status\":\"error\",\"message\":\"You have reached your ten_secondly_rolling"
                                    + " limit.\",\"errorType\":\"RATE_LIMIT\",\"policyName\":\"TEN_SECONDLY_ROLLING\"}"));
        } else {
            Bytes json = new Bytes();
            long named = new Inputs(body, json).answer();
            synchronized (this) {
                records += named;
            }
            if (latencyMillis > 0) {
                Thread.sleep(latencyMillis);
            }
            head(answer, "200 OK", limits(), Arrays.copyOf(json.bytes, json.length));
        }
    }

    private String limits() {
        return limit == 0
                ? ""
                : "X-HubSpot-RateLimit-Max: "
                        + limit
                        + "\r\nX-HubSpot-RateLimit-Interval-Milliseconds: 10000\r\n";
    }

    private static void head(Bytes out, String status, String headers, byte[] body) {
        out.add(
                text(
                        "HTTP/1.1 "
                                + status
                                + "\r\nContent-Type: application/json;charset=utf-8\r\n"
                                + headers
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n"));
        out.add(body);
    }

    /** Counts a call, and says whether the rolling limit still takes it. */
    private synchronized boolean arrives() {
        long now = System.nanoTime();
        if (limit > 0) {
            while (!arrivals.isEmpty() && now - arrivals.peekFirst() >= 10_000_000_000L) {
                arrivals.removeFirst();
            }
            if (arrivals.size() >= limit) {
                refused++;
                return false;
            }
            arrivals.addLast(now);
        }
        firstCall = calls++ == 0 ? System.currentTimeMillis() : firstCall;
        lastCall = System.currentTimeMillis();
        lastCalls.addLast(lastCall);
        if (lastCalls.size() > Math.max(limit, 1)) {
            lastCalls.removeFirst();
        }
        return true;
    }

    /**
     * calls, records, calls refused; times of the first call, of the first of the last ones, the
     * last.
     */
    private synchronized String counts() {
        long lastWindow = lastCalls.isEmpty() ? 0 : lastCalls.peekFirst();
        String counts =
                String.join(
                        " ",
                        Stream.of(calls, records, refused, firstCall, lastWindow, lastCall)
                                .map(String::valueOf)
                                .toList());
        calls = 0;
        records = 0;
        refused = 0;
        lastCalls.clear();
        return counts;
    }

    private static String definitions() {
        StringBuilder json = new StringBuilder("{\"results\":[");
        for (String[] property : Dataset.PROPERTIES) {
            StringBuilder options = new StringBuilder();
            if (property[1].equals("enumeration")) {
                for (String option : Dataset.TYPES) {
                    options.append(options.length() == 0 ? "" : ",")
                            .append("{\"label\":\"" + option + "\",\"value\":\"" + option + "\"}");
                }
            }
            json.append(json.length() > 12 ? "," : "")
                    .append("{\"name\":\"" + property[0] + "\",\"type\":\"" + property[1] + "\",")
                    .append("\"hasUniqueValue\":false,\"options\":[" + options + "],")
                    .append("\"modificationMetadata\":{\"readOnlyValue\":false}}");
        }
        return json.append("]}").toString();
    }

    /** One line of the head, without its line break. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static byte[] body(InputStream in) throws IOException {
        int length = 0;
        boolean chunked = false;
        String header;
        while (!(header = line(in)).isEmpty()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            chunked |= header.regionMatches(true, 0, "transfer-encoding: chunked", 0, 26);
        }
        return chunked ? chunks(in) : in.readNBytes(length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        Bytes all = new Bytes();
        int length;
        do {
            length = Integer.parseInt(line(in), 16);
            all.add(in.readNBytes(length));
            line(in);
        } while (length > 0);
        return Arrays.copyOf(all.bytes, all.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are added one after the other. */
    private static final class Bytes {
        private byte[] bytes = new byte[1 << 15];
        private int length;

        void add(byte[] more) {
            add(more, 0, more.length);
        }

        void add(byte[] more, int from, int to) {
            if (length + to - from > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + to - from));
            }
            System.arraycopy(more, from, bytes, length, to - from);
            length += to - from;
        }
    }

    /**
     * Finds id and properties of each input by counting brackets, and copies them into the answer
     * as they are.
     */
    private static final class Inputs {
        private static final byte[] RESULT = text("{\"id\":");
        private static final byte[] PROPERTIES = text(",\"properties\":{\"hs_object_id\":");
        private static final byte[] START = text("{\"status\":\"COMPLETE\",\"results\":[");
        private static final byte[] END =
                text(
                        "],\"startedAt\":\"2026-11-24T09:30:00.000Z\","
                                + "\"completedAt\":\"2026-11-24T09:30:00.050Z\"}");
        private final byte[] body;
        private final Bytes json;
        private int at;

        Inputs(byte[] body, Bytes json) {
            this.body = body;
            this.json = json;
        }

        /** How many results the answer has. */
        long answer() {
            json.add(START);
            long count = 0;
            int depth = 0;
            int idFrom = 0;
            int idTo = 0;
            int propertiesFrom = 0;
            int propertiesTo = 0;
            for (at = 0; at < body.length; at++) {
                byte b = body[at];
                if (b == '"') {
                    int from = at;
                    skipString();
                    if (depth == 3 && body[at + 1] == ':') {
                        if (is(from, "\"id\"")) {
                            at += 2;
                            idFrom = at;
                            skipString();
                            idTo = at + 1;
                        } else if (is(from, "\"properties\"")) {
                            propertiesFrom = at + 3;
                        }
                    }
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if (b == '}' || b == ']') {
                    if (depth == 4) {
                        propertiesTo = at;
                    } else if (depth == 3) {
                        if (count++ > 0) {
                            json.add(new byte[] {','});
                        }
                        json.add(RESULT);
                        json.add(body, idFrom, idTo);
                        json.add(PROPERTIES);
                        json.add(body, idFrom, idTo);
                        json.add(new byte[] {','});
                        json.add(body, propertiesFrom, propertiesTo);
                        json.add(TIMES);
                    }
                    depth--;
                }
            }
            json.add(END);
            return count;
        }

        private void skipString() {
            while (body[++at] != '"') {
                if (body[at] == '\\') {
                    at++;
                }
            }
        }

        private boolean is(int from, String name) {
            if (at - from + 1 != name.length()) {
                return false;
            }
            for (int i = 0; i < name.length(); i++) {
                if (body[from + i] != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
