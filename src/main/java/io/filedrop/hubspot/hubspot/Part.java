package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Sentence;
import java.util.List;
import java.util.OptionalLong;

/**
 * One call that has to be made for a batch: at first all of its inputs, later what is left of them.
 *
 * @param read whether the listings are only looked at, after an attempt of unknown end
 * @param attempt how often this was tried before
 * @param since as {@code System.nanoTime()}, when these inputs were due for the first time
 * @param notBefore as {@code System.nanoTime()}, when the call is due
 * @param why it is due only then
 * @param newer whether an earlier call carried older values of the same listings: none of those may
 *     still be on its way
 */
record Part(
        List<Input> inputs,
        boolean read,
        int attempt,
        long since,
        long notBefore,
        Sentence why,
        boolean newer) {

    static Part update(List<Input> inputs, long now) {
        return new Part(List.copyOf(inputs), false, 0, now, now, Why.ITS_TURN.of(), false);
    }

    /** Rows that earlier rows of the same listings were sent before. */
    static Part newer(List<Input> inputs, long now) {
        return new Part(List.copyOf(inputs), false, 0, now, now, Why.OLDER_UPDATES.of(), true);
    }

    /**
     * When its call is due.
     *
     * @param holdUntil when an earlier attempt of the batch can no longer arrive
     */
    long due(OptionalLong holdUntil) {
        return newer && holdUntil.isPresent() ? later(notBefore, holdUntil.getAsLong()) : notBefore;
    }

    /** The later of two times as {@code System.nanoTime()}. */
    static long later(long nanos, long other) {
        return nanos - other > 0 ? nanos : other;
    }

    /** Where its records stand in the file, for people: the first place and the last. */
    String places() {
        String first = inputs.get(0).rows().get(0).position().place();
        List<Update> lastRows = inputs.get(inputs.size() - 1).rows();
        String last = lastRows.get(lastRows.size() - 1).position().place();
        return first.equals(last) ? first : first + " - " + last;
    }

    /** The same again, at another time. */
    Part again(long at, Sentence because) {
        return again(inputs, read, at, because);
    }

    /** Some of it again, at another time; its own values may well arrive twice. */
    Part again(List<Input> some, boolean look, long at, Sentence because) {
        return new Part(List.copyOf(some), look, attempt + 1, since, at, because, false);
    }

    /** Half of it, tried from the beginning. */
    Part only(List<Input> half) {
        return new Part(List.copyOf(half), read, 0, notBefore, notBefore, why, false);
    }
}
