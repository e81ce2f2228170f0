package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.NearestName;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.rollout.LoadedModel;
import rft.run.RunHeader;
import rft.run.SamplingOptions;

/** Asks two checkpoints the same tasks with the same draws. */
record CheckpointDiff(RunCheckpoint left, RunCheckpoint right) {
  private static final int ASKED = 8;

  /**
   * What to look at.
   *
   * @param task null for the tasks that differ most
   * @param count tasks to show
   * @param samples answers per task
   * @param colour what the colour of tokens will mean
   */
  record Wish(@Nullable String task, int count, int samples, TokenColour colour) {}

  DiffInspection run(Wish wish, Progress progress) throws IOException {
    RunHeader header = new Run(left.run()).header();
    List<Task> tasks = tasks(new Run(left.run()).dataset(), wish);
    SamplingOptions sampling = header.options().sampling();
    PairedAnswers ask =
        new PairedAnswers(
            tasks,
            new Run(left.run()).reward(),
            wish.samples(),
            new SamplingSettings(
                sampling.maxNewTokens(), sampling.temperature(), sampling.topP(), sampling.topK()),
            header.options().seed());
    try (LoadedModel first = left.model().open();
        LoadedModel second = right.model().open()) {
      var leftSide = new PairedAnswers.Side(first, PolicyView.TUNED);
      var rightSide = new PairedAnswers.Side(second, PolicyView.TUNED);
      List<PairedAnswers.Answered> leftAnswers = ask.of(leftSide, progress::stopRequested);
      List<PairedAnswers.Answered> rightAnswers = ask.of(rightSide, progress::stopRequested);
      List<List<PairedAnswers.Answered>> pairs =
          new ArrayList<>(PairedAnswers.paired(leftAnswers, rightAnswers).values());
      pairs.sort(
          Comparator.comparingDouble(pair -> -Math.abs(pair.get(1).mean() - pair.get(0).mean())));
      List<DiffInspection.TaskPair> shown = new ArrayList<>();
      for (List<PairedAnswers.Answered> pair :
          pairs.subList(0, Math.min(wish.count(), pairs.size()))) {
        shown.add(
            pair(
                pair.get(0).group().prompt().task(),
                ask.sights(leftSide, pair.get(0), rightSide),
                ask.sights(rightSide, pair.get(1), leftSide)));
      }
      return new DiffInspection(
          left.text(),
          right.text(),
          header.reward().name(),
          pairs.size(),
          wish.samples(),
          header.options().seed(),
          mean(leftAnswers),
          mean(rightAnswers),
          wish.colour(),
          shown);
    }
  }

  private static double mean(List<PairedAnswers.Answered> answers) {
    return answers.stream().mapToDouble(PairedAnswers.Answered::mean).average().orElse(0);
  }

  private static DiffInspection.TaskPair pair(
      Task task, List<AnswerSight> left, List<AnswerSight> right) {
    List<DiffInspection.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      pairs.add(DiffInspection.Pair.of(left.get(i), right.get(i)));
    }
    String reference = task.referenceText();
    return new DiffInspection.TaskPair(
        task.id(), task.promptText(), reference.isEmpty() ? null : reference, pairs);
  }

  /** Returns the task asked for, or some that neither run learned from. */
  private static List<Task> tasks(Dataset dataset, Wish wish) {
    if (wish.task() != null) {
      List<String> ids = dataset.tasks().stream().map(Task::id).toList();
      int place = ids.indexOf(wish.task());
      if (place < 0) {
        throw new CommandException(
            ExitCode.NOT_FOUND,
            "dataset "
                + dataset.name()
                + " has no task "
                + wish.task()
                + NearestName.hint(wish.task(), ids));
      }
      return List.of(dataset.tasks().get(place));
    }
    Splitter splitter = Splitter.standard();
    boolean tested =
        dataset.tasks().stream().anyMatch(task -> splitter.splitOf(task) == Split.TEST);
    return SplitTasks.of(dataset, tested ? Split.TEST : Split.TRAIN, Math.max(ASKED, wish.count()));
  }
}
