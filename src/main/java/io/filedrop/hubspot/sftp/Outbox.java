package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.FolderContents;
import io.filedrop.hubspot.run.OutcomeFile;
import io.filedrop.hubspot.run.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Results that wait to be sent back to one server: a folder for each run, complete when its report
 * is there. On the disk, so that they survive whatever happens, and bounded.
 */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final SftpSource source;
    private final Path folder;
    private final DurableFiles files;
    private final Storage storage;
    private final int most;
    private final Condition condition;

    /** Runs whose results are not kept: there was no room for one of their files. */
    private final Set<String> skipped = ConcurrentHashMap.newKeySet();

    /** {@code most}: runs whose results wait at most; {@code condition}: whether they are taken. */
    Outbox(
            SftpSource source,
            Path folder,
            DurableFiles files,
            Storage storage,
            int most,
            Condition condition) {
        this.source = source;
        this.folder = folder;
        this.files = files;
        this.storage = storage;
        this.most = most;
        this.condition = condition;
    }

    /**
     * Keeps a copy of an outcome file, if results are wanted there. After a crash the same one may
     * come again.
     */
    void put(String run, OutcomeFile file) throws IOException {
        if (source.resultsDirectory().isEmpty() || skipped.contains(run)) {
            return;
        }
        if (storage.room() < Files.size(file.path())) {
            skipped.add(run);
            giveUp(folder.resolve(run), "do not fit here besides drop.reserve");
            return;
        }
        Path target = folder.resolve(run).resolve(Path.of(file.name()).getFileName());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(target);
        }
        files.create(target, out -> Files.copy(file.path(), out));
        List<Path> runs = runs();
        for (Path oldest : runs.subList(0, Math.max(0, runs.size() - most))) {
            giveUp(oldest, "could not be sent back for too long");
        }
    }

    private void giveUp(Path run, String why) throws IOException {
        LOG.warnf(
                "%s: the results of run %s %s; they lie in failed/ and reports/ only.",
                source.name(), run.getFileName(), why);
        if (Files.isDirectory(run)) {
            remove(run);
        }
    }

    /** Whether there is nothing to send, or the server does not take it. */
    boolean isDone() throws IOException {
        return trouble().isPresent() || isEmpty();
    }

    private Optional<String> trouble() {
        return condition.trouble();
    }

    /** Whether there is nothing to send now. */
    boolean isEmpty() throws IOException {
        for (Path run : runs()) {
            if (Files.exists(report(run))) {
                return false;
            }
        }
        return true;
    }

    /** Sends what waits; what the server refuses goes on waiting. */
    void sendBack(SftpConnection connection) throws IOException {
        try {
            send(connection);
            if (trouble().isPresent()) {
                condition.well("results can be sent back again.");
            }
        } catch (SftpFault e) {
            if (e.kind() != SftpFault.Kind.REFUSED) {
                throw e;
            }
            condition.trouble("results", "results cannot be sent back: " + e.getMessage());
        }
    }

    /** The first run first, and of each the report last. */
    private void send(SftpConnection connection) throws IOException {
        Optional<String> directory = source.resultsDirectory();
        if (directory.isEmpty()) {
            return;
        }
        for (Path run : runs()) {
            if (!Files.exists(report(run))) {
                // Its account is being handed out.
                continue;
            }
            connection.makeFolder(directory.get());
            for (Path file : filesOf(run)) {
                String into = directory.get() + "/" + run.getFileName();
                connection.makeFolder(into);
                send(connection, file, into);
            }
            send(connection, report(run), directory.get());
            remove(run);
            LOG.infof("%s: the results of run %s are sent back.", source.name(), run.getFileName());
        }
    }

    private static void send(SftpConnection connection, Path file, String directory)
            throws IOException {
        String name = file.getFileName().toString();
        Optional<SftpConnection.Entry> there = connection.find(directory, name);
        if (there.isPresent() && there.get().size() == Files.size(file)) {
            // It was sent, and the program ended before it was noted.
            Files.delete(file);
            return;
        }
        if (there.isPresent()) {
            name = Landing.newId() + "-" + name;
        }
        String temporary = "." + Landing.newId() + ".part";
        try (InputStream in = Files.newInputStream(file)) {
            connection.write(directory, temporary, in);
        }
        Optional<SftpConnection.Entry> written = connection.find(directory, temporary);
        if (written.isEmpty() || written.get().size() != Files.size(file)) {
            throw new SftpFault(
                    SftpFault.Kind.REFUSED,
                    "it did not keep a result whole in " + directory + ".",
                    null);
        }
        if (!connection.move(directory, temporary, directory, name)) {
            connection.move(directory, temporary, directory, Landing.newId() + "-" + name);
        }
        Files.delete(file);
    }

    private List<Path> runs() throws IOException {
        return sorted(folder);
    }

    private static Path report(Path run) {
        return run.resolve(run.getFileName() + ".json");
    }

    private static List<Path> filesOf(Path run) throws IOException {
        List<Path> files = sorted(run);
        files.remove(report(run));
        return files;
    }

    private static List<Path> sorted(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            found.addAll(FolderContents.of(directory, "[!.]*"));
        }
        Collections.sort(found);
        return found;
    }

    private static void remove(Path run) throws IOException {
        for (Path entry : FolderContents.of(run)) {
            Files.delete(entry);
        }
        Files.delete(run);
    }
}
