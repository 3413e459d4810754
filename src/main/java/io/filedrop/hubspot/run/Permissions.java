package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Who may do what with the files that the program writes, and with the folders that it makes. */
record Permissions(Set<PosixFilePermission> ofFiles, Set<PosixFilePermission> ofFolders) {

    /** Who may read files may also enter the folders that are made for them. */
    static Permissions of(Set<PosixFilePermission> ofFiles) {
        Set<PosixFilePermission> ofFolders = EnumSet.copyOf(ofFiles);
        // The program itself has to work in its folders, whatever it may do with the files.
        ofFolders.addAll(PosixFilePermissions.fromString("rwx------"));
        if (ofFiles.contains(PosixFilePermission.GROUP_READ)) {
            ofFolders.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if (ofFiles.contains(PosixFilePermission.OTHERS_READ)) {
            ofFolders.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return new Permissions(EnumSet.copyOf(ofFiles), ofFolders);
    }

    void giveToFile(Path file) throws IOException {
        give(file, ofFiles);
    }

    void giveToFolder(Path folder) throws IOException {
        give(folder, ofFolders);
    }

    /** Nothing where the file system knows none. */
    private static void give(Path path, Set<PosixFilePermission> permissions) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            view.setPermissions(permissions);
        }
    }
}
