package io.filedrop.hubspot.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and ways of a mapping, and whether an element is meant by one. A plain name means elements
 * in no namespace or in that of the root element; {@code {uri}name} those of that namespace.
 *
 * @param records the ways to the record elements; one of a single name leads there from anywhere
 */
record XmlNames(List<List<String>> records) {

    private static final Pattern STEP = Pattern.compile("(\\{[^}]*})?[^/{}]+");

    static XmlNames of(Layout layout) {
        String said =
                layout.option("record")
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "record must name the element that holds one"
                                                        + " record"));
        return new XmlNames(ways(said));
    }

    /** The ways to record elements, with blanks between several. */
    static List<List<String>> ways(String said) {
        List<List<String>> records = new ArrayList<>();
        for (String way : said.strip().split("\\s+")) {
            records.add(steps(way));
        }
        return records;
    }

    /** The names on a way like {@code price/@currency}. */
    static List<String> steps(String way) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(way);
        int at = 0;
        while (step.find(at) && step.start() == at) {
            steps.add(step.group());
            at = step.end();
            if (at == way.length()) {
                return steps;
            }
            at++;
        }
        throw new IllegalArgumentException("a way like a/b is expected, not " + way);
    }

    /** Whether an element is meant by that name. */
    static boolean means(String name, String uri, String local, String rootUri) {
        return name.startsWith("{")
                ? name.equals("{" + uri + "}" + local)
                : name.equals(local) && (uri.isEmpty() || uri.equals(rootUri));
    }

    /** Whether the element at the end of that way, each step {@code {uri}local}, is a record. */
    boolean isRecord(List<String[]> way, String rootUri) {
        for (List<String> wanted : records) {
            int skipped = way.size() - wanted.size();
            if (wanted.size() == 1 ? skipped < 0 : skipped != 0) {
                continue;
            }
            boolean all = true;
            for (int i = 0; i < wanted.size(); i++) {
                String[] step = way.get(skipped + i);
                all &= means(wanted.get(i), step[0], step[1], rootUri);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** Whether records can stand below a root element of that name. */
    boolean canBegin(String uri, String local) {
        return records.stream()
                .anyMatch(way -> way.size() == 1 || means(way.get(0), uri, local, uri));
    }

    /** Whether the name would fit, but for the namespace. */
    boolean almost(String local) {
        return records.stream()
                .anyMatch(way -> way.get(way.size() - 1).replaceFirst("\\{.*}", "").equals(local));
    }
}
