package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * All kinds of update files, by name, packed or not. Whatever a reader throws becomes a refusal:
 * nothing that stands in a file may stop the files behind it.
 */
public final class Formats {

    private final List<Format> formats;
    private final Limits limits;

    public Formats(List<Format> formats, Limits limits) {
        this.formats = List.copyOf(formats);
        this.limits = limits;
    }

    /** Every kind there is. A new one is a class of its own and a line here. */
    public static Formats all(Limits limits) {
        return new Formats(
                List.of(
                        new CsvFormat(limits),
                        new JsonFormat(limits),
                        new NdjsonFormat(limits),
                        new XmlFormat(limits),
                        new BlmFormat(limits)),
                limits);
    }

    /** What mappings call the kinds. */
    public List<String> names() {
        return formats.stream().map(Format::name).toList();
    }

    /** Opens an update file. */
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        requireSize(file);
        try {
            return new GuardedFeed(of(file, layout).open(file, layout));
        } catch (RuntimeException | Error e) {
            throw refused(e);
        }
    }

    /** Writes the wanted records in the shape they were dropped in; see {@link Format#copy}. */
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        of(file, layout).copy(file, layout, wanted, out);
    }

    private void requireSize(Path file) throws IOException, RefusedFile {
        if (Files.size(file) > limits.file()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.FILE_TOO_LARGE,
                            "The file has "
                                    + Words.count(Files.size(file))
                                    + " bytes; "
                                    + Words.count(limits.file())
                                    + " are allowed (drop.limits.file)."));
        }
    }

    private static RefusedFile refused(Throwable fault) throws IOException {
        if (fault instanceof UncheckedIOException disk) {
            throw disk.getCause();
        }
        if (fault instanceof IllegalArgumentException option) {
            return new RefusedFile(
                    Reason.of(
                            Code.WRONG_LAYOUT,
                            "The mapping describes a layout that cannot be read: "
                                    + option.getMessage()
                                    + "."));
        }
        return new RefusedFile(
                Reason.of(
                        Code.READER_FAILED,
                        "The file cannot be read: its reader failed with "
                                + fault.getClass().getSimpleName()
                                + "."));
    }

    private Format of(Path file, Layout layout) throws RefusedFile {
        String name = file.getFileName().toString();
        return formats.stream()
                .filter(
                        format ->
                                layout.format().isEmpty()
                                        ? format.matches(name)
                                        : format.name().equals(layout.format()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedFile(
                                        Reason.of(
                                                Code.UNKNOWN_FORMAT,
                                                "A file of this name is none of the known kinds: "
                                                        + String.join(", ", endings())
                                                        + ".")));
    }

    private List<String> endings() {
        return formats.stream().flatMap(format -> format.endings().stream()).toList();
    }
}
