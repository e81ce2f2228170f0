package rft.command;

import org.jspecify.annotations.Nullable;
import rft.loop.Evaluation;

/**
 * An evaluation in numbers, as it is printed.
 *
 * @param tasks tasks asked
 * @param samples sampled completions per task
 * @param accuracy share of sampled completions with full marks (pass@1), with its 95 % interval
 * @param passAtSamples chance that at least one of the samples has full marks, with its 95 %
 *     interval
 * @param meanReward over the samples that have one; null if none has
 * @param greedy share of most likely completions with full marks, with its 95 % interval
 * @param unscored sampled completions without a reward, which count as wrong
 * @param problem how many those are, and why the first has no reward; null if there are none
 */
public record EvaluationSummary(
    int tasks,
    int samples,
    Evaluation.Estimate accuracy,
    Evaluation.Estimate passAtSamples,
    @Nullable Double meanReward,
    Evaluation.Estimate greedy,
    int unscored,
    @Nullable String problem) {
  static EvaluationSummary of(Evaluation sampled, Evaluation greedy) {
    int samples = sampled.tasks().get(0).rewards().size();
    return new EvaluationSummary(
        sampled.tasks().size(),
        samples,
        sampled.accuracy(),
        sampled.passAt(samples),
        RunGroups.finite(sampled.meanReward()),
        greedy.accuracy(),
        sampled.unscored().size(),
        sampled.unscored().isEmpty() ? null : sampled.unscoredSentence());
  }

  /** Returns whether not a single completion has a reward, so that nothing was measured. */
  boolean measuredNothing() {
    return unscored == tasks * samples;
  }
}
