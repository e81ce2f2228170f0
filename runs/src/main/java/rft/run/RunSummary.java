package rft.run;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of runs.
 *
 * @param id the run's id
 * @param created when it was created; for a damaged run when its folder last changed
 * @param status where it stands
 * @param header what it is, or null when that cannot be read
 * @param lastStep last complete step; 0 before the first
 * @param lastMetrics latest value of every metric
 * @param problem what is damaged, in one sentence, or null
 */
public record RunSummary(
    String id,
    Instant created,
    RunStatus status,
    @Nullable RunHeader header,
    int lastStep,
    Map<String, Double> lastMetrics,
    @Nullable String problem) {
  public RunSummary {
    lastMetrics = Map.copyOf(lastMetrics);
  }

  /** Returns true if the run's files cannot be read. */
  public boolean isDamaged() {
    return status == RunStatus.DAMAGED;
  }
}
