package io.filedrop.hubspot.run;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.Set;

/**
 * The settings under {@code drop.}, checked. Their defaults and their meaning stand in {@code
 * application.properties}.
 *
 * @param once process what is there, then exit
 * @param batchSize inputs of one call, 1 to 100
 * @param stableFor how long a file must not have changed before it is taken
 * @param marker suffix of the marker file that a file needs before it is taken
 * @param clearEmpty whether an empty cell empties the property, or leaves it alone
 * @param ignoreUnknownColumns whether a column that is no property is passed over, or refuses the
 *     file
 * @param passParked whether later files go on while an earlier one is parked
 * @param claimAhead files claimed and waiting for their turn, at most
 * @param claimRetries how often a file that cannot be claimed is tried again before newer ones of
 *     its source no longer wait for it
 * @param setAside rows kept back at most because their listing is under way
 * @param readAhead characters at most of rows that are read and have no outcome yet
 * @param permissions of every file written
 * @param fileLimit bytes of the largest update file that is read
 * @param reserve bytes that must be left on every disk that is written to
 * @param attempts how often a file may be open when the program ends without having been told to
 * @param parkedListings listings of all parked runs together remembered at most
 * @param leaseTime how long another instance must have been silent before its work is taken over
 * @param keepArchive how long originals are kept; empty: for ever
 * @param keepOutcomes how long succeeded, failed and reports are kept; empty: for ever
 */
public record DropSettings(
        Folders folders,
        boolean once,
        int batchSize,
        Duration stableFor,
        Optional<String> marker,
        boolean clearEmpty,
        boolean ignoreUnknownColumns,
        boolean passParked,
        int claimAhead,
        int claimRetries,
        Duration claimRetryWait,
        int setAside,
        int readAhead,
        Duration progressEvery,
        Set<PosixFilePermission> permissions,
        long fileLimit,
        long reserve,
        int attempts,
        int parkedListings,
        Duration leaseTime,
        Optional<Period> keepArchive,
        Optional<Period> keepOutcomes) {

    /** The marker that lets the file be taken, if one is asked for. */
    public Optional<Path> markerOf(Path file) {
        return marker.map(suffix -> file.resolveSibling(file.getFileName() + suffix));
    }

    /**
     * Bytes that must be free for what becomes of a file of that size: its failed rows, and an
     * account of each. One over the limit is refused without being copied.
     */
    long roomFor(long bytes) {
        return bytes > fileLimit ? 0 : 2 * bytes;
    }

    /**
     * The same for one whose run has come so far: what its journal holds needs no room any more, or
     * a run that had room would be stopped by what it writes itself.
     *
     * @param journal bytes of its journal
     */
    long roomFor(long bytes, long journal) {
        return Math.max(0, roomFor(bytes) - Math.min(bytes, journal));
    }

    /** The folders of contract section 3. All absolute. */
    public record Folders(Path directory, Path inbox) {

        public Path inProgress() {
            return directory.resolve("in-progress");
        }

        public Path succeeded() {
            return directory.resolve("succeeded");
        }

        public Path failed() {
            return directory.resolve("failed");
        }

        public Path archive() {
            return directory.resolve("archive");
        }

        public Path reports() {
            return directory.resolve("reports");
        }

        /** What is kept of each server that files are picked up from, in a folder of its name. */
        public Path sftp() {
            return directory.resolve(".sftp");
        }
    }
}
