package io.filedrop.hubspot.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.FolderContents;
import io.filedrop.hubspot.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one server that are safe here and still lie there. Kept on the disk, a small file
 * for each, so that none is fetched twice, whenever the program ends.
 */
final class Fetched {

    private final Path folder;
    private final DurableFiles files;
    private final Map<String, Kept> byName = new TreeMap<>();

    /**
     * A file that was fetched.
     *
     * @param id of its file on the disk, and of the name it was fetched under
     */
    record Kept(String id, RemoteFile file) {}

    /** Reads what is remembered in that folder. */
    Fetched(Path folder, DurableFiles files) throws IOException {
        this.folder = folder;
        this.files = files;
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path entry : FolderContents.of(folder, "[!.]*.json")) {
            JsonNode kept = Json.mapper().readTree(entry.toFile());
            String name = entry.getFileName().toString();
            RemoteFile file =
                    new RemoteFile(
                            kept.path("name").asText(),
                            kept.path("size").asLong(),
                            kept.path("modified").asLong());
            byName.put(
                    file.name(),
                    new Kept(name.substring(0, name.length() - ".json".length()), file));
        }
    }

    /** From now on, and after any crash, that file counts as fetched. */
    void remember(String id, RemoteFile file) throws IOException {
        Optional<Kept> before = find(file.name());
        ObjectNode kept = Json.mapper().createObjectNode();
        kept.put("name", file.name()).put("size", file.size()).put("modified", file.modified());
        files.create(
                folder.resolve(id + ".json"),
                out -> out.write(Json.mapper().writeValueAsBytes(kept)));
        if (before.isPresent()) {
            forget(before.get());
        }
        byName.put(file.name(), new Kept(id, file));
    }

    /** The file is no longer there, or is another one. */
    void forget(Kept kept) throws IOException {
        Files.deleteIfExists(folder.resolve(kept.id() + ".json"));
        DurableFiles.forceDirectory(folder);
        byName.remove(kept.file().name(), kept);
    }

    Optional<Kept> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether it is that very file that was fetched. */
    boolean isFetched(RemoteFile file) {
        return find(file.name()).filter(kept -> kept.file().equals(file)).isPresent();
    }

    /** All of them, the oldest first. */
    List<Kept> all() {
        List<Kept> all = new ArrayList<>(byName.values());
        all.sort(java.util.Comparator.comparingLong(kept -> kept.file().modified()));
        return all;
    }
}
