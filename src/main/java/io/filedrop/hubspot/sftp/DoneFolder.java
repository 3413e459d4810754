package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The folder on the server that files are moved to once they are safe here. */
final class DoneFolder {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** A server that shows each of them is asked no longer: it shows whatever it is asked for. */
    private static final int NAMES_TRIED = 10;

    private final SftpSource source;
    private final Optional<String> marker;
    private final Condition condition;

    /** Files that the server does not let go. */
    private final Set<String> refused = new HashSet<>();

    DoneFolder(SftpSource source, Optional<String> marker, Condition condition) {
        this.source = source;
        this.marker = marker;
        this.condition = condition;
    }

    /**
     * Moves a file into it, with its marker; under a name of its own when one lies there. One that
     * is no longer the one that was fetched is left alone.
     *
     * @return false when the server refuses; that is told, and is no fault of the visit
     */
    boolean take(SftpConnection open, RemoteFile file) throws SftpFault {
        try {
            if (open.isStill(source.directory(), file)) {
                move(open, file.name());
            }
            gone(file.name());
            return true;
        } catch (SftpFault e) {
            if (e.kind() != SftpFault.Kind.REFUSED) {
                throw e;
            }
            refused.add(file.name());
            condition.trouble(
                    "moving",
                    "%s is fetched, but cannot be moved into %s; it is remembered and not fetched again: %s"
                            .formatted(
                                    Words.name(file.name()),
                                    source.doneDirectory(),
                                    e.getMessage()));
            return false;
        }
    }

    /** The file no longer lies in the folder that is visited, whoever took it away. */
    void gone(String name) {
        if (refused.remove(name) && refused.isEmpty()) {
            condition.well("no file waits to be moved into " + source.doneDirectory() + ".");
        }
    }

    private void move(SftpConnection open, String name) throws SftpFault {
        String done = source.doneDirectory();
        open.makeFolder(done);
        String kept = name;
        for (int tries = 1; !open.move(source.directory(), name, done, kept); tries++) {
            if (tries == NAMES_TRIED) {
                throw new SftpFault(
                        SftpFault.Kind.REFUSED, "it says that every name is taken there.", null);
            }
            kept = STAMP.format(Instant.now()) + "-" + name;
        }
        if (marker.isPresent() && open.find(source.directory(), name + marker.get()).isPresent()) {
            open.move(source.directory(), name + marker.get(), done, kept + marker.get());
        }
    }
}
