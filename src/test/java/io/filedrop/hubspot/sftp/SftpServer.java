package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.JSch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.extensions.openssh.AbstractOpenSSHExtensionParser.OpenSSHExtension;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server over a folder, with hooks for what can go wrong. */
public final class SftpServer implements AutoCloseable {

    private final Path root;
    private final Path secrets;
    private final SshServer sshd = SshServer.setUpDefaultServer();
    private PublicKey accepted;
    private String password;

    /** Logins that were tried, each method counted. */
    public final AtomicInteger logins = new AtomicInteger();

    /** Downloads that began. */
    public final AtomicInteger reads = new AtomicInteger();

    /** A file ends there, whatever the listing says. */
    public volatile long endsAt = Long.MAX_VALUE;

    /** What lies behind that is not given. */
    public volatile long refusesFrom = Long.MAX_VALUE;

    public volatile boolean refusesRenames;

    /** What it says with every refusal. */
    public volatile String says;

    /** Nothing is told about a file of this name. */
    public volatile String refusesStat;

    /** As a server that is not OpenSSH's: its rename replaces nothing. */
    public volatile boolean isPlain;

    /** It makes no links. */
    public volatile boolean refusesLinks;

    /** Happens once, when a file was read in part. */
    public final AtomicReference<Runnable> whileRead = new AtomicReference<>();

    /** Happens once, just before a file gets another name. */
    public final AtomicReference<Runnable> beforeMove = new AtomicReference<>();

    /** Happens once, just before a file loses a name. */
    public final AtomicReference<Runnable> beforeRemove = new AtomicReference<>();

    /** Whatever it is asked about in this folder is there. */
    public volatile String showsAllIn;

    /** Reads wait for this one. */
    public volatile CountDownLatch hang;

    /** The name of {@code hand-made.csv}, as the server tells it. */
    public volatile String handMade;

    /** The listing begins with so many files that do not exist. */
    public volatile int crowd;

    /** Serves {@code folder/server}; keys and known_hosts lie in {@code folder/secrets}. */
    public SftpServer(Path folder) throws IOException, GeneralSecurityException {
        this.root = Files.createDirectories(folder.resolve("server"));
        this.secrets = Files.createDirectories(folder.resolve("secrets"));
        sshd.setHost("127.0.0.1");
        newHostKey("ssh-ed25519");
        sshd.setPublickeyAuthenticator(
                (user, key, session) -> {
                    logins.incrementAndGet();
                    return accepted != null && KeyUtils.compareKeys(accepted, key);
                });
        sshd.setPasswordAuthenticator(
                (user, given, session) -> {
                    logins.incrementAndGet();
                    return given.equals(password);
                });
        sshd.setFileSystemFactory(new VirtualFileSystemFactory(root));
        sshd.setSubsystemFactories(List.of(new Factory()));
    }

    /** Starts it on any port, and writes known_hosts. */
    public SftpServer start() throws IOException {
        sshd.start();
        writeKnownHosts();
        return this;
    }

    public int port() {
        return sshd.getPort();
    }

