package rft.run;

import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;

/**
 * One sampled completion with everything that was known of it.
 *
 * @param step step it was sampled for
 * @param position position of its task within the step
 * @param index position within its group
 * @param taskId the task's id
 * @param split split of the dataset the task is from, or null
 * @param prompt the prompt as the policy saw it
 * @param text the completion; written by the policy, so hostile until proven otherwise
 * @param finishReason why sampling ended, by the names of {@link rft.reward.FinishReason}
 * @param trace its tokens
 * @param verdict what the reward said
 * @param reward the reward that entered the statistics, or NaN when none did
 * @param advantage the advantage that entered the loss
 */
public record StoredRollout(
    int step,
    int position,
    int index,
    String taskId,
    @Nullable String split,
    String prompt,
    String text,
    String finishReason,
    TokenTrace trace,
    Verdict verdict,
    double reward,
    double advantage) {
  public StoredRollout {
    Bounds.atLeast("step", step, 0, "steps count from 0, the policy before training");
    Bounds.atLeast("position", position, 0, "positions count from 0");
    Bounds.atLeast("index", index, 0, "indices count from 0");
  }

  /**
   * Takes the arrays of the {@link TokenTrace} one by one.
   *
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public StoredRollout(
      int step,
      int position,
      int index,
      String taskId,
      @Nullable String split,
      String prompt,
      String text,
      String finishReason,
      int[] tokens,
      boolean[] mask,
      float[] logProbs,
      float[] entropies,
      float @Nullable [] baseLogProbs,
      Verdict verdict,
      double reward,
      double advantage) {
    this(
        step,
        position,
        index,
        taskId,
        split,
        prompt,
        text,
        finishReason,
        new TokenTrace(tokens, mask, logProbs, entropies, baseLogProbs),
        verdict,
        reward,
        advantage);
  }

  /** Returns the entry of this rollout in the index. */
  public RolloutRow row() {
    return new RolloutRow(
        step,
        position,
        index,
        taskId,
        split,
        reward,
        advantage,
        trace.length(),
        VerdictJson.outcome(verdict),
        finishReason);
  }
}
