package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.hubspot.Verdict.Blamed;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of inputs that were refused. One of a single row has failed; one that was merged
 * from several is taken apart, for not all of its rows need be wrong.
 *
 * @param failed the rows that are settled by it
 * @param rounds the other rows, each for itself: what is in one round is sent together, and the
 *     rows of one listing stand in rounds one after the other, in file order
 */
record Blame(List<Outcome> failed, List<List<Input>> rounds) {

    static Blame of(List<Blamed> all) {
        Blame blame = new Blame(new ArrayList<>(), new ArrayList<>());
        List<Blamed> merged = new ArrayList<>();
        for (Blamed blamed : all) {
            if (blamed.input().rows().size() > 1) {
                merged.add(blamed);
            } else {
                blame.fail(blamed.input().rows().get(0), blamed.reasons());
            }
        }
        merged.forEach(blame::takeApart);
        return blame;
    }

    /** A row that carries the very value that was refused fails, the others are sent again. */
    private void takeApart(Blamed blamed) {
        int round = 0;
        for (Update row : blamed.input().rows()) {
            List<Reason> own = blamed.reasons().stream().filter(r -> isAbout(r, row)).toList();
            if (!own.isEmpty()) {
                fail(row, own);
                continue;
            }
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round++).add(Input.of(List.of(row)));
        }
    }

    private void fail(Update row, List<Reason> reasons) {
        failed.add(Outcome.failed(row.position(), row.id(), reasons));
    }

    private static boolean isAbout(Reason reason, Update row) {
        return !reason.property().isEmpty()
                && reason.value().equals(row.properties().get(reason.property()));
    }
}
