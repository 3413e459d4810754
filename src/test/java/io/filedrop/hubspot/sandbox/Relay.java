package io.filedrop.hubspot.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** What stands between a client and the sandbox: a TLS front, or an HTTP proxy. */
public final class Relay implements AutoCloseable {

    private final ServerSocket listening;
    private final Target target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requested = new CopyOnWriteArrayList<>();

    /** Finds, and connects to, the server that a new client wants. */
    private interface Target {
        Socket connect(Socket client) throws IOException;
    }

    private Relay(ServerSocket listening, Target target) {
        this.listening = listening;
        this.target = target;
        threads.execute(this::accept);
    }

    /** Speaks TLS to its clients, and plain HTTP to the server on that port. */
    public static Relay tls(SSLContext identity, int port) throws IOException {
        ServerSocket socket =
                identity.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new Relay(socket, client -> new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Takes CONNECT, and plain requests that name their server; only for this machine. */
    public static Relay proxy() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Relay[] self = new Relay[1];
        self[0] = new Relay(socket, client -> self[0].proxied(client));
        return self[0];
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** First lines of what the proxy was asked for, one for each connection. */
    public List<String> requested() {
        return List.copyOf(requested);
    }

    private Socket proxied(Socket client) throws IOException {
        byte[] head = head(client.getInputStream());
        String line = new String(head, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        requested.add(line);
        String where = line.split(" ")[1];
        boolean tunnel = line.startsWith("CONNECT ");
        URI uri = URI.create(tunnel ? "http://" + where : where);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        if (tunnel) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
        } else {
            server.getOutputStream().write(head);
        }
        return server;
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away");
            }
            head.write(next);
        }
        return head.toByteArray();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = target.connect(client)) {
            threads.execute(() -> copy(server, client));
            copy(client, server);
        } catch (IOException e) {
            // The client did not like it; what it says is what the test looks at.
            return;
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int read;
            while ((read = from.getInputStream().read(buffer)) > 0) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side closed: so does the other.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
