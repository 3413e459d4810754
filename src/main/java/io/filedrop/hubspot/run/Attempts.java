package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How often the program ended while a run was open, without having been told to and before a call
 * was made for it or any record got its outcome: then its file may be what ends the program. Kept
 * beside the journal, and not synced: a file that ends the program does not take the machine with
 * it.
 */
final class Attempts {

    private static final String FILE_NAME = ".open";

    private Attempts() {}

    /**
     * The run is opened.
     *
     * @param settled records that have their outcome
     * @return how many such ends there were before
     */
    static int begin(Path folder, long settled) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        int before = 0;
        if (Files.exists(file)) {
            String[] noted = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            boolean isWhole = noted.length == 2 && (noted[0] + noted[1]).matches("\\d{2,18}");
            if (isWhole && Long.parseLong(noted[1]) == settled) {
                before = Integer.parseInt(noted[0]);
            }
        }
        Files.writeString(file, before + 1 + " " + settled + "\n", StandardCharsets.US_ASCII);
        return before;
    }

    /** The run is closed or has got on, whatever comes next. */
    static void end(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE_NAME));
    }
}
