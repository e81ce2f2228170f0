package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.advantage.GroupAdvantage;
import rft.dataset.Dataset;
import rft.lab.AnswerGroup;
import rft.lab.DiffPlan;
import rft.lab.FullMarks;
import rft.lab.JudgedGroup;
import rft.lab.SourceDiff;
import rft.lab.VerdictDiff;
import rft.reward.FailurePolicy;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.run.AdvantageScale;
import rft.run.RunHome;
import rft.run.TrainOptions;
import rft.worker.WorkerReward;

/**
 * Says what changes from one reward to another, or from what was said in a run to a reward, on the
 * same stored answers.
 */
@Command(
    name = "reward diff",
    description = "Say what another reward changes on stored answers.",
    footer = {"  rft reward diff old.java new.java --run RUN", "  rft reward diff RUN new.java"})
public final class RewardDiff implements Verb<RewardDiff.Report> {
  @Parameters(
      arity = "1..2",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = {
        "The old reward and the new one. One alone is compared with what was said when the answers"
            + " were sampled; so is a run's name in place of the old one."
      })
  private List<String> rewards = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The answers of this run.")
  private @Nullable String run;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Only those of this step (default: from the first on).")
  private @Nullable Integer step;

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "The answers that a cell sampled (%%rollout ... --as NAME).")
  private @Nullable String rollouts;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "Where their tasks are from (default: the run's).")
  private @Nullable String data;

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "Groups at most (default ${DEFAULT-VALUE}).")
  private int groups = 256;

  @Option(
      names = "--threshold",
      paramLabel = "V",
      description = "From which reward on an answer passes (default ${DEFAULT-VALUE}).")
  private double threshold = 1;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 5;

  /** For picocli, which sets the options. */
  public RewardDiff() {}

  /**
   * What changes.
   *
   * @param first name of the old reward, or of what was said before
   * @param second name of the new reward
   * @param answersOf whose answers they are
   * @param diff what changes
   * @param source unified diff of the two sources; empty if they are equal, null if they cannot be
   *     compared
   * @param leftOut groups whose tasks the dataset lacks
   * @param seconds wall time of all of it
   */
  public record Report(
      String first,
      String second,
      String answersOf,
      VerdictDiff diff,
      @Nullable String source,
      int leftOut,
      double seconds)
      implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(RewardDiffText.of(this));
    }
  }

  /** The old reward: to be loaded, or what was said before. */
  private record Old(String name, @Nullable RewardUnit unit, boolean isStored) {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (groups < 1) {
      throw new IllegalArgumentException("--groups (" + groups + ") must be at least 1");
    }
    long start = System.nanoTime();
    Installation installation = Installation.current();
    RewardUnit second = installation.reward(rewards.get(rewards.size() - 1));
    Optional<Run> named = namedRun();
    Optional<Run> from = run == null ? named : Optional.of(Run.named(run));
    StoredAnswers stored = stored(installation, from);
    Old first = old(installation, from, named.isPresent());
    List<AnswerGroup> answers = stored.answers();
    progress.report(new Progress.Update("judge", 0, answers.size(), List.of()));
    RewardUnit firstUnit = first.unit();
    List<List<Verdict>> was =
        first.isStored() || firstUnit == null
            ? stored.groups().stream().map(StoredAnswers.Group::before).toList()
            : verdicts(firstUnit, answers);
    List<List<Verdict>> is = verdicts(second, answers);
    progress.report(new Progress.Update("judge", answers.size(), answers.size(), List.of()));
    List<VerdictDiff.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Integer at = stored.groups().get(i).step();
      pairs.add(new VerdictDiff.Pair(at, answers.get(i), was.get(i), is.get(i)));
    }
    return new Report(
        first.name(),
        second.name(),
        from.map(known -> "run " + known.id()).orElseGet(() -> String.valueOf(rollouts)),
        plan(from).diff(pairs),
        firstUnit == null ? null : source(firstUnit, second),
        stored.unknownTasks(),
        (System.nanoTime() - start) / 1e9);
  }

  /** Returns the run that stands in place of the old reward, unless a reward has that name. */
  private Optional<Run> namedRun() throws IOException {
    String name = rewards.get(0);
    boolean isRun =
        rewards.size() == 2
            && (Workspace.current().get(name, Run.class).isPresent()
                || RunHome.standard().ids().contains(name));
    return isRun ? Optional.of(Run.named(name)) : Optional.empty();
  }

  private StoredAnswers stored(Installation installation, Optional<Run> from) throws IOException {
    if (from.isPresent() == (rollouts != null)) {
      throw new CommandException(
          ExitCode.USAGE,
          from.isPresent()
              ? "a run and --rollouts exclude each other: give one"
              : "say which answers: --run RUN, --rollouts NAME, or a run in place of the old"
                  + " reward");
    }
    if (from.isEmpty()) {
      Optional<Dataset> dataset =
          data == null ? Optional.empty() : Optional.of(installation.dataset(data));
      return StoredAnswers.ofCell(
          NamedRollouts.of(String.valueOf(rollouts)).report(), dataset, groups);
    }
    String source = data == null ? from.get().header().options().inputs().dataset() : data;
    return StoredAnswers.ofRun(from.get(), installation.dataset(source), step, groups);
  }

  private Old old(Installation installation, Optional<Run> from, boolean isRun) throws IOException {
    if (rewards.size() == 2 && !isRun) {
      RewardUnit unit = installation.reward(rewards.get(0));
      return new Old(unit.name(), unit, false);
    }
    if (from.isEmpty()) {
      return new Old("when sampled", null, true);
    }
    Path jar = from.get().folder().rewardJar();
    RewardUnit unit = Files.isRegularFile(jar) ? RewardUnit.readJar(jar) : null;
    return new Old((unit == null ? "reward" : unit.name()) + " in the run", unit, true);
  }

  private List<List<Verdict>> verdicts(RewardUnit unit, List<AnswerGroup> answers) {
    Duration limit = Duration.ofNanos((long) (rewardSeconds * 1e9));
    try (RewardJudge judge = WorkerReward.judge(unit, limit)) {
      return answers.stream().map(group -> JudgedGroup.of(judge, group).verdicts()).toList();
    }
  }

  /** Returns how the run itself compares rewards; the standard way for answers of a cell. */
  private DiffPlan plan(Optional<Run> from) throws IOException {
    FailurePolicy failures = FailurePolicy.standard();
    AdvantageScale scale = AdvantageScale.GROUP;
    if (from.isPresent()) {
      TrainOptions options = from.get().header().options();
      failures = options.reward().failures();
      scale = options.loss().scale();
    }
    GroupAdvantage rule = Reweighting.rule(scale);
    return new DiffPlan(new FullMarks(threshold), failures, rule::of);
  }

  private static @Nullable String source(RewardUnit first, RewardUnit second) {
    return first.language().equals(second.language())
        ? SourceDiff.unified(first.name(), first.source(), second.name(), second.source())
        : null;
  }
}
