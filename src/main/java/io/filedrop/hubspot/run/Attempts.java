package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a run leaves for the start after one that ended without having been told to. Kept beside the
 * journal, and not synced: a file that ends the program does not take the machine with it. Safe for
 * use by several threads.
 *
 * <p>How often the program ended while the run was open, before its file could be read so far that
 * a call was due or any record got its outcome, or before its account was made: then that file may
 * be what ends the program. And whether a call was made for it: then HubSpot may hold rows of it,
 * though no outcome says so.
 */
final class Attempts {

    private static final String OPEN = ".open";
    private static final String SENT = ".sent";

    private final Path open;
    private final Path sent;
    private final int brokenOff;
    private final boolean hadSent;
    private boolean isEnded;
    private boolean haveSent;

    private Attempts(Path open, Path sent, int brokenOff) {
        this.open = open;
        this.sent = sent;
        this.brokenOff = brokenOff;
        this.hadSent = Files.exists(sent);
        this.haveSent = hadSent;
    }

    /**
     * The run is opened.
     *
     * @param settled records that have their outcome
     */
    static Attempts begin(Path folder, long settled) throws IOException {
        Path open = folder.resolve(OPEN);
        int before = 0;
        if (Files.exists(open)) {
            String[] noted = Files.readString(open, StandardCharsets.US_ASCII).strip().split(" ");
            boolean isWhole = noted.length == 2 && (noted[0] + noted[1]).matches("\\d{2,18}");
            if (isWhole && Long.parseLong(noted[1]) == settled) {
                before = Integer.parseInt(noted[0]);
            }
        }
        Files.writeString(open, before + 1 + " " + settled + "\n", StandardCharsets.US_ASCII);
        return new Attempts(open, folder.resolve(SENT), before);
    }

    /** How many such ends there were before. */
    int brokenOff() {
        return brokenOff;
    }

    /** The run is closed or has got on, whatever comes next. */
    synchronized void end() throws IOException {
        if (!isEnded) {
            Files.deleteIfExists(open);
            isEnded = true;
        }
    }

    /** A call is about to leave. Noted as long as there is the run. */
    synchronized void sending() throws IOException {
        if (!haveSent) {
            Files.write(sent, new byte[0]);
            haveSent = true;
        }
    }

    /**
     * No call of this opening has left after all. One of an earlier opening may have; and where the
     * note cannot be removed, it stands.
     */
    synchronized void notSent() {
        if (haveSent && !hadSent) {
            haveSent = !sent.toFile().delete();
        }
    }

    /** Whether a call may have left, at this start of the program or an earlier one. */
    synchronized boolean haveSent() {
        return haveSent;
    }
}
