package io.filedrop.hubspot.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A disk of 1 MiB that is mounted on a folder as long as a test needs it. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where nothing can be mounted, and says what was not tried then. */
    static SmallDisk on(Path folder, String notTried) throws IOException, InterruptedException {
        boolean isMounted =
                run("mount", "-t", "tmpfs", "-o", "size=1m", "t", folder.toString()) == 0;
        if (!isMounted) {
            System.err.println("SKIPPED: nothing can be mounted here, so " + notTried + ".");
        }
        assumeTrue(isMounted, "mounting needs root");
        return new SmallDisk(folder);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", folder.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
