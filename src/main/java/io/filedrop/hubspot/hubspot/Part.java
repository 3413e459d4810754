package io.filedrop.hubspot.hubspot;

import io.filedrop.hubspot.batch.Input;
import java.util.List;

/**
 * One call that has to be made for a batch: at first all of its inputs, later what is left of them.
 *
 * @param read whether the listings are only looked at, after an attempt of unknown end
 * @param attempt how often this was tried before
 * @param notBefore as {@code System.nanoTime()}, when the call is due
 * @param why it is due only then; empty when at once
 */
record Part(List<Input> inputs, boolean read, int attempt, long notBefore, String why) {

    static Part update(List<Input> inputs, long now) {
        return new Part(List.copyOf(inputs), false, 0, now, "");
    }

    /** The same again, at another time. */
    Part again(long at, String because) {
        return new Part(inputs, read, attempt + 1, at, because);
    }
}
