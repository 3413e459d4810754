package io.filedrop.hubspot.run;

/** Hears what a start finds, and what ends the program, beside what {@link RunListener} hears. */
public interface Endings {

    /** The account of a run was handed out by a program that ended before it could say so. */
    void reported(Report report);

    /** A run that the start found cannot go on. */
    void setBack();

    /** The disk cannot be trusted any more, or the memory is used up: the program ends at once. */
    void mustEnd(Throwable fault);
}
