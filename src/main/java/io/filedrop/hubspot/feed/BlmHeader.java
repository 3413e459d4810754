package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands before the records of a BLM file.
 *
 * @param endOfField the character behind each field
 * @param endOfRecord the character behind each record
 * @param dataOffset where the records begin, in bytes
 * @param dataLine and on which line
 */
record BlmHeader(
        TextEncoding encoding,
        char endOfField,
        char endOfRecord,
        List<String> names,
        long dataOffset,
        long dataLine) {

    static BlmHeader of(Path file, Layout layout, Limits limits) throws IOException, RefusedFile {
        TextEncoding encoding = TextEncoding.of(file, layout.option("encoding"));
        if (encoding.unit() != 1) {
            throw TextEncoding.refused(
                    "the file is in UTF-16, but BLM has one byte for a character");
        }
        try (ByteRuns runs = new ByteRuns(file, encoding.mark(), limits.field())) {
            String first = line(runs);
            if (first.isEmpty()) {
                throw new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty."));
            }
            if (!first.equals("#HEADER#")) {
                throw bad(runs, "the file must begin with #HEADER#");
            }
            Map<String, String> says = new TreeMap<>();
            String line;
            while (!(line = line(runs)).equals("#DEFINITION#")) {
                int colon = line.indexOf(':');
                if (colon < 0) {
                    throw bad(runs, "a name and a value, or #DEFINITION#, is expected here");
                }
                says.put(
                        line.substring(0, colon).strip().toUpperCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            char endOfField = character(runs, says, "EOF");
            char endOfRecord = character(runs, says, "EOR");
            if (endOfField == endOfRecord) {
                throw bad(runs, "EOF and EOR must differ");
            }
            ByteRuns.Run definition = runs.next(endOfRecord);
            if (definition == null || !definition.isEnded() || definition.isCut()) {
                throw bad(runs, "the definition does not end");
            }
            List<String> names = names(runs, definition, endOfField, limits);
            if (!line(runs).equals("#DATA#")) {
                throw bad(runs, "#DATA# is expected here");
            }
            return new BlmHeader(
                    encoding, endOfField, endOfRecord, names, runs.offset(), runs.line());
        }
    }

    private static List<String> names(
            ByteRuns runs, ByteRuns.Run definition, char endOfField, Limits limits)
            throws RefusedFile {
        String text = new String(definition.bytes(), StandardCharsets.ISO_8859_1).strip();
        List<String> names =
                new ArrayList<>(
                        Arrays.stream(text.split(quoted(endOfField), -1))
                                .map(String::strip)
                                .toList());
        if (names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        if (names.isEmpty() || names.size() > limits.columns()) {
            throw bad(runs, "it defines no columns, or more than " + Words.count(limits.columns()));
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw bad(runs, "it defines a column twice");
        }
        for (String name : names) {
            if (!name.matches("[ -~]+")) {
                throw bad(runs, "the name of a column is empty, or not plain ASCII");
            }
        }
        return names;
    }

    static String quoted(char character) {
        return "\\x%02x".formatted((int) character);
    }

    private static char character(ByteRuns runs, Map<String, String> says, String name)
            throws RefusedFile {
        String value = says.getOrDefault(name, "");
        if (!value.matches("'[ -~]'")) {
            throw bad(runs, "the header must name one character as " + name + ", '^' say");
        }
        return value.charAt(1);
    }

    /** The next line that is not empty; empty at the end of the file. */
    private static String line(ByteRuns runs) throws IOException {
        ByteRuns.Run run;
        while ((run = runs.next('\n')) != null) {
            String line = new String(run.bytes(), StandardCharsets.ISO_8859_1).strip();
            if (!line.isEmpty()) {
                return line;
            }
        }
        return "";
    }

    private static RefusedFile bad(ByteRuns runs, String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        "Up to line "
                                + runs.line()
                                + ": this is not the beginning of a BLM file, "
                                + what
                                + "."));
    }
}
