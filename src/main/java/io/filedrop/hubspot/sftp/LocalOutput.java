package io.filedrop.hubspot.sftp;

import java.io.IOException;
import java.io.OutputStream;

/** Where a file that is fetched goes here; its failures are told apart from the server's. */
final class LocalOutput extends OutputStream {

    private final OutputStream out;

    LocalOutput(OutputStream out) {
        this.out = out;
    }

    /** The file could not be written here; the cause says why. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        Failure(IOException cause) {
            super(cause);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new Failure(e);
        }
    }
}
