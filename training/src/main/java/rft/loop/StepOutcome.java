package rft.loop;

import java.util.List;

/**
 * Everything one step did.
 *
 * @param step counted from 1
 * @param groups the groups with verdicts and advantages
 * @param judged the same groups with reward latencies
 * @param updates one per inner iteration
 * @param learningRate of this step
 * @param watch where the time went
 */
public record StepOutcome(
    int step,
    List<ScoredGroup> groups,
    List<JudgedGroup> judged,
    List<GrpoLoop.Update> updates,
    double learningRate,
    Stopwatch watch) {
  public StepOutcome {
    groups = List.copyOf(groups);
    judged = List.copyOf(judged);
    updates = List.copyOf(updates);
  }

  /** Returns whether any update was skipped because loss or gradient was not finite. */
  public boolean skipped() {
    return updates.stream().anyMatch(GrpoLoop.Update::skipped);
  }
}
