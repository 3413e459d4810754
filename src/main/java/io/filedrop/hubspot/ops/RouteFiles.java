package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.FolderContents;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.jboss.logging.Logger;

/**
 * Which routes run: those in the jar, but for the ones that a file of the same name in {@code
 * routes/} of the working folder replaces, and those that lie there besides.
 */
@Singleton
public class RouteFiles {

    private static final Logger LOG = Logger.getLogger(RouteFiles.class);
    private static final String ENDING = ".camel.yaml";
    private static final Set<String> TO_READ_DEFINITIONS =
            Set.of("property-definitions" + ENDING, "refresh-token" + ENDING);

    private final Command command;

    @Inject
    public RouteFiles(Command command) {
        this.command = command;
    }

    void choose(@Observes BeforeConfigure event) throws Exception {
        CamelContext camel = event.getMain().getCamelContext();
        Map<String, String> chosen = new TreeMap<>();
        Map<String, String> bundled = bundled(camel);
        bundled.keySet().forEach(name -> chosen.put(name, "classpath:routes/" + name));
        for (Path file : filesIn(Path.of("routes"))) {
            String name = file.getFileName().toString();
            String sha256 = sha256(Files.readAllBytes(file));
            if (sha256.equals(bundled.get(name))) {
                // Nothing to replace; in dev mode, the bundled one is the one that is watched.
                LOG.debugf("Route file %s is the bundled one, SHA-256 %s", file, sha256);
                continue;
            }
            String what = chosen.containsKey(name) ? "replaces the bundled one" : "added";
            LOG.infof("Route file %s, %s, SHA-256 %s", file, what, sha256);
            chosen.put(name, "file:" + file.toAbsolutePath());
        }
        if (command.isCheck()) {
            // Nothing is picked up and nothing is sent; only the property definitions are read.
            chosen.keySet().retainAll(TO_READ_DEFINITIONS);
        }
        Properties properties = new Properties();
        properties.setProperty(
                "camel.main.routes-include-pattern", String.join(",", chosen.values()));
        camel.getPropertiesComponent().setOverrideProperties(properties);
    }

    /** The route files in the jar, by name, with their SHA-256. */
    private static Map<String, String> bundled(CamelContext camel) throws Exception {
        Map<String, String> bundled = new TreeMap<>();
        for (Resource resource :
                PluginHelper.getPackageScanResourceResolver(camel)
                        .findResources("classpath:routes/*" + ENDING)) {
            String location = resource.getLocation();
            try (InputStream in = resource.getInputStream()) {
                bundled.put(
                        location.substring(location.lastIndexOf('/') + 1),
                        sha256(in.readAllBytes()));
            }
        }
        return bundled;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            files.addAll(FolderContents.of(folder, "*" + ENDING));
        }
        Collections.sort(files);
        return files;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
