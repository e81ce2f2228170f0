package rft.rollout;

import java.util.List;
import rft.prompt.Prompt;
import rft.reward.Completion;

/**
 * The G rollouts of one task.
 *
 * @param position place of the task in its step, from 0
 * @param prompt the rendered task
 * @param rollouts the rollouts by index
 */
public record RolloutGroup(int position, Prompt prompt, List<Rollout> rollouts) {
  public RolloutGroup {
    if (rollouts.isEmpty()) {
      throw new IllegalArgumentException(
          "group of task " + prompt.task().id() + " has no rollouts");
    }
    rollouts = List.copyOf(rollouts);
  }

  /** Returns the text sides in order, as a reward takes them. */
  public List<Completion> completions() {
    return rollouts.stream().map(Rollout::completion).toList();
  }
}
