package rft.command;

import java.util.List;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.prompt.PromptSet;
import rft.rollout.LoadedModel;
import rft.run.Method;
import rft.run.TrainOptions;

/** Whether a dataset can be trained on, asked before a run is made of it. */
record TrainableTasks(Dataset dataset, TrainOptions options) {
  /**
   * Says what is left out.
   *
   * @throws CommandException if nothing is left, or a task lacks what the method needs
   */
  void check(LoadedModel model, Progress progress) {
    List<Task> tasks = SplitTasks.of(dataset, Split.TRAIN, Integer.MAX_VALUE);
    PromptSet prompts = model.prompts(tasks, options.sampling().maxNewTokens());
    if (!prompts.tooLong().isEmpty()) {
      String sentence = tooLong(prompts, tasks.size());
      if (prompts.kept().isEmpty()) {
        throw new CommandException(ExitCode.FAILED, sentence + "; shorten the prompts");
      }
      progress.say(sentence);
    }
    if (options.method() == Method.SFT_REFERENCE) {
      requireReferences(tasks);
    }
    if (options.validation().every() > 0 && hasNone(Split.VALIDATION)) {
      progress.say(
          "dataset "
              + dataset.name()
              + " has no task in its validation split: no accuracy is measured while training");
    }
  }

  private static String tooLong(PromptSet prompts, int tasks) {
    PromptSet.TooLong first = prompts.tooLong().get(0);
    return prompts.tooLong().size()
        + " of "
        + tasks
        + " training tasks do not fit the context: the prompt of "
        + first.taskId()
        + " has "
        + first.tokens()
        + " tokens, there is room for "
        + first.limit()
        + " beside the answer (--max-new-tokens)";
  }

  private void requireReferences(List<Task> tasks) {
    tasks.stream()
        .filter(task -> task.referenceText().isEmpty())
        .findFirst()
        .ifPresent(
            task -> {
              throw new CommandException(
                  ExitCode.FAILED,
                  "task "
                      + task.id()
                      + " of dataset "
                      + dataset.name()
                      + " has no reference_answer: --method sft imitates it, so every row needs"
                      + " one");
            });
  }

  private boolean hasNone(Split split) {
    Splitter splitter = Splitter.standard();
    return dataset.tasks().stream().noneMatch(task -> splitter.splitOf(task) == split);
  }
}