    /** From now on it shows another host key. */
    public void newHostKey(String type) throws GeneralSecurityException {
        KeyPair pair = KeyUtils.generateKeyPair(type, type.equals("ssh-rsa") ? 2048 : 256);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(pair));
    }

    /** As ssh-keygen -l shows it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey());
    }

    private PublicKey hostKey() {
        try {
            return sshd.getKeyPairProvider().loadKeys(null).iterator().next().getPublic();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public void writeKnownHosts() throws IOException {
        writeKnownHosts(port());
    }

    public void writeKnownHosts(int port) throws IOException {
        String line = "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(hostKey()) + "\n";
        Files.writeString(knownHosts(), line);
    }

    public Path knownHosts() {
        return secrets.resolve("known_hosts");
    }

    /** Makes a new client key that the server takes, and gives its file. */
    public Path newKey(int type, String passphrase) throws Exception {
        JSch jsch = new JSch();
        int bits = type == com.jcraft.jsch.KeyPair.RSA ? 2048 : 256;
        com.jcraft.jsch.KeyPair pair = com.jcraft.jsch.KeyPair.genKeyPair(jsch, type, bits);
        Path file = secrets.resolve("key-" + type + "-" + (passphrase != null));
        try (OutputStream out = Files.newOutputStream(file)) {
            pair.writeOpenSSHv1PrivateKey(
                    out, passphrase == null ? null : passphrase.getBytes(StandardCharsets.UTF_8));
        }
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        pair.writePublicKey(open, "filedrop");
        accepted =
                AuthorizedKeyEntry.parseAuthorizedKeyEntry(open.toString(StandardCharsets.UTF_8))
                        .resolvePublicKey(null, null, null);
        return file;
    }

    /** Takes that password from now on, and gives a file with it. */
    public Path newPassword(String text) throws IOException {
        password = text;
        return secret("password", text);
    }

    /** The server changed its password; nobody told us. */
    public void changePassword(String text) {
        password = text;
    }

    public Path secret(String name, String text) throws IOException {
        return Files.writeString(secrets.resolve(name), text + "\n");
    }

    /** Offers nothing but a key exchange that rests on SHA-1. */
    public void offerOnlySha1() {
        sshd.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(
                        false, List.of(BuiltinDHFactories.dhg14), ServerBuilder.DH2KEX));
    }

    /** Puts a file there, an hour old. */
    public void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8), Instant.now().minusSeconds(3600));
    }

    public void put(String name, byte[] content, Instant modified) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (hang != null) {
            hang.countDown();
        }
        sshd.stop(true);
    }

    private final class Factory extends SftpSubsystemFactory {
        Factory() {
            setErrorStatusDataHandler(new Refusals());
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            return new Subsystem(channel, this);
        }
    }

    private final class Refusals implements SftpErrorStatusDataHandler {
        @Override
        public String resolveErrorMessage(
                SftpSubsystemEnvironment system,
                int id,
                Throwable fault,
                int status,
                int command,
                Object... arguments) {
            return says != null
                    ? says
                    : SftpErrorStatusDataHandler.super.resolveErrorMessage(
                            system, id, fault, status, command, arguments);
        }
    }

    private final class Subsystem extends SftpSubsystem {
        private int crowded;

        Subsystem(ChannelSession channel, SftpSubsystemFactory factory) {
            super(channel, factory);
        }

        @Override
        protected int doRead(
                int id,
                String handle,
                long offset,
                int length,
                byte[] data,
                int at,
                AtomicReference<Boolean> end)
                throws IOException {
            if (offset == 0) {
                reads.incrementAndGet();
            }
            if (offset >= refusesFrom) {
                throw new AccessDeniedException(handle);
            }
            if (hang != null) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            if (offset > 0) {
                happens(whileRead);
            }
            if (offset >= endsAt) {
                return -1;
            }
            int most = (int) Math.min(length, endsAt - offset);
            return super.doRead(id, handle, offset, most, data, at, end);
        }

        @Override
        protected void doRename(int id, String from, String to, Collection<CopyOption> options)
                throws IOException {
            if (refusesRenames) {
                throw new AccessDeniedException(from);
            }
            happens(beforeMove);
            super.doRename(id, from, to, options);
        }

        @Override
        protected void doOpenSSHHardLink(int id, String from, String to) throws IOException {
            if (refusesRenames || refusesLinks) {
                throw new AccessDeniedException(from);
            }
            happens(beforeMove);
            super.doOpenSSHHardLink(id, from, to);
        }

        @Override
        protected List<OpenSSHExtension> resolveOpenSSHExtensions(ServerSession session) {
            return isPlain ? List.of() : super.resolveOpenSSHExtensions(session);
        }

        private void happens(AtomicReference<Runnable> what) {
            Runnable now = what.getAndSet(null);
            if (now != null) {
                now.run();
            }
        }

        @Override
        protected Map<String, Object> doLStat(int id, String path, int flags) throws IOException {
            if (refusesStat != null && path.endsWith("/" + refusesStat)) {
                throw new AccessDeniedException(path);
            }
            boolean isShown = showsAllIn != null && path.contains("/" + showsAllIn + "/");
            return super.doLStat(id, isShown ? "/" : path, flags);
        }

        @Override
        protected void doRemoveFile(int id, String path) throws IOException {
            happens(beforeRemove);
            super.doRemoveFile(id, path);
        }

        @Override
        protected Path resolveFile(String path) throws IOException {
            return handMade != null && path.endsWith("/" + handMade)
                    ? super.resolveFile(path.replace(handMade, "hand-made.csv"))
                    : super.resolveFile(path);
        }

        @Override
        protected String getShortName(Path file) throws IOException {
            String name = super.getShortName(file);
            return handMade != null && name.equals("hand-made.csv") ? handMade : name;
        }

        @Override
        protected int doReadDir(
                int id,
                String handle,
                DirectoryHandle directory,
                Buffer buffer,
                int maxSize,
                boolean followLinks)
                throws IOException {
            if (crowded >= crowd) {
                return super.doReadDir(id, handle, directory, buffer, maxSize, followLinks);
            }
            SftpClient.Attributes attributes = new SftpClient.Attributes();
            attributes.setSize(7);
            attributes.setPermissions(0100644);

            int count = 0;
            for (; count < 200 && crowded < crowd; count++, crowded++) {
                // The later in the listing, the older.
                attributes.setModifyTime(
                        FileTime.from(Instant.ofEpochSecond(1_700_000_000L - crowded)));
                attributes.setAccessTime(FileTime.from(Instant.ofEpochSecond(1_700_000_000L)));
                writeDirEntry(
                        getServerSession(),
                        id,
                        buffer,
                        count,
                        root,
                        "crowd-" + crowded + ".csv",
                        attributes);
            }
            return count;
        }
    }
}
