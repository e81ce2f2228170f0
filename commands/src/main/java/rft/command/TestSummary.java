package rft.playground;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.loop.Evaluation;

/**
 * Two models on the same prompts with the same seeds, in numbers. Intervals are 95 % bootstrap ones
 * over prompts.
 *
 * @param at when it was measured, in ISO-8601
 * @param base what was compared with
 * @param tuned what was compared
 * @param step of the tuned checkpoint; null where none was named
 * @param dataset its name
 * @param sha256 of the dataset
 * @param rows which split, or {@code first}
 * @param reward what judged
 * @param prompts that both answered
 * @param skipped prompts that did not fit the context
 * @param samples answers per prompt and model
 * @param seed of the draws
 * @param temperature of the draws
 * @param baseAccuracy share of answers with full marks
 * @param tunedAccuracy the same
 * @param accuracyDifference tuned minus base, paired by prompt
 * @param baseReward mean; null if no answer has a reward
 * @param tunedReward mean; null if no answer has a reward
 * @param rewardDifference tuned minus base, paired by prompt; null if no prompt has both
 * @param gained prompts with a higher mean reward
 * @param lost prompts with a lower one
 * @param same prompts with an equal one
 */
record TestSummary(
    String at,
    String base,
    String tuned,
    @Nullable Integer step,
    String dataset,
    String sha256,
    String rows,
    String reward,
    int prompts,
    int skipped,
    int samples,
    long seed,
    double temperature,
    Evaluation.Estimate baseAccuracy,
    Evaluation.Estimate tunedAccuracy,
    Evaluation.Estimate accuracyDifference,
    @Nullable Double baseReward,
    @Nullable Double tunedReward,
    Evaluation.@Nullable Estimate rewardDifference,
    int gained,
    int lost,
    int same) {
  static int count(List<PairedRow> rows, String outcome) {
    return (int) rows.stream().filter(row -> row.outcome().equals(outcome)).count();
  }
}
