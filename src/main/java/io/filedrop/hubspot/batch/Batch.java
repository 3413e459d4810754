package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.run.Outcome;
import java.util.List;

/**
 * What is settled together: up to 100 updates, no listing twice, and the records read on the way
 * whose outcome needs no call.
 *
 * @param number counted from 1 within a run
 */
public record Batch(long number, List<Input> inputs, List<Outcome> decided) {}
