package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.Reports;
import io.filedrop.hubspot.run.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A run as the page shows it.
 *
 * @param reason empty for those who may not see it: it may quote what stands in the file
 * @param reasonLanguage the reader's where the reason is one of the program's own sentences
 */
public record RunView(
        String run,
        String file,
        String source,
        String status,
        String reason,
        String reasonLanguage,
        String mapping,
        String repeatOf,
        String rows,
        String confirmed,
        String unchanged,
        String failed,
        String unknown,
        String notSent,
        boolean bad,
        String calls,
        String started,
        String finished,
        List<CodeCount> codes) {

    /**
     * How many records have that code.
     *
     * @param meaning of the code, empty when that is not known
     */
    public record CodeCount(String code, String meaning, String count) {}

    static RunView of(Reports.Summary run, boolean trusted, Locale locale) {
        Optional<String> reason = Sentences.again(run.reason(), locale);
        return new RunView(
                run.run(),
                Words.name(run.file()),
                Words.name(run.source()),
                run.status(),
                trusted ? Words.name(reason.orElse(run.reason())) : "",
                reason.isPresent() ? locale.getLanguage() : Locale.ENGLISH.getLanguage(),
                run.mapping(),
                run.repeatOf(),
                Figures.count(run.rows(), locale),
                Figures.count(run.confirmed(), locale),
                Figures.count(run.unchanged(), locale),
                Figures.count(run.failed(), locale),
                Figures.count(run.unknown(), locale),
                Figures.count(run.notSent(), locale),
                isBad(run),
                Figures.count(run.calls(), locale),
                Clocks.minute(run.startedAt()),
                Clocks.minute(run.finishedAt()),
                run.codes().entrySet().stream()
                        .map(
                                code ->
                                        new CodeCount(
                                                code.getKey(),
                                                Sentences.meaning(code.getKey(), locale),
                                                Figures.count(code.getValue(), locale)))
                        .toList());
    }

    private static boolean isBad(Reports.Summary run) {
        return run.failed() + run.unknown() > 0 || run.status().equals("refused");
    }

    /** Which runs are wanted: a part of a name, and a state, either of them empty for all. */
    static Predicate<Reports.Summary> wanted(String search, String state) {
        String part = search.strip().toLowerCase(Locale.ROOT);
        return run -> isIn(run, state) && (part.isEmpty() || names(run).contains(part));
    }

    private static boolean isIn(Reports.Summary run, String state) {
        return switch (state) {
            case "failures" -> isBad(run);
            case "completed", "parked", "refused" -> run.status().equals(state);
            default -> true;
        };
    }

    private static String names(Reports.Summary run) {
        return String.join("\n", run.run(), run.file(), run.source(), run.mapping())
                .toLowerCase(Locale.ROOT);
    }
}
