package io.filedrop.hubspot.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between client and server, and cuts the line after so many bytes of the server's. */
final class Relay implements AutoCloseable {

    private final ServerSocket listening =
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;

    /** Bytes of the server's that come through before the line is cut. */
    final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    Relay(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> copy(client, server, new AtomicLong(Long.MAX_VALUE)));
                threads.execute(() -> copy(server, client, left));
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong allowed) {
        byte[] buffer = new byte[4096];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) > 0) {
                long before = allowed.getAndAdd(-read);
                out.write(buffer, 0, (int) Math.max(0, Math.min(read, before)));
                if (before <= read) {
                    return;
                }
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
