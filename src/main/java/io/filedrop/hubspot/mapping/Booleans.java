package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The words that mean true, and those that mean false; no others do. */
final class Booleans implements Conversion {

    private final Set<String> yes;
    private final Set<String> no;
    private final boolean ignoreCase;

    Booleans(Set<String> yes, Set<String> no, boolean ignoreCase) {
        this.yes = folded(yes, ignoreCase);
        this.no = folded(no, ignoreCase);
        this.ignoreCase = ignoreCase;
    }

    private static Set<String> folded(Set<String> words, boolean ignoreCase) {
        return words.stream()
                .map(word -> ValueTable.folded(word, ignoreCase))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String of(String text) throws Unfit {
        String word = ValueTable.folded(text, ignoreCase);
        if (yes.contains(word)) {
            return "true";
        }
        if (no.contains(word)) {
            return "false";
        }
        throw new Unfit(
                Code.BAD_BOOLEAN,
                String.join(" or ", yes) + " for true, " + String.join(" or ", no) + " for false");
    }
}
