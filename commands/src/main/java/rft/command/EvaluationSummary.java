package rft.command;

import rft.loop.Evaluation;

/**
 * An evaluation in numbers, as it is printed.
 *
 * @param tasks tasks asked
 * @param samples sampled completions per task
 * @param accuracy share of sampled completions with full marks (pass@1), with its 95 % interval
 * @param passAtSamples chance that at least one of the samples has full marks, with its 95 %
 *     interval
 * @param meanReward over the samples that have one
 * @param greedy share of most likely completions with full marks, with its 95 % interval
 */
public record EvaluationSummary(
    int tasks,
    int samples,
    Evaluation.Estimate accuracy,
    Evaluation.Estimate passAtSamples,
    double meanReward,
    Evaluation.Estimate greedy) {
  static EvaluationSummary of(Evaluation sampled, Evaluation greedy) {
    int samples = sampled.tasks().get(0).rewards().size();
    return new EvaluationSummary(
        sampled.tasks().size(),
        samples,
        sampled.accuracy(),
        sampled.passAt(samples),
        sampled.meanReward(),
        greedy.accuracy());
  }
}
