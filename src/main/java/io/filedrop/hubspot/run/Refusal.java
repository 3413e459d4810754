package io.filedrop.hubspot.run;

/** Says why a file as a whole cannot be used. */
public interface Refusal {

    Reason reason();
}
