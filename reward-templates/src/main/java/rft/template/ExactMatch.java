package rft.template;

import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that is the text of the reference.
 *
 * <p>Pays 1 for the same text, apart from white space at both ends, else 0. A task without a
 * reference is abstained from.
 *
 * <p>Does not catch anything that is not spelled alike: where several spellings are right, most
 * right answers earn nothing.
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
