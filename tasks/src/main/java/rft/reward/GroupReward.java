package rft.reward;

import java.util.List;
import rft.dataset.Task;

/**
 * Scores the whole group of one task at once: the only reward shape that the training loop knows.
 */
@FunctionalInterface
public interface GroupReward {
  /**
   * Returns one verdict per completion, in the same order.
   *
   * @param task the task all completions answer
   * @param group the completions, at least one
   */
  List<Verdict> score(Task task, List<Completion> group);
}
