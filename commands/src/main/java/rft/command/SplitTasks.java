package rft.command;

import java.util.List;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.run.NumberText;

/** Picks tasks of one split of a dataset. */
final class SplitTasks {
  private SplitTasks() {}

  /**
   * Returns the first tasks of a split, in dataset order.
   *
   * @throws CommandException if the split is empty
   */
  static List<Task> of(Dataset dataset, Split split, int most) {
    Splitter splitter = Splitter.standard();
    List<Task> tasks =
        dataset.tasks().stream()
            .filter(task -> splitter.splitOf(task) == split)
            .limit(most)
            .toList();
    if (tasks.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "dataset "
              + dataset.name()
              + " has no task in its "
              + split.jsonName()
              + " split: it has "
              + NumberText.counted(dataset.tasks().size(), "row")
              + " in all, add more");
    }
    return tasks;
  }
}
