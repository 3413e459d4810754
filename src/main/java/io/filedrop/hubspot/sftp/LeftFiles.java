package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of one source that could not be brought into the inbox in the last visit although they are
 * wanted. Told when others are, and again every so often; each with a sentence that says why.
 */
final class LeftFiles {

    private final Condition condition;
    private final Map<String, String> whys = new TreeMap<>();

    LeftFiles(Condition condition) {
        this.condition = condition;
    }

    /** Why a file is not here, a sentence. */
    static String notFetched(RemoteFile file, SftpFault fault) {
        return Words.excerpt(Words.name(file.name()))
                + " is not fetched: "
                + Words.name(fault.getMessage());
    }

    /** Another visit begins. */
    void begin() {
        whys.clear();
    }

    /** A file is left, for the reason that the sentence says. */
    void add(String name, String why) {
        whys.put(name, why);
    }

    /** Whether a file of that name is left. */
    boolean has(String name) {
        return whys.containsKey(name);
    }

    boolean isAny() {
        return !whys.isEmpty();
    }

    /** The visit is over; {@code isLast}: and there is no other one. */
    void tell(boolean isLast) {
        if (whys.isEmpty()) {
            if (trouble().isPresent()) {
                condition.well("no file is left behind any more.");
            }
            return;
        }
        List<String> names = new ArrayList<>(whys.keySet());
        String others =
                names.size() == 1
                        ? ""
                        : " Left as well: "
                                + Words.excerpt(
                                        Words.name(
                                                String.join(", ", names.subList(1, names.size()))))
                                + ".";
        condition.trouble(
                isLast + " " + names,
                whys.get(names.get(0))
                        + others
                        + (isLast ? " Given up; run it again." : " It is tried again."));
    }

    /** The first file that is left, and why; a sentence. */
    Optional<String> trouble() {
        return condition.trouble();
    }
}
