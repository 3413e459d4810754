package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk could not be told to keep what was written. Nobody knows what it holds now, and asking
 * once more may succeed without meaning it: the program ends, and the next start reads what is
 * there.
 */
public class SyncFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path path;

    SyncFailure(Path path, IOException cause) {
        super(path + " could not be synced: " + cause.getMessage(), cause);
        this.path = path;
    }

    boolean isWithin(Path folder) {
        return path.toAbsolutePath().normalize().startsWith(folder);
    }

    /** Whether nothing is broken: the file system of that folder cannot sync folders at all. */
    boolean isOfAFolderThatKnowsNone() {
        return Files.isDirectory(path) && getCause().getMessage().equals(whatADeviceSays());
    }

    /**
     * The error has no number in Java, and its text is in the machine's language: so it is compared
     * with what is said of a device that knows no sync either.
     */
    private static String whatADeviceSays() {
        try (FileChannel device =
                FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
            device.force(true);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
