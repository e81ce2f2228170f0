package rft.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rft.loop.Evaluation;

/**
 * Two models on the same prompts with the same seeds, in numbers. Intervals are 95 % ones over
 * prompts.
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
public record TestSummary(
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
  private static final double ROUNDING = 1e-9;

  /**
   * What was asked of whom.
   *
   * @param base what was compared with
   * @param tuned what was compared
   * @param step of the tuned checkpoint; null where none was named
   * @param dataset its name
   * @param sha256 of the dataset
   * @param rows which split, or {@code first}
   * @param reward what judged
   * @param skipped prompts that did not fit the context
   * @param samples answers per prompt and model
   * @param seed of the draws
   * @param temperature of the draws
   */
  public record Asked(
      String base,
      String tuned,
      @Nullable Integer step,
      String dataset,
      String sha256,
      String rows,
      String reward,
      int skipped,
      int samples,
      long seed,
      double temperature) {}

  /**
   * Returns the numbers of now.
   *
   * @throws IllegalArgumentException if both are not of the same tasks in the same order
   */
  public static TestSummary of(Asked asked, Evaluation base, Evaluation tuned) {
    int[] outcomes = new int[3];
    for (int i = 0; i < base.tasks().size(); i++) {
      double change = tuned.tasks().get(i).meanReward() - base.tasks().get(i).meanReward();
      outcomes[change > ROUNDING ? 0 : change < -ROUNDING ? 1 : 2]++;
    }
    return new TestSummary(
        Instant.now().toString(),
        asked.base(),
        asked.tuned(),
        asked.step(),
        asked.dataset(),
        asked.sha256(),
        asked.rows(),
        asked.reward(),
        base.tasks().size(),
        asked.skipped(),
        asked.samples(),
        asked.seed(),
        asked.temperature(),
        base.accuracy(),
        tuned.accuracy(),
        base.differenceTo(tuned),
        finite(base.meanReward()),
        finite(tuned.meanReward()),
        base.rewardDifferenceTo(tuned).orElse(null),
        outcomes[0],
        outcomes[1],
        outcomes[2]);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
