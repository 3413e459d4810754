package io.filedrop.hubspot.page;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reasons of a run, grouped by code, each with some examples. Reads in one pass. */
final class ReasonGroups {

    private static final int EXAMPLES = 5;
    private static final int GROUPS = 100;

    private ReasonGroups() {}

    /** One line of a reasons file. */
    public record Example(String line, String id, String property, String value, String message) {}

    /**
     * All reasons of one code, and the first of them.
     *
     * @param meaning of the code, empty when that is not known
     */
    public record Group(String code, String meaning, String count, List<Example> examples) {}

    private static final class Gathered {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }

    /** The groups of that reasons file, the largest first. */
    static List<Group> of(Path reasons, Locale locale) throws IOException {
        Map<String, Gathered> byCode = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(reasons)) {
            for (NamedCsvRecord row : rows) {
                String code = row.getField("code");
                if (byCode.size() >= GROUPS && !byCode.containsKey(code)) {
                    code = "…";
                }
                Gathered gathered = byCode.computeIfAbsent(code, c -> new Gathered());
                gathered.count++;
                if (gathered.examples.size() < EXAMPLES) {
                    gathered.examples.add(
                            new Example(
                                    row.getField("line"),
                                    row.getField("id"),
                                    row.getField("property"),
                                    row.getField("value"),
                                    row.getField("message")));
                }
            }
        }
        return byCode.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                (Map.Entry<String, Gathered> e) -> -e.getValue().count))
                .map(
                        e ->
                                new Group(
                                        e.getKey(),
                                        Sentences.meaning(e.getKey(), locale),
                                        Figures.count(e.getValue().count, locale),
                                        e.getValue().examples))
                .toList();
    }
}
