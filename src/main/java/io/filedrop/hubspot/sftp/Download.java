package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.io.IOException;

/** Brings a file here whole, or not at all. */
final class Download {

    private Download() {}

    /**
     * Lands a file under a name of our own, durably.
     *
     * @return the id it landed under
     * @throws SftpFault when it did not arrive as it was listed; nothing is left of it then
     */
    static String land(SftpConnection open, String directory, RemoteFile file, Landing landing)
            throws IOException {
        String id = Landing.newId();
        try {
            long size = landing.land(id, file, out -> open.read(directory, file, out));
            if (size != file.size()) {
                throw fault(
                        "the server gave "
                                + Words.count(size)
                                + " of "
                                + Words.count(file.size())
                                + " bytes.");
            }
            if (!open.isStill(directory, file)) {
                throw fault("it changed while it was read.");
            }
            return id;
        } catch (IOException e) {
            landing.remove(id);
            throw e;
        }
    }

    private static SftpFault fault(String why) {
        return new SftpFault(SftpFault.Kind.FILE, why, null);
    }
}
