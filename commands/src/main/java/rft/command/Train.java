package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rft.loop.HandLoop;
import rft.rollout.LoadedModel;
import rft.run.TrainOptions;

/**
 * Trains a model against a reward, from the start, from where a run stopped, or from a step of
 * another run.
 */
@Command(
    name = "train",
    description = "Train a model against a reward.",
    footer = "  rft train --model tiny-chat --data addition --steps 50")
public final class Train implements Verb<Train.Report> {
  private static final Set<String> OF_RESUME = Set.of("--resume", "--json", "--verbose");
  private static final Set<String> OF_A_NEW_RUN = Set.of("--model", "--seeds", "--sweep");

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description = "A base model's name, a folder or a GGUF file (default ${DEFAULT-VALUE}).")
  private String model = Installation.TINY_MODEL;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file.")
  private @Nullable String data;

  @Option(
      names = "--reward",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description =
          "A ready reward's name, a reward's file or address (default: the sample dataset's).")
  private @Nullable String reward;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Begins the run's id (default: the dataset's name).")
  private @Nullable String name;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Go on with a run that stopped.")
  private @Nullable String resume;

  @Option(
      names = "--fork",
      paramLabel = "RUN@STEP",
      completionCandidates = Names.Runs.class,
      description = "Begin a new run from a checkpoint; options given here replace that run's.")
  private @Nullable String fork;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Train N times with seeds from --seed on, and state the spread.")
  private int seeds = 1;

  @Option(
      names = "--sweep",
      paramLabel = "SPEC",
      description =
          "Train once for each choice of values, one after the other:"
              + " lr=1e-3,2e-3;group-size=8,16.")
  private @Nullable String sweep;

  @Mixin private TrainFlags flags = new TrainFlags();

  @Spec private @Nullable CommandSpec spec;

  /** For picocli, which sets the options. */
  public Train() {}

  /**
   * The runs that were trained.
   *
   * @param runs one, or one per seed and choice of values
   * @param spread over the seeds; null for a single run and for a sweep
   * @param sweep the runs by the values they were trained with; null if none varied
   */
  public record Report(List<TrainedRun> runs, @Nullable Spread spread, @Nullable Sweep sweep)
      implements Result {
    public Report {
      runs = List.copyOf(runs);
    }

    /** Makes the report of runs that differ in nothing but the seed. */
    public Report(List<TrainedRun> runs, @Nullable Spread spread) {
      this(runs, spread, null);
    }

    /**
     * Returns the exit code of the last run; a sweep is OK unless it was interrupted, for a run
     * that diverged is one of its findings.
     */
    @Override
    public ExitCode exitCode() {
      ExitCode code = last().exitCode();
      return sweep == null || code == ExitCode.INTERRUPTED ? code : ExitCode.OK;
    }

    /** Returns what ended runs early. */
    @Override
    public Optional<String> problem() {
      String problems =
          runs.stream().flatMap(run -> run.problem().stream()).collect(Collectors.joining("; "));
      return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    /** Returns the run, or the list of runs when there are several. */
    @Override
    public Object named() {
      return runs.size() == 1 ? lastRun() : allRuns();
    }

    /** Returns the run; of several the last. */
    public Run lastRun() {
      return new Run(last().id());
    }

    /** Returns every run, in the order trained. */
    public List<Run> allRuns() {
      return runs.stream().map(run -> new Run(run.id())).toList();
    }

    private TrainedRun last() {
      return runs.get(runs.size() - 1);
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    if (resume != null && fork != null) {
      throw new CommandException(
          ExitCode.USAGE, "--resume and --fork exclude each other: give one");
    }
    TrainingSession session = new TrainingSession(Installation.current(), progress);
    if (resume != null) {
      flags.refuseGiven(
          option -> !OF_RESUME.contains(option),
          "--resume goes on with the run's own options; fork it to change ");
      return one(session.resume(resume));
    }
    if (fork != null) {
      flags.refuseGiven(
          OF_A_NEW_RUN::contains,
          "--fork goes on with the run's own model and one seed; leave out ");
      return one(
          session.fork(
              ForkPoint.parse(fork).resolved(), flags, new ForkChanges(data, reward, name)));
    }
    return sweep == null
        ? seeds(session, progress)
        : sweep(SweepPlan.parse(sweep), session, progress);
  }

  /**
   * Returns the stages of the run that the options describe, to be called one by one.
   *
   * @param loaded the model to train, in place of the one that the options name; stays the caller's
   * @throws CommandException if the options describe no new run, or more than one
   */
  public HandLoop byHand(LoadedModel loaded) throws IOException {
    if (resume != null || fork != null || sweep != null || seeds != 1) {
      throw new CommandException(
          ExitCode.USAGE, "a loop by hand is one new run: leave out what asks for another");
    }
    return new TrainingSession(Installation.current(), Progress.SILENT).byHand(planned(), loaded);
  }

  /** Returns the options of the first run that this describes; loads no model. */
  TrainOptions planned() throws IOException {
    return plans().get(0).options();
  }

  private static Report one(TrainedRun run) {
    return new Report(List.of(run), null);
  }

  private Report seeds(TrainingSession session, Progress progress) throws IOException {
    List<TrainedRun> runs = new ArrayList<>();
    for (Plan plan : plans()) {
      if (seeds > 1) {
        progress.say(
            String.format(
                Locale.ROOT, "seed %d (%d of %d)", plan.options().seed(), runs.size() + 1, seeds));
      }
      runs.add(session.fresh(plan.options(), plan.name()));
      if (runs.get(runs.size() - 1).exitCode() != ExitCode.OK) {
        break;
      }
    }
    return new Report(runs, Spread.of(runs));
  }

  private Report sweep(SweepPlan varied, TrainingSession session, Progress progress)
      throws IOException {
    // A wrong value of the last combination must not show after hours of training.
    List<String> given = Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
    Map<Map<String, String>, List<Plan>> plans = new LinkedHashMap<>();
    List<IdleOptions> idle = new ArrayList<>();
    for (Map<String, String> combination : varied.combinations()) {
      Train one = SweepPlan.command(given, combination);
      List<Plan> own = one.plans();
      plans.put(combination, own);
      idle.add(one.flags.idle(own.get(0).options()));
    }
    IdleOptions.inAll(idle).refuse();
    int count = plans.values().stream().mapToInt(List::size).sum();
    List<TrainedRun> runs = new ArrayList<>();
    List<Sweep.Row> rows = new ArrayList<>();
    for (Map.Entry<Map<String, String>, List<Plan>> entry : plans.entrySet()) {
      for (Plan plan : entry.getValue()) {
        String seed = seeds > 1 ? " seed=" + plan.options().seed() : "";
        progress.say(
            "%s%s (%d of %d)"
                .formatted(SweepPlan.text(entry.getKey()), seed, runs.size() + 1, count));
        TrainedRun run = session.fresh(plan.options(), plan.name());
        runs.add(run);
        rows.add(Sweep.Row.of(entry.getKey(), run));
        if (run.exitCode() == ExitCode.INTERRUPTED) {
          return new Report(runs, null, new Sweep(List.copyOf(varied.values().keySet()), rows));
        }
      }
    }
    return new Report(runs, null, new Sweep(List.copyOf(varied.values().keySet()), rows));
  }

  /**
   * One run to make.
   *
   * @param options checked
   * @param name begins its id
   */
  private record Plan(TrainOptions options, String name) {}

  /** Returns the runs that the options describe, one for each seed. */
  private List<Plan> plans() throws IOException {
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds (" + seeds + ") must be at least 1");
    }
    if (data == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--data is missing: name a sample dataset, for example addition, or a .jsonl file");
    }
    Installation installation = Installation.current();
    Defaults defaults = Defaults.of(data);
    String rewardName = reward == null ? defaults.requireReward(installation, data) : reward;
    flags.placeLike(installation.modelNamed(model));
    TrainOptions first = flags.options(model, data, rewardName);
    if (sweep == null) { // A sweep looks at all its trainings together.
      flags.idle(first).refuse();
    }
    String runName = name == null ? defaults.runName() : name;
    return LongStream.range(0, seeds)
        .mapToObj(i -> new Plan(first.withSeed(first.seed() + i), runName))
        .toList();
  }

  @Override
  public String stopping() {
    return TrainingSession.STOPPING;
  }
}
