package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.SocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a connection on which nothing moves. A socket's own time-out is not enough: a server whose
 * files hang may still answer the keep-alives.
 */
final class Watch implements SocketFactory, Closeable {

    private final int timeout;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Watch::thread);
    private volatile long movedAt = System.nanoTime();
    private volatile boolean resting;
    private volatile boolean expired;
    private volatile boolean cut;
    private volatile Socket socket;

    /** {@code timeout}: milliseconds. */
    Watch(int timeout) {
        this.timeout = timeout;
        long every = Math.max(1, timeout / 4);
        clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sftp-watch");
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        if (!resting && System.nanoTime() - movedAt > timeout * 1_000_000L) {
            expired = true;
            cut();
        }
    }

    /** Something came or went. */
    void moved() {
        movedAt = System.nanoTime();
        resting = false;
    }

    /** Nothing is asked of the server now. */
    void rest() {
        resting = true;
    }

    boolean isExpired() {
        return expired;
    }

    void cut() {
        cut = true;
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Closing is all that can be done with it; there is nothing left to lose.
                return;
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket made = new Socket();
        socket = made;
        if (cut) {
            throw new IOException("the connection was broken off");
        }
        made.connect(new InetSocketAddress(host, port), timeout);
        made.setTcpNoDelay(true);
        moved();
        return made;
    }

    @Override
    public InputStream getInputStream(Socket of) throws IOException {
        return of.getInputStream();
    }

    @Override
    public OutputStream getOutputStream(Socket of) throws IOException {
        return of.getOutputStream();
    }

    @Override
    public void close() {
        clock.shutdown();
    }
}
