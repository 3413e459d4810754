package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mappings of {@code config/mappings/}, and which of them a file is for. */
public final class Mappings {

    private final List<Mapping> mappings;
    private final Map<String, byte[]> texts;

    private Mappings(List<Mapping> mappings, Map<String, byte[]> texts) {
        this.mappings = List.copyOf(mappings);
        this.texts = Map.copyOf(texts);
    }

    /**
     * Reads every {@code *.yaml} in that folder, in the order of their names. No folder, no
     * mappings.
     *
     * @param defaultIdProperty for mappings whose id names no property
     * @throws IllegalArgumentException with one sentence for each mapping that cannot be used
     */
    public static Mappings load(Path folder, String defaultIdProperty) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new Mappings(List.of(), Map.of());
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
        List<Mapping> mappings = new ArrayList<>();
        Map<String, byte[]> texts = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            texts.put(name, Files.readAllBytes(file));
            try {
                mappings.add(read(name, texts.get(name), defaultIdProperty));
            } catch (MappingReader.WrongMapping e) {
                faults.add(folder.resolve(e.getMessage()).toString());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", faults));
        }
        return new Mappings(mappings, texts);
    }

    /** The mapping that this text describes. */
    static Mapping read(String name, byte[] text, String defaultIdProperty) {
        return MappingReader.read(
                name, sha256(text), new String(text, StandardCharsets.UTF_8), defaultIdProperty);
    }

    /** The text that describes that mapping. */
    byte[] text(Mapping mapping) {
        return texts.get(mapping.name());
    }

    /** Every mapping, in the order of their names. */
    public List<Mapping> all() {
        return mappings;
    }

    /**
     * The mapping for a file of that name, if there is one.
     *
     * @throws RefusedFile when more than one is for it: a guess could write to the wrong properties
     */
    public Optional<Mapping> forFile(String fileName) throws RefusedFile {
        List<Mapping> matching = mappings.stream().filter(m -> matches(m, fileName)).toList();
        if (matching.size() > 1) {
            throw new RefusedFile(
                    Reason.of(
                            Code.SEVERAL_MAPPINGS,
                            "The mappings "
                                    + matching.stream()
                                            .map(Mapping::name)
                                            .collect(Collectors.joining(" and "))
                                    + " are all for files of this name; name the file so that one of"
                                    + " them matches."));
        }
        return matching.stream().findFirst();
    }

    private static boolean matches(Mapping mapping, String fileName) {
        Path path = Path.of(fileName);
        return mapping.files().stream()
                .anyMatch(
                        glob ->
                                FileSystems.getDefault()
                                        .getPathMatcher("glob:" + glob)
                                        .matches(path));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
