package io.filedrop.hubspot.run;

/** Hears how runs end. */
public interface Endings {

    /** The account of a run was handed out. */
    void reported(Report report);

    /** A run failed for something that is nobody's record, and is tried again later. */
    void setBack();
}
