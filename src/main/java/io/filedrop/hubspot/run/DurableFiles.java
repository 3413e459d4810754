package io.filedrop.hubspot.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * The one place that writes files which must survive: temporary name, sync, rename, sync of the
 * folder. A file under its final name is complete.
 */
public class DurableFiles {

    private final Permissions permissions;

    /**
     * Every file written gets these permissions, where the file system knows any; who may read
     * files may also enter the folders that are made for them.
     */
    public DurableFiles(Set<PosixFilePermission> permissions) {
        this.permissions = Permissions.of(permissions);
    }

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a new file, never over another one. */
    public void create(Path file, Content content) throws IOException {
        Path temporary = write(file, content);
        try {
            place(temporary, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(temporary);
            throw e;
        }
    }

    /**
     * Makes an empty file, unless there is one.
     *
     * @return whether it was made
     */
    public boolean createEmpty(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        create(file, out -> {});
        return true;
    }

    /**
     * Moves a file to where none is: never over another, not even over one that comes at this very
     * moment where the file system knows links. Cut off, it leaves the file under both names, and
     * the next time goes on from there.
     *
     * @throws FileAlreadyExistsException when another file is there
     */
    void place(Path from, Path to) throws IOException {
        try {
            link(from, to);
        } catch (FileAlreadyExistsException e) {
            if (!isSame(from, to)) {
                throw e;
            }
        } catch (FileSystemException | UnsupportedOperationException e) {
            // It knows none, or none across file systems, or none to another user's file.
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            relocate(from, to);
            forceDirectory(to.getParent());
            return;
        }
        forceDirectory(to.getParent());
        Files.delete(from);
    }

    /** Gives a file a second name. */
    void link(Path from, Path to) throws IOException {
        Files.createLink(to, from);
    }

    /** Whether both are names of one file. */
    private static boolean isSame(Path one, Path other) throws IOException {
        Object key = attributes(one).fileKey();
        return key != null && key.equals(attributes(other).fileKey());
    }

    /** Whether {@link #place} would find no other file there now. */
    boolean isFree(Path from, Path to) throws IOException {
        return Files.notExists(to, LinkOption.NOFOLLOW_LINKS) || isSame(from, to);
    }

    /**
     * Writes a file that is moved to where it belongs before anything depends on it: its content is
     * on the disk when this returns, its name need not be.
     */
    void prepare(Path file, Content content) throws IOException {
        Files.move(write(file, content), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes a file that is copied to where it belongs, and can be written again until then. */
    void draft(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            permit(file);
            content.writeTo(out);
        }
    }

    /** Writes a file in the place of the one that may be there. */
    public void replace(Path file, Content content) throws IOException {
        rename(write(file, content), file);
    }

    /**
     * Moves a file, across file systems too: there it is copied whole and synced before the
     * original goes.
     */
    public void move(Path from, Path to) throws IOException {
        handOver(from, to);
        forceDirectory(from.getParent());
    }

    /**
     * Moves a file in the same way, but until the folder that it leaves is synced it may be there
     * again after a power cut, as well.
     */
    void handOver(Path from, Path to) throws IOException {
        relocate(from, to);
        own(to);
        forceDirectory(to.getParent());
    }

    private void relocate(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, to);
            Files.delete(from);
        }
    }

    /** Copies a file, with its time, to where none is. */
    public void copy(Path from, Path to) throws IOException {
        create(to, out -> Files.copy(from, out));
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
    }

    /** Makes a folder and those above it, each of them on the disk when this returns. */
    public void createDirectories(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        createDirectories(absolute.getParent());
        try {
            Files.createDirectory(absolute);
            permissions.giveToFolder(absolute);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
        forceDirectory(absolute.getParent());
    }

    /** What was created, renamed or deleted in that folder stays so after a power cut. */
    public static void forceDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            force(channel, folder);
        } catch (FileSystemException e) {
            if (!System.getProperty("os.name").startsWith("Windows")) {
                throw e;
            }
            // Windows opens no folder as a file; NTFS journals names by itself.
        }
    }

    /** What was written to that file, by whomever, stays so after a power cut. */
    static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            force(channel, file);
        }
    }

    /**
     * Everything written through the channel is on the disk when this returns.
     *
     * @throws SyncFailure when the disk refuses: the program must end
     */
    static void force(FileChannel channel, Path path) throws IOException {
        try {
            channel.force(true);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new SyncFailure(path, e);
        }
    }

    private Path write(Path file, Content content) throws IOException {
        createDirectories(file.getParent());
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        if (temporary.getFileName().toString().length() > 250) {
            temporary = file.resolveSibling(".long-name.tmp");
        }
        // One that is left may be the second name of a file that is in its place.
        Files.deleteIfExists(temporary);
        FileChannel channel =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (channel) {
            permit(temporary);
            OutputStream out =
                    new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16) {
                        @Override
                        public void close() throws IOException {
                            // The content is through, but the file still has to be synced.
                            flush();
                        }
                    };
            content.writeTo(out);
            out.flush();
            force(channel, file);
        } catch (IOException | RuntimeException | Error e) {
            discard(temporary, e);
            throw e;
        }
        return temporary;
    }

    /** A part of a file is of no use to anybody, and takes room where there may be none. */
    private static void discard(Path temporary, Throwable why) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(to.getParent());
    }

    /** Gives a file that was written elsewhere the permissions of those written here. */
    void permit(Path file) throws IOException {
        permissions.giveToFile(file);
    }

    /**
     * The same for a file that may be another user's, which only that user may do: then a copy
     * takes its place, with its time.
     */
    void own(Path file) throws IOException {
        try {
            permit(file);
        } catch (FileSystemException e) {
            BasicFileAttributes before = attributes(file);
            Path copy = write(file, out -> Files.copy(file, out));
            Files.setLastModifiedTime(copy, before.lastModifiedTime());
            BasicFileAttributes after = attributes(file);
            if (after.size() != before.size()
                    || !after.lastModifiedTime().equals(before.lastModifiedTime())) {
                Files.delete(copy);
                throw new FileSystemException(
                        file.toString(), null, "it was written to while it was copied");
            }
            rename(copy, file);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
