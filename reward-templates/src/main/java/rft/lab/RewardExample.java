package rft.lab;

import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Verdict;

/**
 * A completion, good or bad, and what a reward must say of it.
 *
 * @param task what was asked
 * @param completion what was answered
 * @param expected what the reward must say
 * @param why one sentence for the reader; null for none
 * @param judge what the model that judges answers, word for word, so that no model is asked; null
 *     for a reward without one
 */
public record RewardExample(
    Task task,
    Completion completion,
    Expectation expected,
    @Nullable String why,
    @Nullable String judge) {
  /** Returns an example for a reward that asks no model. */
  public static RewardExample of(Task task, Completion completion, Expectation expected) {
    return new RewardExample(task, completion, expected, null, null);
  }

  /** Returns the same example with the reason for it. */
  public RewardExample because(String reason) {
    return new RewardExample(task, completion, expected, reason, judge);
  }

  /** Returns true if the verdict is as expected. */
  public boolean isMetBy(Verdict verdict) {
    return expected.isMetBy(verdict);
  }

  /** Returns true if both ask the same of a reward, whatever is expected of it. */
  boolean asksTheSameAs(RewardExample other) {
    return task.messages().equals(other.task.messages())
        && task.reference().equals(other.task.reference())
        && task.attributes().equals(other.task.attributes())
        && completion.text().equals(other.completion.text())
        && completion.toolCalls().equals(other.completion.toolCalls());
  }
}
