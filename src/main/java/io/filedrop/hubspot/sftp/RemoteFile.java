package io.filedrop.hubspot.sftp;

/**
 * A file on a server. Two that are equal are the same file: SFTP offers no better identity.
 *
 * @param name one path segment
 * @param size bytes
 * @param modified seconds since 1970, all that SFTP knows
 */
public record RemoteFile(String name, long size, long modified) {}
