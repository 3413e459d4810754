package io.filedrop.hubspot.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that nobody knows, and servers with certificates of it. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    /** Makes the authority, by the JDK's keytool, in that empty folder. */
    public Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=CA", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=Server");
        keytool("-certreq", "-alias", "server", "-file", "request");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", "ca.pem");
    }

    /** The authority's certificate, in PEM form. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A server for that host. {@code start} and {@code days} as keytool takes them. */
    public SSLContext server(String host, String start, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                "request",
                "-outfile",
                "server.der",
                "-ext",
                "san=dns:" + host,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        KeyStore made = KeyStore.getInstance(folder.resolve("keys").toFile(), PASSWORD);
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "server",
                (PrivateKey) made.getKey("server", PASSWORD),
                PASSWORD,
                new Certificate[] {read("server.der"), made.getCertificate("ca")});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Certificate read(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", "keys", "-storepass", new String(PASSWORD)));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
}
