package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The names in a header: blanks of any kind around them are left out, and none is guessed. */
final class HeaderNames {

    private HeaderNames() {}

    /**
     * Those names, in their order. The last one may be empty.
     *
     * @param refusal of the file, for a sentence about the name that cannot be used
     */
    static List<String> of(List<String> written, Function<String, RefusedFile> refusal)
            throws RefusedFile {
        List<String> names = new ArrayList<>();
        for (String field : written) {
            String name = bare(field);
            int place = names.size() + 1;
            if (hasInvisible(name)) {
                throw refusal.apply(
                        "the name of column "
                                + place
                                + " holds invisible characters: "
                                + Words.name(Words.excerpt(name)));
            }
            if (name.isEmpty() && place < written.size()) {
                throw refusal.apply("column " + place + " has no name");
            }
            if (names.contains(name)) {
                throw refusal.apply(
                        "the name "
                                + Words.excerpt(name)
                                + " stands twice, in columns "
                                + (names.indexOf(name) + 1)
                                + " and "
                                + place);
            }
            names.add(name);
        }
        return names;
    }

    /** Whether a person who looks at the name does not see all of it. */
    static boolean hasInvisible(String name) {
        return name.codePoints().anyMatch(Words::isInvisible);
    }

    /** Without blanks around it, those that do not break among them. */
    static String bare(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isBlank(name.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
