package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.loop.Evaluation;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.rollout.LoadedModel;
import rft.run.RunEvaluations;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.TrainOptions;
import rft.sample.SampleTask;

/**
 * Trains the bundled model on a sample task and shows on prompts it was never trained on what that
 * changed.
 */
@Command(
    name = "quickstart",
    description = "Train the bundled model, and see what changed.",
    footer = "  rft quickstart --task json --seed 7")
public final class Quickstart implements Verb<Quickstart.Report> {
  private static final int TEST_TASKS = 200;
  private static final int SAMPLES = 4;
  private static final Duration REWARD_LIMIT = Duration.ofSeconds(5);

  @Option(
      names = "--task",
      paramLabel = "NAME",
      completionCandidates = Names.SampleTasks.class,
      description =
          "addition, counting, dates, json, sorting or word-problems (default ${DEFAULT-VALUE}).")
  private String task = "addition";

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description = "Another base model (default ${DEFAULT-VALUE}).")
  private String base = Installation.TINY_MODEL;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random draw (default ${DEFAULT-VALUE}).")
  private long seed = 0;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps (default ${DEFAULT-VALUE}).")
  private int steps = 50;

  @Option(
      names = "--method",
      paramLabel = "M",
      completionCandidates = Names.Methods.class,
      description = "grpo, sft-self or random-reward (default ${DEFAULT-VALUE}).")
  private String method = "grpo";

  @Option(names = "--no-serve", description = "Do not open the run in the workbench.")
  private boolean noServe;

  private Browser browser = Browser.ofProcess();

  /** For picocli, which sets the options. */
  public Quickstart() {}

  /**
   * What the training changed, measured on the test split.
   *
   * @param task the sample task
   * @param baseAccuracy mean of four samples per task at temperature 1, before
   * @param tunedAccuracy the same, after
   * @param baseGreedy share of tasks whose most likely completion is right, before
   * @param tunedGreedy the same, after
   * @param relativeGain tunedAccuracy / baseAccuracy - 1
   * @param steps training steps
   * @param trainSeconds wall time of the training
   * @param run the run's id
   * @param base everything measured before
   * @param tuned everything measured after
   * @param gain difference in sampled accuracy, paired by task, with its 95 % interval
   * @param bestStep the step that was measured: the best on the validation split
   * @param examples one test prompt that was gained, one unchanged, one lost, where there are such
   * @param folder where the run lies
   * @param seconds wall time in all
   * @param next commands to go on with
   */
  public record Report(
      String task,
      double baseAccuracy,
      double tunedAccuracy,
      double baseGreedy,
      double tunedGreedy,
      double relativeGain,
      int steps,
      double trainSeconds,
      String run,
      EvaluationSummary base,
      EvaluationSummary tuned,
      Evaluation.Estimate gain,
      int bestStep,
      List<Contrast> examples,
      String folder,
      double seconds,
      List<String> next)
      implements Result {
    public Report {
      examples = List.copyOf(examples);
      next = List.copyOf(next);
    }

    @Override
    public Object named() {
      return new Run(run);
    }
  }

  /** A notebook shows the address; another tab that opens by itself would be in the way. */
  @Override
  public void inNotebook() {
    browser = Browser.NONE;
  }

  @Override
  public Report run(Progress progress) throws IOException {
    return noServe
        ? measured(progress)
        : measured(new RunPageProgress(progress, RunHome.standard(), browser));
  }

  private Report measured(Progress progress) throws IOException {
    long start = System.nanoTime();
    SampleTask sample = SampleTaskName.require(task);
    Installation installation = Installation.current();
    Dataset dataset = installation.dataset(task);
    List<Task> test = SplitTasks.of(dataset, Split.TEST, TEST_TASKS);
    TrainFlags flags = new TrainFlags();
    flags.steps = steps;
    flags.seed = seed;
    flags.method = method;
    flags.maxNewTokens = sample.maxNewTokens();
    TrainOptions options = flags.options(base, task, sample.rewardName());
    try (LoadedModel model =
        installation.open(installation.model(base), Placement.of(options.inputs()))) {
      Measure measure =
          new Measure(model, installation.reward(sample.rewardName()), REWARD_LIMIT, seed);
      SamplingSettings settings = new SamplingSettings(sample.maxNewTokens(), 1, 1, 0);
      progress.say(
          "measuring the base model on " + test.size() + " test prompts it is never trained on");
      Measure.Both before =
          measure.on(test, PolicyView.BASE, SAMPLES, settings, progress::stopRequested);
      TrainedRun run = new TrainingSession(installation, progress).fresh(options, task, model);
      if (run.exitCode() != ExitCode.OK) {
        throw new CommandException(run.exitCode(), run.reason() + "; go on with " + run.next());
      }
      int best = run.bestStep() == null ? run.steps() : run.bestStep();
      new RunCheckpoint(run.id(), best).restore(model);
      progress.say("measuring the tuned model on the same prompts");
      Measure.Both after =
          measure.on(test, PolicyView.TUNED, SAMPLES, settings, progress::stopRequested);
      // The page of the model shows it, and counts that the test split was read.
      new RunEvaluations(RunHome.standard().folder(run.id()))
          .add(
              TestSummary.of(
                  new TestSummary.Asked(
                      String.valueOf(Path.of(base).getFileName()),
                      run.id() + "@" + best,
                      best,
                      dataset.name(),
                      dataset.sha256(),
                      "test",
                      sample.rewardName(),
                      0,
                      SAMPLES,
                      seed,
                      1),
                  before.sampled(),
                  after.sampled()));
      return report(
          run, best, before, after, Contrast.pick(test, before.greedy(), after.greedy()), start);
    }
  }

  private Report report(
      TrainedRun run,
      int best,
      Measure.Both before,
      Measure.Both after,
      List<Contrast> examples,
      long start)
      throws IOException {
    EvaluationSummary base = before.summary();
    EvaluationSummary tuned = after.summary();
    Report report =
        new Report(
            task,
            base.accuracy().mean(),
            tuned.accuracy().mean(),
            base.greedy().mean(),
            tuned.greedy().mean(),
            tuned.accuracy().mean() / base.accuracy().mean() - 1,
            run.steps(),
            run.trainSeconds(),
            run.id(),
            base,
            tuned,
            before.sampled().differenceTo(after.sampled()),
            best,
            examples,
            run.folder(),
            (System.nanoTime() - start) / 1e9,
            List.of(
                "rft runs show " + run.id(),
                "rft rollout --run " + run.id() + " --data " + task + " --split test",
                "rft quickstart --task " + (task.equals("json") ? "dates" : "json")));
    writeReport(report);
    return report;
  }

  /** Writes the run's report again, now with what was measured before and after. */
  private static void writeReport(Report report) throws IOException {
    try (RunReader reader = RunReader.open(RunHome.standard().open(report.run()))) {
      rft.run.Report.write(
          reader,
          List.of(
              comparison("accuracy, sampled", report.base().accuracy(), report.tuned().accuracy()),
              comparison(
                  "any of " + SAMPLES + " samples right",
                  report.base().passAtSamples(),
                  report.tuned().passAtSamples()),
              comparison("accuracy, greedy", report.base().greedy(), report.tuned().greedy())));
    }
  }

  private static rft.run.Report.Comparison comparison(
      String measure, Evaluation.Estimate base, Evaluation.Estimate tuned) {
    return new rft.run.Report.Comparison(measure, text(base), text(tuned));
  }

  private static String text(Evaluation.Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f to %.3f)", estimate.mean(), estimate.low(), estimate.high());
  }

  @Override
  public String stopping() {
    return TrainingSession.STOPPING;
  }
}
