package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mappings of {@code config/mappings/}, the ready ones that come with the program, and which of
 * them a file is for.
 */
public final class Mappings {

    /** The ready mappings, resources below {@code mappings/}; one of the same name replaces it. */
    static final List<String> READY =
            List.of(
                    "blm.yaml",
                    "idealista.yaml",
                    "kyero.yaml",
                    "openimmo.yaml",
                    "plain.yaml",
                    "reaxml.yaml",
                    "reso-csv.yaml",
                    "reso-json.yaml",
                    "spark.yaml");

    private final List<Known> own;
    private final List<Known> ready;

    /** One mapping, its text, and the file names it is for. */
    private record Known(Mapping mapping, byte[] text, List<PathMatcher> names) {

        static Known of(Mapping mapping, byte[] text) {
            return new Known(
                    mapping, text, mapping.files().stream().map(Known::ignoringCase).toList());
        }

        /** Names as people and programs write them: {@code FEED.XML} is a {@code *.xml}. */
        private static PathMatcher ignoringCase(String glob) {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob.toLowerCase(Locale.ROOT));
        }

        boolean isFor(String fileName) {
            Path name = Path.of(fileName.toLowerCase(Locale.ROOT));
            return names.stream().anyMatch(glob -> glob.matches(name));
        }
    }

    private Mappings(List<Known> own, List<Known> ready) {
        this.own = List.copyOf(own);
        this.ready = List.copyOf(ready);
    }

    /**
     * Reads every {@code *.yaml} in that folder, in the order of their names, and the ready ones
     * that none of the same name replaces. No folder, no mappings of one's own.
     *
     * @param defaultIdProperty for mappings whose id names no property
     * @throws IllegalArgumentException with one sentence for each mapping that cannot be used
     */
    public static Mappings load(Path folder, String defaultIdProperty) throws IOException {
        List<Known> own = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> faults = new ArrayList<>();
        for (Path file : filesIn(folder)) {
            String name = file.getFileName().toString();
            byte[] text = Files.readAllBytes(file);
            names.add(name);
            try {
                own.add(Known.of(read(name, text, defaultIdProperty), text));
            } catch (MappingReader.WrongMapping e) {
                faults.add(folder.resolve(e.getMessage()).toString());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", faults));
        }
        List<Known> ready = new ArrayList<>();
        for (String name : READY) {
            if (!names.contains(name)) {
                byte[] text = ready(name);
                ready.add(Known.of(read(name, text, defaultIdProperty), text));
            }
        }
        return new Mappings(own, ready);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static byte[] ready(String name) throws IOException {
        try (InputStream in = Mappings.class.getResourceAsStream("/mappings/" + name)) {
            return in.readAllBytes();
        }
    }

    /** The mapping that this text describes. */
    static Mapping read(String name, byte[] text, String defaultIdProperty) {
        return MappingReader.read(
                name, sha256(text), new String(text, StandardCharsets.UTF_8), defaultIdProperty);
    }

    /** The text that describes that mapping. */
    byte[] text(Mapping mapping) {
        return Stream.concat(own.stream(), ready.stream())
                .filter(known -> known.mapping().name().equals(mapping.name()))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** Every mapping: those of the folder in the order of their names, then the ready ones. */
    public List<Mapping> all() {
        return Stream.concat(own.stream(), ready.stream()).map(Known::mapping).toList();
    }

    /**
     * The mapping for a file of that name, if there is one. A ready one counts only where none of
     * the folder is for the file.
     *
     * @throws RefusedFile when more than one is for it: a guess could write to the wrong properties
     */
    public Optional<Mapping> forFile(String fileName) throws RefusedFile {
        List<Known> matching = own.stream().filter(known -> known.isFor(fileName)).toList();
        if (matching.isEmpty()) {
            matching = ready.stream().filter(known -> known.isFor(fileName)).toList();
        }
        if (matching.size() > 1) {
            throw new RefusedFile(
                    Reason.of(
                            Code.SEVERAL_MAPPINGS,
                            "The mappings "
                                    + matching.stream()
                                            .map(known -> known.mapping().name())
                                            .collect(Collectors.joining(" and "))
                                    + " are all for files of this name; name the file so that one of"
                                    + " them matches."));
        }
        return matching.stream().findFirst().map(Known::mapping);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
