package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The closed account of a run: its report, and all files that tell it. */
@RegisterForReflection
public record Account(Report report, List<OutcomeFile> files) {}
