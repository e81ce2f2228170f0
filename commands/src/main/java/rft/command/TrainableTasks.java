package rft.command;

import java.util.List;
import java.util.Optional;
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
    Optional<String> leftOut = leftOut(prompts.tooLong(), tasks.size(), "training");
    if (leftOut.isPresent() && prompts.kept().isEmpty()) {
      throw new CommandException(ExitCode.FAILED, leftOut.get() + "; shorten the prompts");
    }
    leftOut.ifPresent(progress::say);
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

  /**
   * Returns a sentence about tasks whose prompts do not fit; empty if all fit.
   *
   * @param tooLong those that do not
   * @param tasks how many there are with them
   * @param kind what tasks they are, for example {@code training}
   */
  static Optional<String> leftOut(List<PromptSet.TooLong> tooLong, int tasks, String kind) {
    if (tooLong.isEmpty()) {
      return Optional.empty();
    }
    PromptSet.TooLong first = tooLong.get(0);
    int count = tooLong.size();
    return Optional.of(
        count
            + " of "
            + tasks
            + " "
            + kind
            + " tasks "
            + (count == 1
                ? "is left out, because its prompt does"
                : "are left out, because their prompts do")
            + " not fit: "
            + first.taskId()
            + " has "
            + first.tokens()
            + " tokens, there is room for "
            + first.limit()
            + " beside the answer (--max-new-tokens)");
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
