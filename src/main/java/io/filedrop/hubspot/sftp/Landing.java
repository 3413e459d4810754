package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.FolderContents;
import io.filedrop.hubspot.run.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The source's folder in the inbox. A file lands there under a name of our own, which is never
 * taken as an update file, and gets its real name by a rename when it is complete.
 */
final class Landing {

    private final Path folder;
    private final DropSettings drop;
    private final DurableFiles files;
    private final Inbox inbox;

    /** Files that cannot get their names, by their ids: nobody waits until they leave the inbox. */
    private final Set<String> nameless = new HashSet<>();

    Landing(String source, DropSettings drop, DurableFiles files, Inbox inbox) {
        this.folder = drop.folders().inbox().resolve(source);
        this.drop = drop;
        this.files = files;
        this.inbox = inbox;
    }

    /** An id that no file has. */
    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Where a file lies until it gets its real name. */
    Path landed(String id) {
        return folder.resolve(Inbox.LANDING + id + ".part");
    }

    /** Whether the file landed, and has not got its real name yet. */
    boolean isLanded(String id) {
        return Files.exists(landed(id), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether so many files wait in the inbox already that the others stay on the server. */
    boolean isFull() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        long onTheirWay = FolderContents.of(folder).stream().filter(this::isOnItsWay).count();
        return onTheirWay >= drop.claimAhead();
    }

    /** What stays in the inbox takes no place: it would take it for ever. */
    private boolean isOnItsWay(Path entry) {
        return entry.getFileName().toString().startsWith(Inbox.LANDING)
                ? !nameless.contains(idOf(entry))
                : !inbox.stays(entry);
    }

    /**
     * Fills and syncs a file under our own name, with the remote file's time: the inbox is
     * processed in the order of these.
     *
     * @return bytes written
     */
    long land(String id, RemoteFile file, DurableFiles.Content content) throws IOException {
        Path landed = landed(id);
        files.create(landed, content);
        Files.setLastModifiedTime(landed, FileTime.from(file.modified(), TimeUnit.SECONDS));
        return Files.size(landed);
    }

    /**
     * Gives the file its real name, never over another one.
     *
     * @return false while a file of that name waits in the inbox
     */
    boolean enter(String id, String name) throws IOException {
        Path target = folder.resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Optional<Path> marker = drop.markerOf(target);
        if (marker.isPresent()) {
            files.createEmpty(marker.get());
        }
        files.move(landed(id), target);
        return true;
    }

    /** Whether what has that name in the inbox stays there, so that no other gets it. */
    boolean isKept(String name) {
        return inbox.stays(folder.resolve(name));
    }

    /** That file cannot get its name for now. */
    void remainsNameless(String id) {
        nameless.add(id);
    }

    /** It is tried again to give every file its name. */
    void tryNamesAgain() {
        nameless.clear();
    }

    /** Removes what a download left that did not end well. */
    void remove(String id) throws IOException {
        Files.deleteIfExists(landed(id));
    }

    /** Removes what is left of downloads that a crash cut off, but for files that are fetched. */
    void tidy(java.util.function.Predicate<String> isFetched) throws IOException {
        files.createDirectories(folder);
        String names = "{" + Inbox.LANDING + ",." + Inbox.LANDING + "}*";
        for (Path entry : FolderContents.of(folder, names)) {
            boolean whole = entry.getFileName().toString().endsWith(".part");
            if (!whole || !isFetched.test(idOf(entry))) {
                Files.delete(entry);
            }
        }
    }

    private static String idOf(Path landed) {
        return landed.getFileName().toString().replaceAll(".*-([0-9a-f]+)\\.part.*", "$1");
    }
}
