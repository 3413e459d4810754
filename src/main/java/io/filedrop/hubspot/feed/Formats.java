package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
                        new BlmFormat(limits),
                        new XlsxFormat(limits)),
                limits);
    }

    /** What mappings call the kinds. */
    public List<String> names() {
        return formats.stream().map(Format::name).toList();
    }

    /** The kinds that files of such a name are, all of them where the name does not tell. */
    public List<Format> matching(List<String> fileNames) {
        Set<Format> matching = new LinkedHashSet<>();
        for (String name : fileNames) {
            List<Format> found = formats.stream().filter(f -> f.matches(name)).toList();
            matching.addAll(found.isEmpty() ? formats : found);
        }
        return List.copyOf(matching);
    }

    /** The kind of that name. */
    public Format named(String name) {
        return formats.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    /** Opens an update file. A packed one is unpacked beside it, under a name with a dot. */
    public Feed open(Path file, Layout layout) throws IOException, RefusedFile {
        requireSize(file);
        try {
            Optional<Packing> packing = Packing.of(file.getFileName().toString());
            if (packing.isEmpty()) {
                Format format = of(file.getFileName().toString(), layout);
                return new GuardedFeed(format.open(file, layout));
            }
            String name = packing.get().contentName(file, this::isData, limits);
            Format format = of(baseName(name), layout);
            Path unpacked = unpack(packing.get(), file, name, format);
            boolean opened = false;
            try {
                Feed feed = format.open(unpacked, layout);
                opened = true;
                return new GuardedFeed(new UnpackedFeed(feed, unpacked, Files.size(file)));
            } finally {
                if (!opened) {
                    Files.deleteIfExists(unpacked);
                }
            }
        } catch (OutOfMemoryError e) {
            // No fault of the file alone: the program ends and begins anew.
            throw e;
        } catch (RuntimeException | Error e) {
            throw refused(e);
        }
    }

    /** Writes the wanted records in the shape they were dropped in; see {@link Format#copy}. */
    public void copy(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        try {
            copyUnguarded(file, layout, wanted, out);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw refused(e);
        }
    }

    private void copyUnguarded(Path file, Layout layout, LongPredicate wanted, OutputStream out)
            throws IOException, RefusedFile {
        Optional<Packing> packing = Packing.of(file.getFileName().toString());
        if (packing.isEmpty()) {
            of(file.getFileName().toString(), layout).copy(file, layout, wanted, out);
            return;
        }
        String name = packing.get().contentName(file, this::isData, limits);
        Format format = of(baseName(name), layout);
        Path unpacked = unpack(packing.get(), file, name, format);
        try (OutputStream packed = packing.get().pack(name, new KeptOpen(out))) {
            format.copy(unpacked, layout, wanted, packed);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private Path unpack(Packing packing, Path file, String name, Format format)
            throws IOException, RefusedFile {
        String lower = name.toLowerCase(Locale.ROOT);
        String ending = format.endings().stream().filter(lower::endsWith).findFirst().orElse("");
        Path unpacked = file.resolveSibling(".unpacked" + ending);
        Files.deleteIfExists(unpacked);
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(createPrivate(unpacked))) {
            packing.unpack(file, name, limits, out);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(unpacked);
            }
        }
        return unpacked;
    }

    /** Readable by nobody else: the file may hold secrets. */
    private static Path createPrivate(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))
                : Files.createFile(file);
    }

    private boolean isData(String name) {
        return formats.stream().anyMatch(format -> format.matches(name));
    }

    private static String baseName(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1);
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

    private Format of(String name, Layout layout) throws RefusedFile {
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
                                                        + ", or one of them packed as .gz or"
                                                        + " .zip.")));
    }

    private List<String> endings() {
        return formats.stream().flatMap(format -> format.endings().stream()).toList();
    }

    /** Ends what is packed without closing what it is written to. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int at, int length) throws IOException {
            out.write(bytes, at, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
