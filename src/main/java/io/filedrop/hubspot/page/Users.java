package io.filedrop.hubspot.page;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Who may see reasons and values: the users of an htpasswd file with bcrypt hashes, {@code htpasswd
 * -nbB name password}. The file is read again when it changes. Without one nobody can log in.
 */
@Singleton
public class Users implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private static final Logger LOG = Logger.getLogger(Users.class);

    /** Logins remembered at most; a page that asks every second must not hash every second. */
    private static final int REMEMBERED = 100;

    private final PageSettings settings;
    private final byte[] salt = new byte[32];
    private final Set<String> verified = ConcurrentHashMap.newKeySet();
    private Map<String, String> hashes = Map.of();
    private FileTime readAt;

    @Inject
    public Users(PageSettings settings) {
        this.settings = settings;
        new SecureRandom().nextBytes(salt);
    }

    /** Whether there is a login at all. */
    public boolean areThere() {
        return settings.usersFile().isPresent();
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(
                () -> identity(request.getUsername(), request.getPassword().getPassword()));
    }

    private SecurityIdentity identity(String name, char[] password) {
        if (!isRight(name, password)) {
            throw new AuthenticationFailedException();
        }
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).build();
    }

    private boolean isRight(String name, char[] password) {
        Map<String, String> users = current();
        String hash = users.get(name);
        if (hash == null) {
            // As slow as for a name that is there: nobody is to find out which are.
            users.values().stream().findFirst().ifPresent(other -> verify(password, other));
            return false;
        }
        String login = fingerprint(name, password, hash);
        if (verified.contains(login)) {
            return true;
        }
        boolean right = verify(password, hash);
        if (right) {
            if (verified.size() >= REMEMBERED) {
                verified.clear();
            }
            verified.add(login);
        }
        return right;
    }

    /** Of a long password 72 bytes count, as for {@code htpasswd}. */
    private static boolean verify(char[] password, String hash) {
        return BCrypt.verifyer(null, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
                .verify(password, hash.toCharArray())
                .verified;
    }

    private synchronized Map<String, String> current() {
        if (!areThere()) {
            return Map.of();
        }
        Path file = settings.usersFile().get();
        try {
            FileTime modified = Files.getLastModifiedTime(file.toRealPath());
            if (!modified.equals(readAt)) {
                hashes = read(file);
                readAt = modified;
            }
        } catch (IOException e) {
            LOG.warnf("drop.page.users-file %s cannot be read; nobody can log in.", file);
            hashes = Map.of();
            readAt = null;
        }
        return hashes;
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> read = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.startsWith("$2", colon + 1)) {
                read.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                LOG.warnf("%s has a line that is no name:bcrypt-hash; it is passed over.", file);
            }
        }
        return read;
    }

    private String fingerprint(String name, char[] password, String hash) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update((name + '\n' + hash + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(new String(password).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
