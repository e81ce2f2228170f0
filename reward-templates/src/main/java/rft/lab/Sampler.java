package rft.lab;

import java.util.List;
import rft.dataset.Task;

/** Draws completions of tasks from a model, wherever it runs. */
@FunctionalInterface
public interface Sampler {
  /**
   * Returns one group for each task that the model can be asked, in the order of the tasks; a task
   * whose prompt does not fit the model is left out.
   *
   * @param groupSize completions per task
   * @param seed of the draws: the same one gives the same completions
   */
  List<AnswerGroup> sample(List<Task> tasks, int groupSize, long seed);
}
