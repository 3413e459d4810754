package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Entry;
import io.filedrop.hubspot.run.Glance;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.ToMend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mapping that a run began with. Its text is kept in the run's folder, so that the run goes on
 * and ends with it, whatever becomes of {@code config/mappings/} meanwhile.
 */
public final class KeptMappings {

    /** A dropped file never has this name: names that start with a dot are not taken. */
    static final String FILE_NAME = ".mapping.yaml";

    private final Mappings mappings;
    private final DurableFiles files;
    private final String defaultIdProperty;

    /** {@code defaultIdProperty} is for mappings whose id names no property. */
    public KeptMappings(Mappings mappings, DurableFiles files, String defaultIdProperty) {
        this.mappings = mappings;
        this.files = files;
        this.defaultIdProperty = defaultIdProperty;
    }

    /**
     * The mapping of that run, if it has one: the kept one, or, when it has not begun, the one of
     * {@code config/mappings/} that is for its file.
     *
     * @throws CannotGoOn when the kept mapping is missing, or not the one the run began with
     */
    Optional<Mapping> of(Run run) throws IOException, RefusedFile {
        return of(run.opened(), run.claimed().file(), run.folder().resolve(FILE_NAME));
    }

    private Optional<Mapping> of(Optional<Entry.Opened> opened, String file, Path kept)
            throws IOException, RefusedFile {
        if (opened.isEmpty()) {
            return mappings.forFile(file);
        }
        if (opened.get().mapping().isEmpty()) {
            return Optional.empty();
        }
        if (Files.exists(kept)) {
            Mapping mapping =
                    Mappings.read(
                            opened.get().mapping(), Files.readAllBytes(kept), defaultIdProperty);
            if (mapping.sha256().equals(opened.get().mappingSha256())) {
                return Optional.of(mapping);
            }
        }
        throw new CannotGoOn(ToMend.OTHER_MAPPING.of(kept, opened.get().mapping()));
    }

    /** The mapping of a run that is set aside, as {@link #of(Run)}. */
    Optional<Mapping> of(Glance glance) throws IOException, RefusedFile {
        String file = glance.file().getFileName().toString();
        Path kept = glance.file().resolveSibling(FILE_NAME);
        if (glance.opened().isPresent()) {
            return of(glance.opened(), file, kept);
        }
        return Files.exists(kept)
                ? Optional.of(Mappings.read(FILE_NAME, Files.readAllBytes(kept), defaultIdProperty))
                : mappings.forFile(file);
    }

    /** Keeps the mapping for a run that is about to begin; on the disk when this returns. */
    void keep(Run run, Optional<Mapping> mapping) throws IOException {
        Path kept = run.folder().resolve(FILE_NAME);
        if (run.opened().isPresent()) {
            return;
        }
        if (mapping.isEmpty()) {
            // Left over from a start that ended before the run began.
            Files.deleteIfExists(kept);
        } else {
            byte[] text = mappings.text(mapping.get());
            files.replace(kept, out -> out.write(text));
        }
    }

    /** How the file in that run's folder is laid out, once its run has begun. */
    Layout layoutIn(Path folder) throws IOException {
        Path kept = folder.resolve(FILE_NAME);
        return Files.exists(kept)
                ? Mappings.read(FILE_NAME, Files.readAllBytes(kept), defaultIdProperty).layout()
                : Layout.UNSAID;
    }
}
