package io.filedrop.hubspot.sftp;

/** Hears how pickups go. */
public interface PickupListener {

    /** A program that runs once gave up a source, so that files may be left there. */
    void missed(String source);
}
