package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One connection to a server, used by one thread. Whatever does not move on for the time-out is
 * broken off. Every failure is a {@link SftpFault}.
 */
final class SftpConnection implements Closeable {

    private final SftpSource source;
    private final Watch watch;
    private final Session session;
    private final ChannelSftp channel;

    /**
     * Something in a folder.
     *
     * @param regular neither a folder, nor a link, nor anything else
     */
    record Entry(String name, long size, long modified, boolean regular, boolean folder) {
        RemoteFile file() {
            return new RemoteFile(name, size, modified);
        }
    }

    private SftpConnection(SftpSource source, Watch watch, Session session, ChannelSftp channel) {
        this.source = source;
        this.watch = watch;
        this.session = session;
        this.channel = channel;
    }

    /** Connects, compares the host key, and only then logs in. */
    static SftpConnection open(SftpSource source, Duration timeout) throws SftpFault {
        PinnedHost host = pinned(source);
        Watch watch = new Watch(timeout);
        Session session = null;
        try {
            session = session(source, host, watch, timeout);
            int millis = Math.toIntExact(timeout.toMillis());
            session.connect(millis);
            watch.moved();
            ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
            channel.setFilenameEncoding(StandardCharsets.UTF_8);
            channel.connect(millis);
            watch.rest();
            return new SftpConnection(source, watch, session, channel);
        } catch (JSchException | RuntimeException e) {
            watch.close();
            if (session != null) {
                session.disconnect();
            }
            throw connectFault(source, host, watch, e);
        }
    }

    private static PinnedHost pinned(SftpSource source) throws SftpFault {
        try {
            return PinnedHost.read(source.knownHosts(), source.host(), source.port());
        } catch (IOException e) {
            throw new SftpFault(SftpFault.Kind.HOST_KEY, e.getMessage() + ".", e);
        }
    }

    private static Session session(
            SftpSource source, PinnedHost host, Watch watch, Duration timeout)
            throws JSchException, SftpFault {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(host);
        SftpSource.Login login = source.login();
        Session session = jsch.getSession(login.username(), source.host(), source.port());
        try {
            if (login.privateKey().isPresent()) {
                Optional<Path> passphrase = login.passphrase();
                jsch.addIdentity(
                        source.name(),
                        Files.readAllBytes(login.privateKey().get()),
                        null,
                        passphrase.isPresent() ? SftpSource.secret(passphrase.get()) : null);
            }
            if (login.password().isPresent()) {
                session.setPassword(SftpSource.secret(login.password().get()));
            }
        } catch (IOException | JSchException e) {
            throw new SftpFault(
                    SftpFault.Kind.CREDENTIALS,
                    "the files with the key, its passphrase or the password cannot be read.",
                    e);
        }
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", methods(login));
        for (String algorithms :
                new String[] {
                    "kex", "server_host_key", "PubkeyAcceptedAlgorithms", "mac.c2s", "mac.s2c"
                }) {
            session.setConfig(algorithms, withoutSha1(JSch.getConfig(algorithms)));
        }
        session.setSocketFactory(watch);
        session.setDaemonThread(true);
        session.setTimeout(Math.toIntExact(timeout.toMillis()));
        return session;
    }

    private static String methods(SftpSource.Login login) {
        if (login.password().isEmpty()) {
            return "publickey";
        }
        String password = "password,keyboard-interactive";
        return login.privateKey().isPresent() ? "publickey," + password : password;
    }

    /** A list of algorithms without those that rest on SHA-1. */
    static String withoutSha1(String algorithms) {
        return Arrays.stream(algorithms.split(","))
                .filter(a -> !a.contains("sha1") && !a.equals("ssh-rsa") && !a.equals("ssh-dss"))
                .collect(Collectors.joining(","));
    }

