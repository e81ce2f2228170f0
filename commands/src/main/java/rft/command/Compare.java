package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.PromptSet;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;

/** Asks a base and a tuned model the same prompts with the same draws. */
@Command(
    name = "compare",
    description = "Compare base and tuned on the same prompts and draws.",
    footer = "  rft compare --run addition-20261124-213012-3f2a --data addition --tasks 50")
public final class Compare implements Verb<Compare.Report> {
  @Mixin private ModelFlags model = new ModelFlags();

  @Mixin private AskFlags ask = new AskFlags();

  @Option(
      names = "--base",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description = "What to compare with (default: the tuned model without what is switched on).")
  private @Nullable String base;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      completionCandidates = Names.Splits.class,
      converter = SplitName.class,
      description = "train, validation or test (default test).")
  private Split split = Split.TEST;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Most tasks to ask (default ${DEFAULT-VALUE}).")
  private int tasks = 50;

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Answers per task (default ${DEFAULT-VALUE}).")
  private int samples = 4;

  /** For picocli, which sets the options. */
  public Compare() {}

  /**
   * What the two models do with the same prompts.
   *
   * @param base how the first is called
   * @param tuned how the second is called
   * @param dataset as given
   * @param split the tasks' split
   * @param reward the check
   * @param tasks tasks that both were asked
   * @param samples answers per task and model
   * @param seed of the draws
   * @param baseAccuracy share of right answers, with its 95 % interval
   * @param tunedAccuracy the same
   * @param difference tuned minus base, paired by task, with its 95 % interval
   * @param baseMeanReward over the answers that have a reward; null if none has
   * @param tunedMeanReward the same
   * @param gained tasks of which more answers are right
   * @param lost tasks of which fewer answers are right
   * @param unchanged tasks of which as many are right
   * @param pairs every task, in dataset order
   * @param tooLong tasks left out because their prompts do not fit the context
   */
  public record Report(
      String base,
      String tuned,
      String dataset,
      String split,
      String reward,
      int tasks,
      int samples,
      long seed,
      Evaluation.Estimate baseAccuracy,
      Evaluation.Estimate tunedAccuracy,
      Evaluation.Estimate difference,
      @Nullable Double baseMeanReward,
      @Nullable Double tunedMeanReward,
      int gained,
      int lost,
      int unchanged,
      List<TaskComparison> pairs,
      List<PromptSet.TooLong> tooLong)
      implements Result {
    public Report {
      pairs = List.copyOf(pairs);
      tooLong = List.copyOf(tooLong);
    }

    /** Returns the first tasks of an outcome, where most changed first. */
    public List<TaskComparison> contrasts(Contrast.Outcome outcome, int most) {
      return pairs.stream()
          .filter(pair -> pair.outcome() == outcome)
          .sorted((a, b) -> Integer.compare(Math.abs(b.change()), Math.abs(a.change())))
          .limit(most)
          .toList();
    }

    /** Returns {@code FAILED} if not a single answer has a reward: nothing was compared. */
    @Override
    public ExitCode exitCode() {
      return unscored().size() == answers() ? ExitCode.FAILED : ExitCode.OK;
    }

    private int answers() {
      return 2 * tasks * samples;
    }

    /** Returns why answers have no reward, for each that has none. */
    private List<String> unscored() {
      return pairs.stream()
          .flatMap(pair -> Stream.concat(pair.base().stream(), pair.tuned().stream()))
          .filter(answer -> answer.reward() == null)
          .map(AnswerSight::reason)
          .toList();
    }

    /** Returns how many tasks are left out, how many answers have no reward, and why. */
    @Override
    public Optional<String> problem() {
      List<String> problems = new ArrayList<>();
      TrainableTasks.leftOut(tooLong, tasks + tooLong.size(), split).ifPresent(problems::add);
      if (!unscored().isEmpty()) {
        problems.add(Evaluation.unscoredSentence(unscored(), answers()));
      }
      return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    @Override
    public Optional<String> text() {
      return Optional.of(CompareText.of(this));
    }
  }

  /**
   * One task, answered by both.
   *
   * @param outcome whether more, as many or fewer answers are right
   * @param taskId the task
   * @param prompt the user's text
   * @param reference the reference answer; null if there is none
   * @param base answers of the first model, by draw
   * @param tuned answers of the second, by draw
   * @param basePassed how many of the first are right
   * @param tunedPassed how many of the second are right
   */
  public record TaskComparison(
      Contrast.Outcome outcome,
      String taskId,
      String prompt,
      @Nullable String reference,
      List<AnswerSight> base,
      List<AnswerSight> tuned,
      int basePassed,
      int tunedPassed) {
    public TaskComparison {
      base = List.copyOf(base);
      tuned = List.copyOf(tuned);
    }

    /** Returns how many more answers are right. */
    int change() {
      return tunedPassed - basePassed;
    }

    /** Returns the draw that shows the change best. */
    public int telling() {
      for (int i = 0; i < base.size(); i++) {
        boolean gains = passes(tuned.get(i)) && !passes(base.get(i));
        boolean loses = passes(base.get(i)) && !passes(tuned.get(i));
        if (outcome == Contrast.Outcome.GAINED
            ? gains
            : outcome == Contrast.Outcome.LOST && loses) {
          return i;
        }
      }
      return 0;
    }

    private static boolean passes(AnswerSight answer) {
      Double reward = answer.reward();
      return reward != null && reward >= Evaluation.FULL_MARKS;
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    if (samples < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "--samples (" + samples + ") and --tasks (" + tasks + ") must be at least 1");
    }
    Installation installation = Installation.current();
    Model tuned = model.chosen(installation);
    if (base == null && tuned.tuned().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nothing to compare: give what was tuned with --run or --adapter, or another model with"
              + " --base");
    }
    RewardUnit unit = ask.unit(installation);
    PairedAnswers answers =
        new PairedAnswers(
            ask.tasks(installation, split, tasks),
            unit,
            samples,
            new SamplingSettings(ask.maxNewTokens, ask.temperature, 1, 0),
            ask.seed);
    try (LoadedModel loaded = tuned.open()) {
      PairedAnswers.Side tunedSide = new PairedAnswers.Side(loaded, PolicyView.TUNED);
      if (base == null && loaded.policy().hasBase()) {
        return report(
            answers, new PairedAnswers.Side(loaded, PolicyView.BASE), tunedSide, tuned, progress);
      }
      Model other =
          base == null ? tuned.alone() : installation.modelNamed(base).withDevice(tuned.device());
      try (LoadedModel second = other.open()) {
        return report(
            answers, new PairedAnswers.Side(second, PolicyView.TUNED), tunedSide, tuned, progress);
      }
    }
  }

  private Report report(
      PairedAnswers answers,
      PairedAnswers.Side baseSide,
      PairedAnswers.Side tunedSide,
      Model tuned,
      Progress progress) {
    progress.report(new Progress.Update("base", 0, 3, List.of()));
    List<PairedAnswers.Answered> before = answers.of(baseSide, progress::stopRequested);
    progress.report(new Progress.Update("tuned", 1, 3, List.of()));
    List<PairedAnswers.Answered> after = answers.of(tunedSide, progress::stopRequested);
    progress.report(new Progress.Update("compare", 2, 3, List.of()));
    List<TaskComparison> pairs = new ArrayList<>();
    List<Evaluation.TaskResult> baseResults = new ArrayList<>();
    List<Evaluation.TaskResult> tunedResults = new ArrayList<>();
    for (List<PairedAnswers.Answered> pair : PairedAnswers.paired(before, after).values()) {
      Evaluation.TaskResult was = pair.get(0).result();
      Evaluation.TaskResult now = pair.get(1).result();
      baseResults.add(was);
      tunedResults.add(now);
      Task task = pair.get(0).group().prompt().task();
      pairs.add(
          new TaskComparison(
              Contrast.outcomeOf(was, now),
              task.id(),
              task.promptText(),
              task.referenceText().isEmpty() ? null : task.referenceText(),
              answers.sights(baseSide, pair.get(0), tunedSide),
              answers.sights(tunedSide, pair.get(1), baseSide),
              was.passed(),
              now.passed()));
    }
    Evaluation old = new Evaluation(baseResults);
    Evaluation tunedNow = new Evaluation(tunedResults);
    progress.report(new Progress.Update("compare", 3, 3, List.of()));
    return new Report(
        base != null ? base : String.valueOf(tuned.folder().getFileName()),
        tuned.tuned().orElse(String.valueOf(tuned.folder().getFileName())),
        ask.data,
        split.jsonName(),
        answers.reward().name(),
        pairs.size(),
        samples,
        ask.seed,
        old.accuracy(),
        tunedNow.accuracy(),
        old.differenceTo(tunedNow),
        RunGroups.finite(old.meanReward()),
        RunGroups.finite(tunedNow.meanReward()),
        count(pairs, Contrast.Outcome.GAINED),
        count(pairs, Contrast.Outcome.LOST),
        count(pairs, Contrast.Outcome.UNCHANGED),
        pairs,
        answers.tooLong(baseSide, tunedSide));
  }

  private static int count(List<TaskComparison> pairs, Contrast.Outcome outcome) {
    return (int) pairs.stream().filter(pair -> pair.outcome() == outcome).count();
  }
}
