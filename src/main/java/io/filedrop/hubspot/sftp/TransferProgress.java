package io.filedrop.hubspot.sftp;

import com.jcraft.jsch.SftpProgressMonitor;

/** Tells the watch that a transfer moves on, and ends one that is longer than it may be. */
final class TransferProgress implements SftpProgressMonitor {

    private final Watch watch;
    private final long most;
    private long count;

    /** {@code most}: bytes. */
    TransferProgress(Watch watch, long most) {
        this.watch = watch;
        this.most = most;
    }

    @Override
    public void init(int op, String from, String to, long max) {
        watch.moved();
    }

    @Override
    public boolean count(long bytes) {
        watch.moved();
        count += bytes;
        return count <= most;
    }

    @Override
    public void end() {
        watch.moved();
    }
}
