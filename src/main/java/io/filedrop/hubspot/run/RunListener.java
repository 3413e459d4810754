package io.filedrop.hubspot.run;

import java.util.List;

/** Hears what happens to runs. Returns at once, and never throws. */
public interface RunListener {

    /** A run begins, or goes on after a stop or a crash. */
    default void opened(Run run) {}

    /** Records have their outcome, and it is on the disk. */
    default void settled(Run run, List<Outcome> outcomes) {}

    /** The account of a run was handed out. */
    default void reported(Run run, Report report) {}

    /**
     * The run of that id failed for something that is nobody's record, and is tried again later.
     */
    default void setBack(String run) {}
}
