package rft.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step as it was written.
 *
 * @param step the step
 * @param at when it was written, by the trainer's clock
 * @param rollouts how many rollouts it has
 * @param metrics value by key; may be NaN or infinite
 */
public record StepRecord(int step, Instant at, int rollouts, Map<String, Double> metrics) {
  public StepRecord {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
