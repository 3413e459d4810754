package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection to a server, used by one thread. Whatever does not move on for the time-out is
 * broken off. Every failure is a {@link SftpFault}.
 */
final class SftpConnection implements Closeable {

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

    private SftpConnection(Watch watch, Session session, ChannelSftp channel) {
        this.watch = watch;
        this.session = session;
        this.channel = channel;
    }

    /** Connects, compares the host key, and only then logs in. */
    static SftpConnection open(SftpSource source, Duration timeout) throws SftpFault {
        Watch watch = new Watch(timeout);
        SftpLogin login = new SftpLogin(source, watch, timeout);
        Session session = null;
        try {
            session = login.session();
            int millis = Math.toIntExact(timeout.toMillis());
            session.connect(millis);
            watch.moved();
            ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
            channel.setFilenameEncoding(StandardCharsets.UTF_8);
            channel.connect(millis);
            watch.rest();
            return new SftpConnection(watch, session, channel);
        } catch (JSchException | SftpFault | RuntimeException e) {
            watch.close();
            watch.cut();
            if (session != null) {
                session.disconnect();
            }
            throw login.fault(e);
        }
    }

    static SftpFault unreachable(Watch watch, Exception e) {
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

    /** Whether the file lies there as it was listed. */
    boolean isStill(String directory, RemoteFile file) throws SftpFault {
        return find(directory, file.name())
                .filter(Entry::regular)
                .filter(found -> found.file().equals(file))
                .isPresent();
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
                    channel.get(path(directory, file.name()), new Here(to), progress);
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
    private static final class LocalFailure extends IOException {
        private static final long serialVersionUID = 1L;

        LocalFailure(IOException cause) {
            super(cause);
        }
    }

    private static final class Here extends OutputStream {
        private final OutputStream out;

        Here(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new LocalFailure(e);
            }
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
