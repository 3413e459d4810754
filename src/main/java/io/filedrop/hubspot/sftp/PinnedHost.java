package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The keys that a known_hosts file names for one server. Any other key is refused, and nothing is
 * ever added.
 */
public final class PinnedHost implements HostKeyRepository {

    private final HostKeyRepository known;
    private final String address;
    private volatile byte[] presented;

    private PinnedHost(HostKeyRepository known, String address) {
        this.known = known;
        this.address = address;
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read, or names no key for that server; a sentence
     */
    public static PinnedHost read(Path file, String host, int port) throws IOException {
        // As OpenSSH writes it: the port stands there only when it is another one.
        String lower = host.toLowerCase(Locale.ROOT);
        String address = port == 22 ? lower : "[" + lower + "]:" + port;
        JSch jsch = new JSch();
        try (InputStream in = Files.newInputStream(file)) {
            jsch.setKnownHosts(in);
        } catch (JSchException | IOException e) {
            throw new IOException(file + " cannot be read as a known_hosts file", e);
        }
        PinnedHost pinned = new PinnedHost(jsch.getHostKeyRepository(), address);
        if (pinned.keys().isEmpty()) {
            throw new IOException(
                    "%s names no key for %s; get it with ssh-keyscan -p %d %s, and compare its fingerprint with the one the server's operator tells you"
                            .formatted(file, address, port, host));
        }
        return pinned;
    }

    private List<HostKey> keys() {
        HostKey[] keys = known.getHostKey(address, null);
        return keys == null
                ? List.of()
                : Arrays.stream(keys).filter(k -> !"@revoked".equals(k.getMarker())).toList();
    }

    /** Fingerprints of the keys that are expected, as ssh-keygen -l shows them. */
    String expected() {
        return keys().stream()
                .map(
                        key ->
                                key.getType()
                                        + " "
                                        + fingerprint(Base64.getDecoder().decode(key.getKey())))
                .collect(Collectors.joining(" or "));
    }

    /** The fingerprint of the key that the server showed last. */
    String shown() {
        return presented == null ? "none" : fingerprint(presented);
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int check(String host, byte[] key) {
        presented = key.clone();
        return known.check(host.toLowerCase(Locale.ROOT), key);
    }

    @Override
    public HostKey[] getHostKey() {
        return known.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return known.getHostKey(host == null ? null : host.toLowerCase(Locale.ROOT), type);
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return address;
    }

    @Override
    public void add(HostKey key, UserInfo user) {
        // A key is trusted because a person wrote it down, never because a server showed it.
    }

    @Override
    public void remove(String host, String type) {
        // See add.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // See add.
    }
}
