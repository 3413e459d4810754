package io.filedrop.hubspot.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Numbers, times and names as people read them in a line of a log. */
public final class Words {

    private static final int EXCERPT = 80;

    private Words() {}

    /** A file's name on one line, whatever stands in it. */
    public static String name(Path path) {
        return name(path.toString());
    }

    /** Whether nothing is seen of that character, not even a space. */
    public static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** A name on one line: what one cannot see, or tell from a blank, is written as code points. */
    public static String name(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .forEach(
                        c -> {
                            if (isInvisible(c) || c != ' ' && Character.isSpaceChar(c)) {
                                shown.append("<U+%04X>".formatted(c));
                            } else {
                                shown.appendCodePoint(c);
                            }
                        });
        return shown.toString();
    }

    /** What was found in a file, cut so that it fits into a sentence. */
    public static String excerpt(String found) {
        return found.length() <= EXCERPT ? found : found.substring(0, EXCERPT) + "…";
    }

    /** What was found in a file, quoted, on one line, and cut so that it fits into a sentence. */
    public static String found(String found) {
        return "\"" + name(excerpt(found)) + "\"";
    }

    /** The known name that is nearest to a mistaken one, for "did you mean …"; empty for none. */
    public static String nearest(String mistaken, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(mistaken, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** How many characters must be changed, added or taken away (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /** 1234567 as 1,234,567. */
    public static String count(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }

    /** 3 h 20 min, 12 min 5 s, 12 s, 0.4 s. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        if (seconds >= 60) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds >= 10) {
            return seconds + " s";
        }
        return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