    private static SftpFault connectFault(
            SftpSource source, PinnedHost host, Watch watch, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof JSchHostKeyException) {
            return new SftpFault(
                    SftpFault.Kind.HOST_KEY,
                    "it shows the host key %s, but %s names %s; nothing was sent. If the server's operator confirms the new key, write it there."
                            .formatted(host.shown(), source.knownHosts(), host.expected()),
                    e);
        }
        if (e instanceof JSchAlgoNegoFailException) {
            return new SftpFault(
                    SftpFault.Kind.ALGORITHMS,
                    "it offers no algorithm that is safe today (those with SHA-1 are not): "
                            + message
                            + ".",
                    e);
        }
        if (message.startsWith("Auth ")
                || message.contains("USERAUTH")
                || message.contains("authentication failures")) {
            return new SftpFault(
                    SftpFault.Kind.CREDENTIALS,
                    "it refuses the login of " + source.login().username() + ".",
                    e);
        }
        return unreachable(watch, e);
    }

    private static SftpFault unreachable(Watch watch, Exception e) {
        return new SftpFault(
                SftpFault.Kind.UNREACHABLE,
                watch.isExpired()
                        ? "it does not answer in time; the connection was broken off."
                        : "it cannot be reached, or closed the connection: " + e.getMessage() + ".",
                e);
    }

    /** Shows everything in a folder, as the server lists it, without gathering it. */
    void list(String directory, Consumer<Entry> each) throws SftpFault {
        ask(
                "its folder " + directory + " cannot be listed",
                () -> {
                    channel.ls(
                            directory,
                            entry -> {
                                watch.moved();
                                each.accept(entry(entry.getFilename(), entry.getAttrs()));
                                return ChannelSftp.LsEntrySelector.CONTINUE;
                            });
                    return null;
                });
    }

    /** What lies there, links not followed; empty when nothing does. */
    Optional<Entry> find(String directory, String name) throws SftpFault {
        return ask(
                "it does not tell about a file in " + directory,
                () -> {
                    try {
                        SftpATTRS found = channel.lstat(path(directory, name));
                        return Optional.of(entry(name, found));
                    } catch (SftpException e) {
                        if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    private static Entry entry(String name, SftpATTRS attributes) {
        return new Entry(
                name,
                attributes.getSize(),
                Integer.toUnsignedLong(attributes.getMTime()),
                attributes.isReg(),
                attributes.isDir());
    }

    /** Reads a file; no more than so many bytes and a little, whatever the server sends. */
    void read(String directory, RemoteFile file, OutputStream to) throws SftpFault {
        Progress progress = new Progress(file.size());
        ask(
                "it does not give a file of " + directory,
                () -> {
                    channel.get(path(directory, file.name()), to, progress);
                    return null;
                });
    }

    /** Writes a new file; the name must be one that nobody else uses. */
    void write(String directory, String name, InputStream from) throws SftpFault {
        ask(
                "it does not take a file into " + directory,
                () -> {
                    channel.put(from, path(directory, name), new Progress(Long.MAX_VALUE));
                    return null;
                });
    }

    /** Renames a file; the caller has seen that the new name is free. */
    void rename(String directory, String name, String toDirectory, String toName) throws SftpFault {
        ask(
                "it does not move a file from " + directory + " into " + toDirectory,
                () -> {
                    channel.rename(path(directory, name), path(toDirectory, toName));
                    return null;
                });
    }

    /** Makes a folder unless it is there. */
    void makeFolder(String directory) throws SftpFault {
        ask(
                "it does not make the folder " + directory,
                () -> {
                    try {
                        channel.stat(directory);
                    } catch (SftpException e) {
                        if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                            throw e;
                        }
                        channel.mkdir(directory);
                    }
                    return null;
                });
    }

    /** JSch takes paths for patterns; in a file's name {@code *} and {@code ?} are letters. */
    static String path(String directory, String name) {
        return directory + "/" + name.replaceAll("([\\\\*?])", "\\\\$1");
    }

    private interface Question<T> {
        T ask() throws SftpException;
    }

    private <T> T ask(String refused, Question<T> question) throws SftpFault {
        watch.moved();
        try {
            return question.ask();
        } catch (SftpException e) {
            // A refusal is an answer; anything else is no connection.
            boolean answered =
                    session.isConnected()
                            && !watch.isExpired()
                            && !channel.isClosed()
                            && e.getCause() == null;
            if (answered) {
                throw new SftpFault(
                        SftpFault.Kind.REFUSED, refused + ": " + e.getMessage() + ".", e);
            }
            if (e.getCause() instanceof LocalFailure local) {
                throw new SftpFault(
                        SftpFault.Kind.HERE, local.getCause().getMessage(), local.getCause());
            }
            throw unreachable(watch, e);
        } finally {
            watch.rest();
        }
    }

    /** Breaks off whatever is under way; for another thread. */
    void abort() {
        watch.cut();
    }

    @Override
    public void close() {
        watch.close();
        channel.disconnect();
        session.disconnect();
        watch.cut();
    }

    /** A failure while writing here, told apart from one of the server's. */
    static final class LocalFailure extends IOException {
        private static final long serialVersionUID = 1L;

        LocalFailure(IOException cause) {
            super(cause);
        }
    }

    private final class Progress implements SftpProgressMonitor {
        private final long most;
        private long count;

        Progress(long most) {
            this.most = most;
        }

        @Override
        public void init(int op, String from, String to, long max) {
            watch.moved();
        }

        @Override
        public boolean count(long bytes) {
            watch.moved();
            count += bytes;
            return count <= most;
        }

        @Override
        public void end() {
            watch.moved();
        }
    }
}
