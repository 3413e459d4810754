package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How we log in to a server: its pinned key, our key or password, and algorithms that are safe. */
final class SftpLogin {

    private final SftpSource source;
    private final Watch watch;
    private final int timeout;
    private PinnedHost host;

    /** {@code timeout}: milliseconds. */
    SftpLogin(SftpSource source, Watch watch, int timeout) {
        this.source = source;
        this.watch = watch;
        this.timeout = timeout;
    }

    /** A session that is not connected yet. Every file is read again. */
    Session session() throws SftpFault, JSchException {
        try {
            host = PinnedHost.read(source.knownHosts(), source.host(), source.port());
        } catch (IOException e) {
            throw new SftpFault(SftpFault.Kind.HOST_KEY, e.getMessage() + ".", e);
        }
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(host);
        Session session = jsch.getSession(source.login().username(), source.host(), source.port());
        authenticate(jsch, session);
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", methods(source.login()));
        for (String algorithms :
                new String[] {
                    "kex", "server_host_key", "PubkeyAcceptedAlgorithms", "mac.c2s", "mac.s2c"
                }) {
            session.setConfig(algorithms, withoutSha1(JSch.getConfig(algorithms)));
        }
        session.setSocketFactory(watch);
        session.setDaemonThread(true);
        session.setTimeout(timeout);
        return session;
    }

    private void authenticate(JSch jsch, Session session) throws SftpFault {
        SftpSource.Login login = source.login();
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

    /** What went wrong while connecting, in a sentence. */
    SftpFault fault(Exception e) {
        if (e instanceof SftpFault fault) {
            return fault;
        }
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
        return SftpConnection.unreachable(watch, e);
    }
}
