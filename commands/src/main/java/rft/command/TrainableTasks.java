package rft.command;

import java.util.List;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.prompt.Prompt;
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
      requireRoom(prompts.kept(), model);
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
    int count = prompts.tooLong().size();
    return count
        + " of "
        + tasks
        + " training tasks "
        + (count == 1
            ? "is left out, because its prompt does"
            : "are left out, because their prompts do")
        + " not fit: "
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

  private static void requireRoom(List<Prompt> prompts, LoadedModel model) {
    int context = model.policy().config().maxPositions();
    for (Prompt prompt : prompts) {
      int answer = model.tokenizer().encode(prompt.task().referenceText()).length() + 1;
      if (prompt.tokens().length() + answer > context) {
        throw new CommandException(
            ExitCode.FAILED,
            "the reference_answer of task %s has %d tokens with its end, and its prompt %d: together more than the model's context of %d; shorten the answer or leave the row out"
                .formatted(prompt.task().id(), answer, prompt.tokens().length(), context));
      }
    }
  }

  private boolean hasNone(Split split) {
    Splitter splitter = Splitter.standard();
    return dataset.tasks().stream().noneMatch(task -> splitter.splitOf(task) == split);
  }
}
