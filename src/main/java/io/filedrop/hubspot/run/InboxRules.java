package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What in the inbox is an update file, as far as its kind, its name and its size tell. */
final class InboxRules {

    private final DropSettings settings;

    InboxRules(DropSettings settings) {
        this.settings = settings;
    }

    /**
     * Why something stays where it is, whatever happens.
     *
     * @param why what it is or has, as a clause
     * @param isLeft whether it is one that somebody waits for; others are never taken, and that is
     *     no news to anybody
     */
    record Stay(String why, boolean isLeft) {

        static Stay never(String why) {
            return new Stay(why, false);
        }

        static Stay left(String why) {
            return new Stay(why, true);
        }
    }

    /** Why that entry is no update file that can be taken; empty when it is one. */
    Optional<Stay> stay(Path entry, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Optional.of(Stay.never("it is a link"));
        }
        if (!attributes.isRegularFile()) {
            return Optional.of(Stay.never("it is no regular file"));
        }
        if (FileNames.isUnfinished(entry.getFileName().toString())) {
            return Optional.of(Stay.never("its name says that it is no finished update file"));
        }
        if (isTooLargeToMove(attributes.size())) {
            return Optional.of(
                    Stay.left(
                            "it has "
                                    + Words.count(attributes.size())
                                    + " bytes, more than drop.limits.file allows"));
        }
        return Optional.empty();
    }

    /** Whether the name is that of a marker, which says something of another file. */
    boolean isMarker(String name) {
        return settings.marker().filter(name::endsWith).isPresent();
    }

    /** The marker that the file waits for; empty when it waits for none. */
    Optional<Path> missingMarker(Path file) {
        return settings.markerOf(file)
                .filter(marker -> !Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS));
    }

    /** A claim renames the largest file in no time, but not across file systems. */
    private boolean isTooLargeToMove(long size) {
        if (size <= settings.fileLimit()) {
            return false;
        }
        DropSettings.Folders folders = settings.folders();
        try {
            return Files.exists(folders.inProgress())
                    && !Files.getFileStore(folders.inbox())
                            .equals(Files.getFileStore(folders.inProgress()));
        } catch (IOException e) {
            return true;
        }
    }
}
