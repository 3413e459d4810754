package io.filedrop.hubspot.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Which contents were processed before, from the reports that are kept. */
public final class Repeats {

    private static final Logger LOG = Logger.getLogger(Repeats.class);

    private final Path reports;
    private Map<String, String> lastRunBySha256;

    public Repeats(Path reports) {
        this.reports = reports;
    }

    /** The last run of the same content before this one, or empty; this one is remembered. */
    synchronized String earlierRun(String sha256, String run) throws IOException {
        if (lastRunBySha256 == null) {
            lastRunBySha256 = read();
        }
        String earlier = lastRunBySha256.put(sha256, run);
        return earlier == null || earlier.equals(run) ? "" : earlier;
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> found = new HashMap<>();
        if (!Files.isDirectory(reports)) {
            return found;
        }
        List<Path> files = FolderContents.of(reports, "*.json");
        Collections.sort(files);
        for (Path file : files) {
            try (JsonParser json = Json.factory().createParser(file.toFile())) {
                read(json, found);
            } catch (IOException e) {
                // Somebody else's file; it only means that a repeat of it is not noticed.
                LOG.warnf("%s is not a report: %s", file, e.getClass().getSimpleName());
            }
        }
        return found;
    }

    private static void read(JsonParser json, Map<String, String> found) throws IOException {
        String run = "";
        String sha256 = "";
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        String field;
        while ((field = json.nextFieldName()) != null) {
            json.nextToken();
            switch (field) {
                case "run" -> run = json.getValueAsString("");
                case "sha256" -> sha256 = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
        if (!sha256.isEmpty()) {
            found.put(sha256, run);
        }
    }
}
