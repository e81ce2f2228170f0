package rft.template;

import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that is the text of the reference, apart from white space at both ends. A
 * task without a reference is abstained from.
 */
public final class ExactMatch implements RewardFunction {
  /** Makes the reward. */
  public ExactMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    String expected = task.referenceText().strip();
    if (expected.isEmpty()) {
      return new Abstain("the task has no reference answer");
    }
    boolean equal = completion.text().strip().equals(expected);
    return equal ? Score.of(1, "right") : Score.of(0, "another text");
  }
}
