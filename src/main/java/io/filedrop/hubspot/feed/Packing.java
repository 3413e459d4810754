package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Words;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What is around an update file: gzip, or a zip archive with one update file in it. */
enum Packing {
    GZIP(".gz") {
        @Override
        String contentName(Path file, Predicate<String> isData, Limits limits) throws IOException {
            String name = file.getFileName().toString();
            return name.substring(0, name.length() - ".gz".length());
        }

        @Override
        void unpack(Path file, String content, Limits limits, OutputStream out)
                throws IOException, RefusedFile {
            if (!TextEncoding.startsWith(TextEncoding.start(file), 0x1F, 0x8B)) {
                throw ZipDirectory.bad("by its name it is packed with gzip, but it is not");
            }
            Allowed allowed = new Allowed(limits, Files.size(file));
            byte[] buffer = new byte[1 << 16];
            try (Disk disk = new Disk(Files.newInputStream(file))) {
                InputStream in = null;
                while (true) {
                    int length;
                    try {
                        if (in == null) {
                            in = new GzipCompressorInputStream(new BufferedInputStream(disk), true);
                        }
                        length = in.read(buffer);
                    } catch (IOException e) {
                        if (disk.failed()) {
                            throw e;
                        }
                        throw ZipDirectory.bad("it is damaged or cut (" + e.getMessage() + ")");
                    }
                    if (length < 0) {
                        return;
                    }
                    allowed.add(length);
                    out.write(buffer, 0, length);
                }
            }
        }

        @Override
        OutputStream pack(String content, OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    },

    ZIP(".zip") {
        @Override
        String contentName(Path file, Predicate<String> isData, Limits limits)
                throws IOException, RefusedFile {
            try (ZipDirectory directory = new ZipDirectory(file, limits)) {
                List<String> data = new ArrayList<>();
                List<String> texts = new ArrayList<>();
                for (ZipDirectory.Entry entry : directory.entries()) {
                    String base = entry.baseName().toLowerCase(Locale.ROOT);
                    if (entry.isFolder() || isPassedOver(entry.name(), base)) {
                        continue;
                    }
                    if (ends(base, ARCHIVES)) {
                        throw ZipDirectory.bad(
                                "it holds another archive, " + Words.name(entry.name()));
                    }
                    if (base.endsWith(".txt")) {
                        texts.add(entry.name());
                    } else if (isData.test(entry.baseName())) {
                        data.add(entry.name());
                    } else if (!ends(base, BESIDE)) {
                        throw ZipDirectory.bad(
                                "it holds a file of an unknown kind, "
                                        + Words.name(Words.excerpt(entry.name())));
                    }
                }
                List<String> found = data.isEmpty() ? texts : data;
                if (found.size() != 1) {
                    throw ZipDirectory.bad(
                            found.isEmpty()
                                    ? "it holds no update file"
                                    : "it holds more than one update file: "
                                            + Words.excerpt(Words.name(String.join(", ", found)))
                                            + "; pack each for itself");
                }
                return found.get(0);
            }
        }

        @Override
        void unpack(Path file, String content, Limits limits, OutputStream out)
                throws IOException, RefusedFile {
            try (ZipDirectory directory = new ZipDirectory(file, limits)) {
                for (ZipDirectory.Entry entry : directory.entries()) {
                    if (entry.name().equals(content)) {
                        directory.unpack(entry, out);
                    }
                }
            }
        }

        @Override
        OutputStream pack(String content, OutputStream out) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry(content));
            return zip;
        }
    };

    private static final List<String> ARCHIVES =
            List.of(".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".jar");

    /** What agencies send beside the data; it says nothing about the records. */
    private static final List<String> BESIDE =
            List.of(
                    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg",
                    ".heic", ".pdf", ".mp4", ".mov");

    private final String ending;

    Packing(String ending) {
        this.ending = ending;
    }

    /** By the file's name. */
    static Optional<Packing> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        for (Packing packing : values()) {
            if (name.endsWith(packing.ending)) {
                return Optional.of(packing);
            }
        }
        return Optional.empty();
    }

    /**
     * The name of the update file within. It is never used as a path.
     *
     * @param isData whether a file of that name is an update file
     */
    abstract String contentName(Path file, Predicate<String> isData, Limits limits)
            throws IOException, RefusedFile;

    /** Unpacks it, as far as the limits allow. */
    abstract void unpack(Path file, String content, Limits limits, OutputStream out)
            throws IOException, RefusedFile;

    /** Packs what is written in the same way, under the same name. */
    abstract OutputStream pack(String content, OutputStream out) throws IOException;

    private static boolean isPassedOver(String name, String base) {
        return name.startsWith("__MACOSX/")
                || base.startsWith(".")
                || base.equals("thumbs.db")
                || base.equals("desktop.ini");
    }

    private static boolean ends(String name, List<String> endings) {
        return endings.stream().anyMatch(name::endsWith);
    }

    /** Remembers whether it was the disk that failed, and not what stands on it. */
    private static final class Disk extends FilterInputStream {

        private boolean failed;

        Disk(InputStream in) {
            super(in);
        }

        boolean failed() {
            return failed;
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            try {
                return super.read(target, at, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
