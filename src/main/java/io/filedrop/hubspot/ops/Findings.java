package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the command {@code check} has found in a file, and how it is shown. */
final class Findings {

    private static final int UPDATES = 5;

    /** Reasons shown one by one; the others are counted. */
    private static final int REASONS = 100;

    private final List<Mapped.Update> first = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private long rows;
    private long unchanged;
    private long failed;
    private long faults;

    void add(Mapped mapped) {
        rows++;
        if (mapped instanceof Mapped.Update update) {
            if (first.size() < UPDATES) {
                first.add(update);
            }
            return;
        }
        Outcome outcome = ((Mapped.Decided) mapped).outcome();
        if (outcome.kind() == Outcome.Kind.UNCHANGED) {
            unchanged++;
            return;
        }
        failed++;
        for (Reason reason : outcome.reasons()) {
            faults++;
            codes.merge(reason.code(), 1L, Long::sum);
            if (reasons.size() < REASONS) {
                reasons.add(
                        "  line "
                                + outcome.position().place()
                                + ", id "
                                + Words.found(outcome.id())
                                + ", "
                                + reason.code()
                                + (reason.property().isEmpty() ? "" : " " + reason.property())
                                + ": "
                                + reason.message());
            }
        }
    }

    long failed() {
        return failed;
    }

    /**
     * @param mapping name of the mapping, empty when the file's own names count
     */
    void show(String file, String mapping, PrintStream out) {
        out.println(
                file
                        + (mapping.isEmpty()
                                ? ", by the names in the file: "
                                : ", by the mapping " + mapping + ": ")
                        + Words.count(rows)
                        + " rows, "
                        + Words.count(rows - unchanged - failed)
                        + " to send, "
                        + Words.count(unchanged)
                        + " with nothing to send, "
                        + Words.count(failed)
                        + " failed. Nothing was sent.");
        if (failed > 0) {
            out.println("Codes:");
            codes.forEach((code, count) -> out.println("  " + code + " " + Words.count(count)));
            out.println("Reasons:");
            reasons.forEach(reason -> out.println(Words.name(reason)));
            if (faults > reasons.size()) {
                out.println("  and " + Words.count(faults - reasons.size()) + " more");
            }
        }
        if (!first.isEmpty()) {
            out.println("The first updates:");
            first.forEach(update -> show(update, out));
        }
    }

    private static void show(Mapped.Update update, PrintStream out) {
        out.println(
                "  line "
                        + update.position().place()
                        + ", "
                        + (update.idProperty().isEmpty()
                                ? "record id"
                                : Words.name(update.idProperty()))
                        + " "
                        + Words.found(update.id()));
        update.properties()
                .forEach(
                        (property, value) ->
                                out.println(
                                        "    "
                                                + Words.name(property)
                                                + " = "
                                                + Words.found(value)));
    }
}
