package rft.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Dataset;
import rft.reward.FailurePolicy;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.run.AdvantageScale;

/**
 * Scores completions that are there already with a reward: reference answers, which must get full
 * marks, and rollouts of a run or of a cell.
 */
@Command(
    name = "reward try",
    description = "Score references and stored rollouts with a reward.",
    footer = "  rft reward try number-match --data addition --rows 20")
public final class RewardTry implements Verb<RewardTry.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file (default: the run's).")
  private @Nullable String data;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Score rollouts of this run, and compare with what it stored.")
  private @Nullable String run;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Only rollouts of this step (default: the last ones).")
  private @Nullable Integer step;

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "Score rollouts that a cell sampled (%%rollout ... --as NAME).")
  private @Nullable String rollouts;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Reference answers to score (default ${DEFAULT-VALUE}).")
  private int rows = 8;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rollouts to score at most (default ${DEFAULT-VALUE}).")
  private int limit = 200;

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "PART=W",
      description = "Other weights of its parts, for example correct=1,brief=0.2.")
  private Map<String, Double> weights = new LinkedHashMap<>();

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 5;

  /** For picocli, which sets the options. */
  public RewardTry() {}

  /** Where a completion is from. */
  public enum Origin {
    /** The dataset's own answer. */
    REFERENCE,
    /** A stored run. */
    RUN,
    /** Rollouts that a cell sampled. */
    ROLLOUTS
  }

  /**
   * What a reward makes of completions.
   *
   * @param reward its name
   * @param sha256 of its unit
   * @param weights of its parts, by name; empty if they are not known
   * @param rows one for each completion
   * @param references summary of the reference answers
   * @param rollouts summary of the rollouts
   * @param leftOut rollouts of the run whose tasks the dataset lacks
   * @param seconds wall time of all calls of the reward
   */
  public record Report(
      String reward,
      String sha256,
      Map<String, Double> weights,
      List<Row> rows,
      TrialSummary references,
      TrialSummary rollouts,
      int leftOut,
      double seconds)
      implements Result {
    public Report {
      weights = new LinkedHashMap<>(weights);
      rows = List.copyOf(rows);
    }

    @Override
    public Optional<String> text() {
      return Optional.of(TrialText.of(this));
    }

    /** Returns what its parts say of the rollouts. */
    @JsonProperty
    public PartSummary parts() {
      return PartSummary.of(weights, rows);
    }

    /** Says so if a reference answer does not get full marks. */
    @Override
    public Optional<String> problem() {
      int missing = references.completions() - references.fullMarks();
      return missing == 0
          ? Optional.empty()
          : Optional.of(
              missing
                  + " of "
                  + references.completions()
                  + " reference answers do not get full marks (1) from "
                  + reward
                  + ": the answer that a reward checks against must pass it");
    }
  }

  /**
   * One completion and what the reward said.
   *
   * @param origin where it is from
   * @param step of the run; null for others
   * @param taskId the task
   * @param prompt the user's text
   * @param reference the reference answer, empty if there is none
   * @param completion the text that was scored
   * @param verdict what the reward said, with its parts
   * @param before what was said when it was sampled; null for a reference
   */
  public record Row(
      Origin origin,
      @Nullable Integer step,
      String taskId,
      String prompt,
      String reference,
      String completion,
      Verdict verdict,
      @Nullable Verdict before) {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (rows < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "--rows (" + rows + ") and --limit (" + limit + ") must be at least 0");
    }
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    unit.warnings().forEach(warning -> progress.say("warning: " + warning));
    Trials trials = trials(installation);
    long start = System.nanoTime();
    TrialJudge judge = new TrialJudge(Duration.ofNanos((long) (rewardSeconds * 1e9)));
    List<Verdict> verdicts = judge.verdicts(unit, trials.all());
    double seconds = (System.nanoTime() - start) / 1e9;
    PartWeights own = weightsOf(unit, verdicts);
    PartWeights applied = weights.isEmpty() ? own : own.with(weights, PartWeights.names(verdicts));
    if (!weights.isEmpty() && own.byName().isEmpty()) {
      progress.say(
          unit.name()
              + " is no plain weighted sum: with --weights it is the sum of the parts named there");
    }
    List<Verdict> weighed = weights.isEmpty() ? verdicts : reweighed(applied, verdicts);
    return report(unit, applied, trials, rows(trials.all(), weighed), seconds);
  }

  private static PartWeights weightsOf(RewardUnit unit, List<Verdict> verdicts) {
    Map<String, Double> declared = unit.weights();
    return declared.isEmpty() ? PartWeights.explaining(verdicts) : new PartWeights(declared);
  }

  private static List<Verdict> reweighed(PartWeights weights, List<Verdict> verdicts) {
    return new Reweighting(weights.byName(), AdvantageScale.NONE, FailurePolicy.standard())
        .of(List.of(verdicts))
        .verdicts()
        .get(0);
  }

  private static Report report(
      RewardUnit unit, PartWeights weights, Trials trials, List<Row> rows, double seconds) {
    return new Report(
        unit.name(),
        unit.sha256(),
        weights.byName(),
        rows,
        TrialSummary.of(rows.stream().filter(row -> row.origin() == Origin.REFERENCE).toList()),
        TrialSummary.of(rows.stream().filter(row -> row.origin() != Origin.REFERENCE).toList()),
        trials.unknownTasks(),
        seconds);
  }

  private Trials trials(Installation installation) throws IOException {
    if (data == null && run == null && rollouts == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to score: --data D for its reference answers, --run RUN or --rollouts NAME");
    }
    Optional<Run> from = run == null ? Optional.empty() : Optional.of(Run.named(run));
    String source =
        data != null
            ? data
            : from.isPresent() ? from.get().header().options().inputs().dataset() : null;
    Optional<Dataset> dataset =
        source == null ? Optional.empty() : Optional.of(installation.dataset(source));
    Trials trials = new Trials(dataset);
    trials.addReferences(rows);
    if (from.isPresent()) {
      trials.addRun(from.get(), step, limit);
    }
    if (rollouts != null) {
      trials.addSampled(NamedRollouts.of(rollouts).report(), limit);
    }
    return trials;
  }

  private static List<Row> rows(List<Trial> trials, List<Verdict> verdicts) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      rows.add(
          new Row(
              trial.origin(),
              trial.step(),
              trial.task().id(),
              trial.task().promptText(),
              trial.task().referenceText(),
              trial.completion().text(),
              verdicts.get(i),
              trial.before()));
    }
    return rows;
  }
}
