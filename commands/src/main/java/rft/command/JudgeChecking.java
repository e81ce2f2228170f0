package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.judge.Judge;
import rft.judge.JudgeSettings;
import rft.judge.PairwiseJudge;
import rft.lab.JudgeCheck;
import rft.lab.JudgeReport;
import rft.lab.KnownGroup;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;

/** Says how far a reward that asks a model can be trusted. */
@Command(
    name = "judge check",
    description = "Say how far a judge can be trusted: noise, bias, agreement.",
    footer = {
      "  rft judge check instruction-following --run RUN --truth number-match",
      "  rft judge check my-judge.java --data notes.jsonl --labels mine.jsonl"
    })
public final class JudgeChecking implements Verb<JudgeChecking.Report> {
  private static final String PAIR =
      """
      This conversation was answered twice:
      {{conversation}}

      An answer that is known to be good, if there is one:
      {{reference?}}

      Which of these two answers does better what was asked? Say tie where neither does.
      {{first}}

      {{second}}\
      """;

  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A reward that asks a model: a ready one's name, or a file of one.")
  private String reward = "";

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "The dataset of the tasks; alone, its references and spoilt copies of them.")
  private @Nullable String data;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Judge rollouts of this run.")
  private @Nullable String run;

  @Option(names = "--step", paramLabel = "N", description = "Only rollouts of this step.")
  private @Nullable Integer step;

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "Judge what a cell sampled (%%rollout ... --as NAME).")
  private @Nullable String rollouts;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Answers to judge, about (default ${DEFAULT-VALUE}).")
  private int limit = 64;

  @Option(
      names = "--repeats",
      paramLabel = "K",
      description = "Readings of each answer (default ${DEFAULT-VALUE}).")
  private int repeats = 3;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs to compare in both orders, 0 for none (default ${DEFAULT-VALUE}).")
  private int pairs = 16;

  @Option(
      names = "--truth",
      paramLabel = "R2",
      completionCandidates = Names.Rewards.class,
      description = "A check of what answers are really worth.")
  private @Nullable String truth;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "JSON lines {\"task\", \"completion\", \"label\"}: what people say.")
  private @Nullable Path labels;

  @Option(
      names = "--other-model",
      paramLabel = "M2",
      description = "A second judge at the same endpoint, to compare with.")
  private @Nullable String otherModel;

  @Mixin private JudgeFlags judge = new JudgeFlags();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is drawn (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 120;

  /** For picocli, which sets the options. */
  public JudgeChecking() {}

  /**
   * How far a judge can be trusted.
   *
   * @param reward its name
   * @param sha256 of its unit
   * @param model that is asked
   * @param of whose answers were judged, for example {@code run 0012}
   * @param check what was found
   * @param seconds wall time
   */
  public record Report(
      String reward, String sha256, String model, String of, JudgeReport check, double seconds)
      implements Result {
    /**
     * Returns {@code INTERRUPTED} if it was stopped early, {@code DIVERGED} if a rule is broken.
     */
    @Override
    public ExitCode exitCode() {
      if (check.stopped()) {
        return ExitCode.INTERRUPTED;
      }
      return check.outcome() == JudgeReport.Outcome.FAULT_FOUND ? ExitCode.DIVERGED : ExitCode.OK;
    }

    @Override
    public Optional<String> problem() {
      if (check.stopped()) {
        return Optional.of("stopped early: the report is of what was judged by then");
      }
      return exitCode() == ExitCode.OK
          ? Optional.empty()
          : Optional.of(reward + " breaks a rule of judges; " + check.next());
    }

    @Override
    public Optional<String> text() {
      return Optional.of(JudgeText.of(this));
    }
  }

  @Override
  public Report run(Progress progress) throws IOException, InterruptedException {
    JudgeCheck check = new JudgeCheck(repeats, pairs, seed);
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    long start = System.nanoTime();
    Map<String, String> settings = judge.settings();
    Judge model = JudgeSettings.with(settings, Judge::standard);
    JudgedAnswers answers =
        new JudgedAnswers(installation, data, Duration.ofNanos((long) (rewardSeconds * 1e9)));
    List<KnownGroup> groups = answers.groups(run, step, rollouts, limit, truth);
    List<KnownGroup> labelled = labels == null ? List.of() : answers.labelled(labels);
    PairwiseJudge comparing = pairs == 0 ? null : model.compares(PAIR);
    try (RewardJudge judging = judging(unit, settings, answers.limit());
        GoldCheck other =
            new GoldCheck(
                otherModel == null
                    ? null
                    : judging(unit, withModel(settings, otherModel), answers.limit()))) {
      JudgeCheck.Input input =
          new JudgeCheck.Input(judging, other.judge(), comparing, groups, labelled);
      int steps = check.steps(input);
      JudgeReport found =
          check.run(
              input,
              done -> progress.report(new Progress.Update("judge", done, steps, List.of())),
              progress::stopRequested);
      return new Report(
          unit.name(),
          unit.sha256(),
          model.model().name(),
          answers.of(),
          found,
          (System.nanoTime() - start) / 1e9);
    }
  }

  @Override
  public String stopping() {
    return "Stopping after the judgement that is under way; what was judged is reported.";
  }

  private static RewardJudge judging(
      RewardUnit unit, Map<String, String> settings, Duration limit) {
    return new RewardJudge(JudgeSettings.with(settings, unit::load), limit);
  }

  private static Map<String, String> withModel(Map<String, String> settings, String model) {
    Map<String, String> other = new HashMap<>(settings);
    other.put(JudgeSettings.MODEL, model);
    return other;
  }
}
