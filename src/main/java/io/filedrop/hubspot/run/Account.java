package io.filedrop.hubspot.run;

import java.util.List;

/** The closed account of a run: its report, and all files that tell it. */
public record Account(Report report, List<OutcomeFile> files) {}
