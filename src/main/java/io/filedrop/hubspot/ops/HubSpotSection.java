package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.hubspot.Authorities;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Credentials;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the settings under {@code hubspot.}. */
final class HubSpotSection {

    private HubSpotSection() {}

    /**
     * @param credentialsNeeded whether there must be some; without, the settings may have none
     */
    static HubSpotSettings read(SettingsReader reader, boolean credentialsNeeded) {
        URI baseUrl =
                reader.parsed(
                        "hubspot.base-url",
                        "an https:// address without a path (http:// for loopback addresses only)",
                        HubSpotSection::baseUrl);
        String operation = reader.oneOf("hubspot.operation", "update", "upsert");
        Optional<String> idProperty = reader.text("hubspot.id-property");
        if ("upsert".equals(operation) && idProperty.isEmpty()) {
            reader.fault("hubspot.operation=upsert needs hubspot.id-property.");
        }
        Optional<Integer> rateLimit =
                reader.optional(
                        "hubspot.rate-limit",
                        "a positive whole number of calls per 10 seconds",
                        text -> SettingsReader.wholeBetween(text, 1, Integer.MAX_VALUE));
        return new HubSpotSettings(
                baseUrl,
                readCredentials(reader, credentialsNeeded),
                reader.parsed(
                        "hubspot.object-type",
                        "an object type id or name, 0-420 say",
                        text -> SettingsReader.matching(text, "[A-Za-z0-9_-]+")),
                "upsert".equals(operation)
                        ? HubSpotSettings.Operation.UPSERT
                        : HubSpotSettings.Operation.UPDATE,
                reader.oneOf("hubspot.api-version", "v3", "2026-03", "2026-09"),
                idProperty,
                rateLimit.map(OptionalInt::of).orElse(OptionalInt.empty()),
                reader.whole("hubspot.max-in-flight", 1, 1000),
                reader.duration("hubspot.request-timeout"),
                reader.duration("hubspot.connect-timeout"),
                reader.duration("hubspot.outage-deadline"),
                reader.duration("hubspot.settle-time"),
                reader.parsed("hubspot.time-zone", "a time zone, Europe/Madrid say", ZoneId::of),
                reader.duration("hubspot.definitions-kept"),
                reader.duration("hubspot.definitions-retry"),
                reader.duration("hubspot.retry-first"),
                reader.duration("hubspot.retry-longest"),
                reader.whole("hubspot.tries-together", 1, 1000),
                readWaits(reader),
                reader.whole("hubspot.answer-limit", 65_536, Integer.MAX_VALUE - 8),
                reader.optional(
                        "hubspot.proxy",
                        "http://host:port of an HTTP proxy that needs no password",
                        HubSpotSection::proxy),
                reader.optional(
                        "hubspot.trust-store",
                        "a file with certificates in PEM form",
                        HubSpotSection::trustStore));
    }

    private static HubSpotSettings.Waits readWaits(SettingsReader reader) {
        return new HubSpotSettings.Waits(
                reader.duration("hubspot.wait.secondly"),
                reader.duration("hubspot.wait.ten-secondly"),
                reader.duration("hubspot.wait.locked"),
                reader.duration("hubspot.wait.moving"),
                reader.duration("hubspot.wait.longest-retry-after"),
                reader.duration("hubspot.wait.longest-moving"),
                reader.duration("hubspot.wait.parked"));
    }

    private static Credentials readCredentials(SettingsReader reader, boolean needed) {
        Optional<Secret> token = readSecret(reader, "hubspot.access-token");
        Optional<String> clientId = reader.text("hubspot.oauth.client-id");
        Optional<Secret> clientSecret = readSecret(reader, "hubspot.oauth.client-secret");
        Optional<Secret> refreshToken = readSecret(reader, "hubspot.oauth.refresh-token");
        String tokenPath =
                reader.parsed(
                        "hubspot.oauth.token-path",
                        "a path that begins with /",
                        text -> SettingsReader.matching(text, "/[A-Za-z0-9/._-]+"));
        boolean oauth =
                clientId.isPresent() || clientSecret.isPresent() || refreshToken.isPresent();
        if (token.isPresent() && oauth) {
            reader.fault("hubspot.access-token and hubspot.oauth are both set; keep one.");
        } else if (token.isPresent()) {
            return new Credentials.Token(token.get());
        } else if (clientId.isPresent() && clientSecret.isPresent() && refreshToken.isPresent()) {
            return new Credentials.OAuth(
                    clientId.get(), clientSecret.get(), refreshToken.get(), tokenPath);
        } else if (oauth) {
            reader.fault(
                    "hubspot.oauth needs all of client-id, client-secret-file and"
                            + " refresh-token-file.");
        } else if (needed) {
            reader.fault(
                    "hubspot.access-token-file (or hubspot.access-token) is not set; it must be a"
                            + " service key or private-app token with the scope"
                            + " crm.objects.listings.write.");
        }
        return null;
    }

    /** A secret, given itself or by a file; one that cannot be read now refuses the start. */
    private static Optional<Secret> readSecret(SettingsReader reader, String key) {
        Optional<String> text = reader.text(key);
        Optional<Path> file =
                reader.optional(
                        key + "-file",
                        "the path of a file that can be read and holds the secret and nothing else",
                        HubSpotSection::secretFile);
        if (text.isPresent() && file.isPresent()) {
            reader.fault(key + " and " + key + "-file are both set; keep one.");
        }
        return text.isPresent() || file.isPresent()
                ? Optional.of(new Secret(text, text.isPresent() ? Optional.empty() : file))
                : Optional.empty();
    }

    private static Path secretFile(String text) {
        Path file = Path.of(text);
        if (!new Secret(Optional.empty(), Optional.of(file)).isReadable()) {
            throw new IllegalArgumentException(text);
        }
        return file;
    }

    private static URI proxy(String text) {
        URI uri = URI.create(text);
        if (!"http".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() < 0
                || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static Path trustStore(String text) {
        try {
            Authorities.in(Path.of(text));
            return Path.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI baseUrl(String text) {
        URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http") && isLoopback(uri.getHost());
        if (uri.getHost() == null
                || !(plain || scheme.equals("https"))
                || !uri.getRawPath().isEmpty()
                || uri.getRawQuery() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        // Only names that need no look-up in the network: an answer from there could be anything.
        if (host == null
                || !(host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]"))) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
