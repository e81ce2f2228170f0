package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;

/** Measures a model on a split of a dataset. */
@Command(
    name = "evaluate",
    description = "Measure a model: pass@1, pass@k, mean reward, greedy.",
    footer = "  rft evaluate --model tiny-chat --data addition --samples 4")
public final class Evaluate implements Verb<Evaluate.Report> {
  @Mixin private ModelFlags model = new ModelFlags();

  @Mixin private AskFlags ask = new AskFlags();

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
  private int tasks = 200;

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Completions per task (default ${DEFAULT-VALUE}).")
  private int samples = 4;

  @Option(
      names = "--by",
      paramLabel = "ATTRIBUTE",
      split = ",",
      description = "Accuracy per value of these fields (default: each with 2 to 20 values).")
  private List<String> by = new ArrayList<>();

  /** For picocli, which sets the options. */
  public Evaluate() {}

  /**
   * What was measured.
   *
   * @param model the base model's folder
   * @param tuned what was switched on, or null for the base model alone
   * @param dataset as given
   * @param split the tasks' split
   * @param reward the check
   * @param result the numbers
   * @param passAt the chance that one of k answers is right, by k
   * @param slices accuracy by attribute and value; empty where no attribute tells tasks apart
   */
  public record Report(
      String model,
      @Nullable String tuned,
      String dataset,
      String split,
      String reward,
      EvaluationSummary result,
      List<PassAt> passAt,
      List<Slice> slices)
      implements Result {
    public Report {
      passAt = List.copyOf(passAt);
      slices = List.copyOf(slices);
    }

    /** Returns {@code FAILED} if not a single answer has a reward: nothing was measured. */
    @Override
    public ExitCode exitCode() {
      return result.measuredNothing() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Returns how many answers have no reward, and why. */
    @Override
    public Optional<String> problem() {
      return Optional.ofNullable(result.problem());
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    if (samples < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "--samples (" + samples + ") and --tasks (" + tasks + ") must be at least 1");
    }
    Installation installation = Installation.current();
    RewardUnit unit = ask.unit(installation);
    List<Task> chosen = ask.tasks(installation, split, tasks);
    Slice.require(chosen, by);
    Model chosenModel = model.chosen(installation);
    try (LoadedModel loaded = chosenModel.open()) {
      Measure measure = new Measure(loaded, unit, Duration.ofSeconds(5), ask.seed);
      SamplingSettings settings = new SamplingSettings(ask.maxNewTokens, ask.temperature, 1, 0);
      progress.report(new Progress.Update("evaluate", 0, chosen.size(), List.of()));
      Measure.Both both =
          measure.on(chosen, PolicyView.TUNED, samples, settings, progress::stopRequested);
      progress.report(new Progress.Update("evaluate", chosen.size(), chosen.size(), List.of()));
      return new Report(
          loaded.folder().toString(),
          chosenModel.tuned().orElse(null),
          ask.data,
          split.jsonName(),
          unit.name(),
          both.summary(),
          PassAt.each(both.sampled(), samples),
          Slice.of(chosen, both.sampled(), by));
    }
  }
}
