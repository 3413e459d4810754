package io.filedrop.hubspot.sftp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The sources under {@code drop.sftp.}, and the limits that hold for all of them, checked. */
public record SftpSettings(List<SftpSource> sources, Limits limits) {

    /**
     * @param timeout how long a server may do nothing before it counts as hanging
     * @param retryLongest the longest wait between two visits that fail, and the wait between two
     *     downloads of a file that newer ones no longer wait for
     * @param refusedWait the shortest wait after a refused login
     * @param remindEvery how often a trouble that lasts is told again
     * @param listing files of one folder that are looked at, at most, the oldest first
     * @param attempts failed downloads of one file before newer ones no longer wait for it; with
     *     {@code drop.once}, before it is given up, and failed visits in a row before a source is
     * @param results runs whose results wait for a server at most
     */
    public record Limits(
            Duration timeout,
            Duration retryLongest,
            Duration refusedWait,
            Duration remindEvery,
            int listing,
            int attempts,
            int results) {

        /** The time-out as sockets take it, for which 0 would be none at all. */
        public int timeoutMillis() {
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        }
    }

    /** The source of that name. */
    public Optional<SftpSource> source(String name) {
        return sources.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
