package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.lab.AttackClass;
import rft.lab.HoleHunt;
import rft.reward.RewardUnit;

/** Tries to hack a reward: changes the best paid answers, then trains a small model to be paid. */
@Command(
    name = "reward break",
    description = "Let the machine try to hack a reward for a minute.",
    footer = {
      "  rft reward break substring-match --data counting",
      "  rft reward break substring-match --save 1"
    })
public final class RewardBreak implements Verb<RewardBreak.Report> {
  @Parameters(
      arity = "0..1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, or a file or address of one.")
  private @Nullable String reward;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file, with reference answers.")
  private @Nullable String data;

  @Option(
      names = "--gold",
      paramLabel = "R2",
      completionCandidates = Names.Rewards.class,
      description =
          "Any reward that says what is right (default: the sample dataset's; without one you"
              + " judge for yourself).")
  private @Nullable String gold;

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description = "The attacker: a small model (default ${DEFAULT-VALUE}).")
  private String model = Installation.TINY_MODEL;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Time to try (default ${DEFAULT-VALUE}).")
  private double seconds = 60;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps at most; 0 for mutations alone (default ${DEFAULT-VALUE}).")
  private int steps = 40;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Mutations of each task, in eights, at most (default ${DEFAULT-VALUE}).")
  private int rounds = 40;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks to attack (default ${DEFAULT-VALUE}).")
  private int tasks = 16;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Begin with the rollouts of this run, too.")
  private @Nullable String run;

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "Begin with rollouts that a cell sampled, too.")
  private @Nullable String rollouts;

  @Option(
      names = "--form",
      paramLabel = "TEXT",
      description = "How a right answer is written, for example \"#### {answer}\".")
  private @Nullable String form;

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "CLASS",
      description = "Faults that are accepted, for example near-miss.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of mutations and draws (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Answers that the reward scores at most (default ${DEFAULT-VALUE}).")
  private int maxCalls = 100_000;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 30;

  @Option(
      names = "--save",
      split = ",",
      paramLabel = "N",
      description = "Keep these holes of the last search as counter-examples, and search no more.")
  private List<Integer> save = new ArrayList<>();

  @Option(
      names = "--examples",
      paramLabel = "FILE",
      description = "With --save: where to (default: NAME.examples.jsonl beside the reward).")
  private @Nullable Path examples;

  /** For picocli, which sets the options. */
  public RewardBreak() {}

  /**
   * What was found.
   *
   * @param reward its name
   * @param sha256 of its unit; empty if nothing was searched
   * @param gold name of the check; null if there is none
   * @param found holes, in the order in which {@code --save} counts them
   * @param course mean reward and true score of the rollouts of each training step
   * @param allowed faults that are accepted
   * @param saved counter-examples that were kept
   * @param notes what was left out, and why
   * @param done whether this is all; false while the search goes on
   * @param seconds wall time so far
   */
  public record Report(
      String reward,
      String sha256,
      @Nullable String gold,
      HoleHunt.Found found,
      List<Step> course,
      List<AttackClass> allowed,
      List<String> saved,
      List<String> notes,
      boolean done,
      double seconds)
      implements Result {
    public Report {
      course = List.copyOf(course);
      allowed = List.copyOf(allowed);
      saved = List.copyOf(saved);
      notes = List.copyOf(notes);
    }

    /** Returns the faults found on at least two tasks that are not accepted. */
    public List<AttackClass> faults() {
      int few = Math.min(2, found.tasks());
      return found.tasksByClass().entrySet().stream()
          .filter(entry -> entry.getValue() >= few && !allowed.contains(entry.getKey()))
          .map(java.util.Map.Entry::getKey)
          .toList();
    }

    @Override
    public ExitCode exitCode() {
      return faults().isEmpty() ? ExitCode.OK : ExitCode.DIVERGED;
    }

    @Override
    public Optional<String> text() {
      return Optional.of(BreakText.of(this));
    }
  }

  /**
   * One step of the attacker's training.
   *
   * @param step counted from 1
   * @param reward mean over its rollouts
   * @param trueScore mean of what the gold check says of the same; null without one
   */
  public record Step(int step, double reward, @Nullable Double trueScore) {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (!save.isEmpty()) {
      return BreakMemory.save(reward, save, examples);
    }
    if (reward == null || data == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to break: rft reward break R --data D; or keep a hole of the last search with"
              + " --save N");
    }
    if (steps < 0 || rounds < 0 || tasks < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "--steps (%d), --rounds (%d), --tasks (%d) and --seconds (%s) must not be below 0, 0, 1 and above 0"
              .formatted(steps, rounds, tasks, seconds));
    }
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    BreakSession.Plan plan =
        new BreakSession.Plan(
            reward,
            unit,
            data,
            gold == null ? goldOf(installation, unit) : gold,
            model,
            steps,
            rounds,
            tasks,
            form,
            AttackClasses.parse(allow),
            seed,
            maxCalls,
            Duration.ofNanos((long) (seconds * 1e9)),
            Duration.ofNanos((long) (rewardSeconds * 1e9)));
    try (BreakSession session = new BreakSession(plan, installation, progress)) {
      Report report = session.search(stored(installation));
      BreakMemory.keep(reward, unit, report.found().holes());
      return report;
    }
  }

  /** The check of a sample dataset says what is right, but nothing about itself. */
  private @Nullable String goldOf(Installation installation, RewardUnit unit) throws IOException {
    Optional<String> check =
        data == null ? Optional.empty() : Defaults.of(data).sample().map(s -> s.rewardName());
    return check.isPresent() && !installation.reward(check.get()).equals(unit) ? check.get() : null;
  }

  private List<Trial> stored(Installation installation) throws IOException {
    if (run == null && rollouts == null) {
      return List.of();
    }
    Trials trials = new Trials(Optional.of(installation.dataset(String.valueOf(data))));
    if (run != null) {
      trials.addRun(Run.named(run), null, 1000);
    }
    if (rollouts != null) {
      trials.addSampled(NamedRollouts.of(rollouts).report(), 1000);
    }
    return trials.all();
  }
}
