package io.filedrop.hubspot.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * In which order the files of the inbox are taken: of each source the oldest first, then by name;
 * the sources in turns, so that none waits for all the files of another.
 */
final class TakeOrder {

    private static final Comparator<Inbox.Ready> OLDEST_FIRST =
            Comparator.comparing(Inbox.Ready::modified)
                    .thenComparing(ready -> ready.file().getFileName());

    private TakeOrder() {}

    /** A file that may be taken, or that those behind it in its source have to wait for. */
    record Candidate(Inbox.Ready file, boolean settled) {}

    /**
     * The files that may be taken now, in order.
     *
     * @param bySource what lies in the inbox
     * @param last the source that had its turn last
     */
    static List<Inbox.Ready> of(SortedMap<String, List<Candidate>> bySource, String last) {
        List<List<Inbox.Ready>> queues = new ArrayList<>();
        SortedMap<String, List<Candidate>> behind = bySource.tailMap(last + "\0");
        behind.values().forEach(files -> queues.add(queue(files)));
        for (Map.Entry<String, List<Candidate>> source : bySource.entrySet()) {
            if (!behind.containsKey(source.getKey())) {
                queues.add(queue(source.getValue()));
            }
        }
        List<Inbox.Ready> order = new ArrayList<>();
        for (int round = 0; !queues.isEmpty(); round++) {
            int nth = round;
            queues.removeIf(queue -> queue.size() <= nth);
            queues.forEach(queue -> order.add(queue.get(nth)));
        }
        return order;
    }

    /** Up to the first that is not settled: no file overtakes an older one of its source. */
    private static List<Inbox.Ready> queue(List<Candidate> files) {
        return files.stream()
                .sorted(Comparator.comparing(Candidate::file, OLDEST_FIRST))
                .takeWhile(Candidate::settled)
                .map(Candidate::file)
                .toList();
    }
}
