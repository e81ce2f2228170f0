package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Task;
import rft.lab.AttackClass;
import rft.lab.AttackProbe;
import rft.lab.ProbeReport;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.worker.WorkerReward;

/** Attacks a reward with fixed answers, and says what it pays that it should not. */
@Command(
    name = "reward probe",
    description = "Attack a reward with wrong answers, and say which it pays.",
    footer = "  rft reward probe substring-match --data addition")
public final class RewardProbe implements Verb<RewardProbe.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, or a file or address of one.")
  private String reward = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file, with reference answers.")
  private String data = "";

  @Option(
      names = "--gold",
      paramLabel = "R2",
      completionCandidates = Names.Rewards.class,
      description = "The check that says what is right; its score is shown beside the reward.")
  private @Nullable String gold;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks to attack (default ${DEFAULT-VALUE}).")
  private int tasks = 20;

  @Option(
      names = "--form",
      paramLabel = "TEXT",
      description =
          "How a right answer is written, for example \"#### {answer}\" (default: the form that"
              + " is paid best).")
  private @Nullable String form;

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "CLASS",
      description = "Faults that are accepted, for example near-miss.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Answers that the reward scores at most (default ${DEFAULT-VALUE}).")
  private int maxCalls = 2000;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 30;

  /** For picocli, which sets the options. */
  public RewardProbe() {}

  /**
   * What a reward pays.
   *
   * @param reward its name
   * @param sha256 of its unit
   * @param gold name of the check; null if there is none
   * @param probe what was paid
   * @param faults that are not accepted, the one that explains most first
   * @param accepted faults that are
   * @param seconds wall time
   */
  public record Report(
      String reward,
      String sha256,
      @Nullable String gold,
      ProbeReport probe,
      List<ProbeReport.Fault> faults,
      List<ProbeReport.Fault> accepted,
      double seconds)
      implements Result {
    public Report {
      faults = List.copyOf(faults);
      accepted = List.copyOf(accepted);
    }

    @Override
    public ExitCode exitCode() {
      return faults.isEmpty() ? ExitCode.OK : ExitCode.DIVERGED;
    }

    @Override
    public Optional<String> text() {
      return Optional.of(ProbeText.of(this));
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    List<AttackClass> allowed = AttackClasses.parse(allow);
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    List<Task> rows = installation.dataset(data).tasks();
    Duration limit = Duration.ofNanos((long) (rewardSeconds * 1e9));
    long start = System.nanoTime();
    AttackProbe.Settings settings =
        new AttackProbe.Settings(
            tasks,
            maxCalls,
            form,
            unit.source(),
            progress::stopRequested,
            done -> progress.report(new Progress.Update("probe", done, 0, List.of())));
    ProbeReport found;
    try (RewardJudge judge = WorkerReward.judge(unit, limit);
        GoldCheck check = GoldCheck.named(gold, installation, limit)) {
      found = new AttackProbe(judge, check.judge(), settings).probe(rows);
    }
    List<ProbeReport.Fault> faults = found.faults();
    return new Report(
        unit.name(),
        unit.sha256(),
        gold,
        found,
        faults.stream().filter(fault -> !allowed.contains(fault.kind())).toList(),
        faults.stream().filter(fault -> allowed.contains(fault.kind())).toList(),
        (System.nanoTime() - start) / 1e9);
  }
}
