package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection to a server, used by one thread. Whatever does not move on for the time-out is
 * broken off. Every failure is a {@link SftpFault}.
 */
final class SftpConnection implements Closeable {

    private static final String POSIX_RENAME = "posix-rename@openssh.com";

    private final Watch watch;
    private final Session session;
    private final ChannelSftp channel;
    private boolean spent;

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

    /** Connects, compares the host key, and only then logs in; {@code timeout}: milliseconds. */
    static SftpConnection open(SftpSource source, int timeout) throws SftpFault {
        Watch watch = new Watch(timeout);
        SftpLogin login = new SftpLogin(source, watch, timeout);
        Session session = null;
        try {
            session = login.session();
            session.connect(timeout);
            watch.moved();
            ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
            channel.setFilenameEncoding(StandardCharsets.UTF_8);
            channel.connect(timeout);
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
                        : "it cannot be reached, or closed the connection: "
                                + SftpFault.said(e)
                                + ".",
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
                () -> seen(path(directory, name)).map(found -> entry(name, found)));
    }

    private Optional<SftpATTRS> seen(String path) throws SftpException {
        try {
            return Optional.of(channel.lstat(path));
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
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
        TransferProgress progress = new TransferProgress(watch, file.size());
        spent = true;
        ask(
                "it does not give a file of " + directory,
                () -> {
                    channel.get(path(directory, file.name()), new LocalOutput(to), progress);
                    return null;
                });
        spent = false;
    }

    /** Writes a new file; the name must be one that nobody else uses. */
    void write(String directory, String name, InputStream from) throws SftpFault {
        spent = true;
        ask(
                "it does not take a file into " + directory,
                () -> {
                    channel.put(
                            from,
                            path(directory, name),
                            new TransferProgress(watch, Long.MAX_VALUE));
                    return null;
                });
        spent = false;
    }

    /**
     * Whether a transfer was refused on the way. Answers to what JSch had asked ahead are still to
     * come then, and it would take them for those to the next questions.
     */
    boolean isSpent() {
        return spent;
    }

    /**
     * Moves a file, never over another one.
     *
     * <p>SFTP's own rename refuses a name that is taken. But where a server offers OpenSSH's, which
     * replaces, the client library uses that one; there the file gets its new name as a link, which
     * does refuse, and then loses the old one. A server that can do neither is only asked before.
     *
     * @return false when a file of that name is there
     */
    boolean move(String directory, String name, String toDirectory, String toName)
            throws SftpFault {
        if (find(toDirectory, toName).isPresent()) {
            return false;
        }
        String from = path(directory, name);
        String to = path(toDirectory, toName);
        String refused = "it does not move a file from " + directory + " into " + toDirectory;
        boolean replaces = channel.getExtension(POSIX_RENAME) != null;
        if (replaces && ask(refused, () -> isLinked(from, to))) {
            ask(refused, () -> removed(from, to));
        } else if (replaces && find(toDirectory, toName).isPresent()) {
            return false;
        } else {
            ask(refused, () -> renamed(from, to));
        }
        return true;
    }

    /** False when the server makes no link, for whatever reason. */
    private boolean isLinked(String from, String to) throws SftpException {
        try {
            channel.hardlink(from, to);
            return true;
        } catch (SftpException e) {
            if (isAnswer(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Takes the old name away, or else the new one: a file has one of them, never none. */
    private Void removed(String from, String to) throws SftpException {
        try {
            channel.rm(from);
        } catch (SftpException e) {
            // Some servers say "no such file" for what may not be done to one that is there.
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE || seen(from).isPresent()) {
                if (isAnswer(e)) {
                    channel.rm(to);
                }
                throw e;
            }
        }
        return null;
    }

    private Void renamed(String from, String to) throws SftpException {
        channel.rename(from, to);
        return null;
    }

    /** Makes a folder, and those above it, unless it is there. */
    void makeFolder(String directory) throws SftpFault {
        ask("it does not make the folder " + directory, () -> made(directory));
    }

    private Void made(String directory) throws SftpException {
        try {
            channel.stat(directory);
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            String above = directory.replaceFirst("(^|/+)[^/]+/*$", "");
            if (!above.isEmpty() && !above.equals(directory)) {
                made(above);
            }
            channel.mkdir(directory);
        }
        return null;
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
            if (isAnswer(e)) {
                throw new SftpFault(
                        SftpFault.Kind.REFUSED, refused + ": " + SftpFault.said(e) + ".", e);
            }
            if (e.getCause() instanceof LocalOutput.Failure local) {
                throw new SftpFault(
                        SftpFault.Kind.HERE,
                        "files cannot be kept here: " + local.getCause().getMessage() + ".",
                        local.getCause());
            }
            throw unreachable(watch, e);
        } finally {
            watch.rest();
        }
    }

    /** A refusal is an answer; anything else is no connection. */
    private boolean isAnswer(SftpException e) {
        return session.isConnected()
                && !watch.isExpired()
                && !channel.isClosed()
                && e.getCause() == null;
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
}
