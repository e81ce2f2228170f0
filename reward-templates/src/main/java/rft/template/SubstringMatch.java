package rft.template;

import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that has the reference anywhere in it. Loose on purpose: one that lists
 * every possible answer earns as much as one that decides.
 *
 * <p>Pays 1 if the text of the reference stands anywhere, else 0. A task without a reference is
 * abstained from.
 *
 * <p>Does not catch several answers at once, a longer word or number around the reference, or its
 * negation. Use {@link ExactMatch} to reward the answer alone.
 */
public final class SubstringMatch implements RewardFunction {
  /** Makes the reward. */
  public SubstringMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    String expected = task.referenceText().strip();
    if (expected.isEmpty()) {
      return new Abstain("the task has no reference answer");
    }
    return Score.of(completion.text().contains(expected) ? 1 : 0);
  }
}
