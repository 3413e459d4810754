package io.filedrop.hubspot.sftp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The folder on the server that files are moved to once they are safe here. */
final class DoneFolder {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final SftpSource source;
    private final Optional<String> marker;

    DoneFolder(SftpSource source, Optional<String> marker) {
        this.source = source;
        this.marker = marker;
    }

    /** Moves a file into it, with its marker; under a name of its own when one lies there. */
    void take(SftpConnection open, String name) throws SftpFault {
        String done = source.doneDirectory();
        open.makeFolder(done);
        String kept = name;
        while (!open.move(source.directory(), name, done, kept)) {
            kept = STAMP.format(Instant.now()) + "-" + name;
        }
        if (marker.isPresent() && open.find(source.directory(), name + marker.get()).isPresent()) {
            open.move(source.directory(), name + marker.get(), done, kept + marker.get());
        }
    }
}
