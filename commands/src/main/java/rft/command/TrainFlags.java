package rft.command;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rft.policy.AdapterShape;
import rft.reward.FailurePolicy;
import rft.run.AdapterOptions;
import rft.run.AdvantageScale;
import rft.run.CheckpointOptions;
import rft.run.LoopOptions;
import rft.run.LossKind;
import rft.run.LossOptions;
import rft.run.Method;
import rft.run.OptimizerOptions;
import rft.run.RewardOptions;
import rft.run.RunInputs;
import rft.run.SamplingOptions;
import rft.run.Schedule;
import rft.run.TrainOptions;
import rft.run.ValidationOptions;

/** The options of a training, declared once for the shell, the notebook and Java. */
public final class TrainFlags {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec mixee;

  @Option(
      names = "--method",
      paramLabel = "M",
      completionCandidates = Names.Methods.class,
      description =
          "grpo; sft (imitate the references); sft-self (imitate the base's own correct samples);"
              + " random-reward (a control that must gain nothing). Default: grpo.")
  String method = Method.GRPO.jsonName();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Optimizer steps (default ${DEFAULT-VALUE}).")
  int steps = 50;

  @Option(
      names = "--tasks-per-step",
      paramLabel = "B",
      description = "Tasks per step (default ${DEFAULT-VALUE}).")
  int tasksPerStep = 8;

  @Option(
      names = "--group-size",
      paramLabel = "G",
      description = "Rollouts per task (default ${DEFAULT-VALUE}).")
  int groupSize = 16;

  @Option(
      names = "--mu",
      paramLabel = "N",
      description = "Updates per batch of rollouts (default ${DEFAULT-VALUE}).")
  int innerIterations = 1;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      description = "Rollouts back-propagated at once (default ${DEFAULT-VALUE}).")
  int microBatch = 128;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Longest completion, end token included (default ${DEFAULT-VALUE}).")
  int maxNewTokens = 48;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Sampling temperature (default ${DEFAULT-VALUE}).")
  double temperature = 1;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Nucleus sampling (default ${DEFAULT-VALUE}: off).")
  double topP = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Most likely tokens kept (default ${DEFAULT-VALUE}: all).")
  int topK = 0;

  @Option(
      names = "--loss",
      paramLabel = "L",
      completionCandidates = Names.Losses.class,
      description = "dapo, grpo, bnpo, dr_grpo, gspo or cispo (default ${DEFAULT-VALUE}).")
  String loss = LossKind.DAPO.jsonName();

  @Option(
      names = "--clip-low",
      paramLabel = "E",
      description = "Lower clip of the ratio (default 0.2; gspo 3e-4; cispo has none).")
  @Nullable Double clipLow;

  @Option(
      names = "--clip-high",
      paramLabel = "E",
      description =
          "Upper clip of the ratio (default 0.2; dapo 0.28; gspo 4e-4; cispo: the cap itself, 5).")
  @Nullable Double clipHigh;

  @Option(
      names = "--kl",
      paramLabel = "BETA",
      description = "Weight of the k3 KL to the base (default ${DEFAULT-VALUE}).")
  double kl = 0;

  @Option(
      names = "--kl-every",
      paramLabel = "N",
      description =
          "Store base log-probs of the rollouts every N steps (default ${DEFAULT-VALUE}: never).")
  int klEvery = 0;

  @Option(
      names = "--advantage",
      paramLabel = "SCALE",
      completionCandidates = Names.Advantages.class,
      description =
          "Divide centred rewards by the std of the group, the batch, or none (default group;"
              + " dr_grpo none).")
  @Nullable String advantage;

  @Option(
      names = "--mask-truncated",
      description = "Completions that hit the token limit train nothing.")
  boolean maskTruncated;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Learning rate (default 2e-3 for an adapter, 3e-4 for --full).")
  @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "S",
      completionCandidates = Names.Schedules.class,
      description = "constant, linear or cosine (default ${DEFAULT-VALUE}).")
  String schedule = "constant";

  @Option(
      names = "--warmup-steps",
      paramLabel = "N",
      description = "Steps until the full rate (default ${DEFAULT-VALUE}).")
  int warmupSteps = 0;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description = "Of AdamW, on matrices (default ${DEFAULT-VALUE}).")
  double weightDecay = 0;

  @Option(
      names = "--max-grad-norm",
      paramLabel = "X",
      description = "Longer gradients are scaled down to this (default ${DEFAULT-VALUE}).")
  double maxGradNorm = 1;

  @Option(names = "--full", description = "Train every weight instead of a LoRA adapter.")
  boolean full;

  @Option(names = "--rank", paramLabel = "R", description = "LoRA rank (default ${DEFAULT-VALUE}).")
  int rank = 8;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description = "LoRA alpha (default: twice the rank).")
  @Nullable Double alpha;

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "P",
      description = "Projections with an adapter, by comma (default: all seven).")
  List<String> targets = AdapterShape.ALL_TARGETS;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description = "Steps between validations (default ${DEFAULT-VALUE}; 0: never).")
  int validateEvery = 10;

  @Option(
      names = "--validation-tasks",
      paramLabel = "N",
      description = "Tasks per validation (default ${DEFAULT-VALUE}).")
  int validationTasks = 64;

  @Option(
      names = "--validation-samples",
      paramLabel = "K",
      description = "Samples per task (default ${DEFAULT-VALUE}).")
  int validationSamples = 4;

  @Option(
      names = "--check",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description =
          "What validation accuracy means: a reward that trains nothing (default: the reward"
              + " itself).")
  @Nullable String check;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Steps between checkpoints (default ${DEFAULT-VALUE}: every step while small, else 10).")
  int checkpointEvery = 0;

  @Option(
      names = "--on-failure",
      paramLabel = "A",
      completionCandidates = Names.FailureActions.class,
      description =
          "A failed reward: abstain, zero, drop-group or stop (default ${DEFAULT-VALUE}).")
  String onFailure = "abstain";

  @Option(
      names = "--stop-above",
      paramLabel = "SHARE",
      description =
          "Stop when more than this share of a step's rewards fail (default ${DEFAULT-VALUE}; 1:"
              + " never).")
  double stopAbove = FailurePolicy.standard().stopShare();

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one reward call (default ${DEFAULT-VALUE}).")
  double rewardSeconds = 5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random draw (default ${DEFAULT-VALUE}).")
  long seed = 0;

  @Option(
      names = "--device",
      paramLabel = "D",
      completionCandidates = Names.Devices.class,
      description = "cpu or cuda:N (default ${DEFAULT-VALUE}).")
  String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the cores).")
  int threads = CORES;

  @Option(
      names = "--precision",
      paramLabel = "P",
      completionCandidates = Names.Precisions.class,
      description = "Of frozen weights: f32, bf16 or, on a GPU, f16 (default ${DEFAULT-VALUE}).")
  String precision = RunInputs.FULL_PRECISION;

  /**
   * Returns the options of another run, with those given on this command line in place of its own.
   *
   * @param from the other run's options
   * @throws CommandException if one that was given has no effect
   */
  TrainOptions over(TrainOptions from) {
    RunInputs inputs = from.inputs();
    TrainOptions mine = options(inputs.model(), inputs.dataset(), inputs.reward());
    TrainOptions merged = new GivenOptions(this::isGiven).merge(from, mine);
    idle(merged).refuse();
    return merged;
  }

  /** Returns which of the options that were given have no effect on a training. */
  IdleOptions idle(TrainOptions training) {
    return IdleOptions.of(this::isGiven, training);
  }

  /** Computes where a model does, unless an option says where. */
  void placeLike(Model chosen) {
    if (!isGiven("--device")) {
      device = chosen.device();
    }
    if (!isGiven("--threads")) {
      threads = chosen.threads();
    }
    if (!isGiven("--precision")) {
      precision = chosen.precision();
    }
  }

  /**
   * Refuses options of the command that has these.
   *
   * @param options those to refuse, as they are typed
   * @param why the beginning of the sentence that ends with the option
   * @throws CommandException if one of them was given
   */
  void refuseGiven(Predicate<String> options, String why) {
    given()
        .filter(options)
        .findFirst()
        .ifPresent(
            option -> {
              throw new CommandException(ExitCode.USAGE, why + option);
            });
  }

  private Stream<String> given() {
    return mixee == null
        ? Stream.empty()
        : mixee.commandLine().getParseResult().matchedOptions().stream()
            .map(option -> option.longestName());
  }

  private boolean isGiven(String option) {
    return given().anyMatch(option::equals);
  }

  /**
   * Returns the options of a run with these inputs.
   *
   * @throws IllegalArgumentException if one is out of range, naming it as the user does
   */
  TrainOptions options(String model, String dataset, String rewardName) {
    try {
      return checked(model, dataset, rewardName);
    } catch (IllegalArgumentException e) {
      throw GivenOptions.inWordsOfTheUser(e);
    }
  }

  private TrainOptions checked(String model, String dataset, String rewardName) {
    return new TrainOptions(
        NamedChoice.of(Method.values(), Method::jsonName, "--method", method),
        new RunInputs(model, dataset, rewardName, device, threads, precision),
        new LoopOptions(steps, tasksPerStep, groupSize, innerIterations, microBatch, klEvery),
        new SamplingOptions(maxNewTokens, temperature, topP, topK),
        lossOptions(),
        new OptimizerOptions(
            learningRate == null ? usualLearningRate() : learningRate,
            NamedChoice.of(Schedule.values(), Schedule::jsonName, "--schedule", schedule),
            warmupSteps,
            BETA1,
            BETA2,
            weightDecay,
            maxGradNorm),
        full ? AdapterOptions.fullTuning() : adapter(),
        new ValidationOptions(validateEvery, validationTasks, validationSamples, check),
        new CheckpointOptions(checkpointEvery),
        rewardOptions(),
        seed);
  }

  private AdapterOptions adapter() {
    targets.forEach(target -> NamedChoice.require(AdapterShape.ALL_TARGETS, "--targets", target));
    return new AdapterOptions(false, rank, alpha == null ? 2.0 * rank : alpha, targets);
  }

  private double usualLearningRate() {
    return full ? 3e-4 : 2e-3;
  }

  private LossOptions lossOptions() {
    LossKind kind = NamedChoice.of(LossKind.values(), LossKind::jsonName, "--loss", loss);
    LossOptions usual = LossOptions.standard(kind);
    return new LossOptions(
        kind,
        clipLow == null ? usual.clipLow() : clipLow,
        clipHigh == null ? usual.clipHigh() : clipHigh,
        kl,
        advantage == null
            ? usual.scale()
            : NamedChoice.of(
                AdvantageScale.values(), AdvantageScale::jsonName, "--advantage", advantage),
        maskTruncated);
  }

  private RewardOptions rewardOptions() {
    FailurePolicy.Action action =
        NamedChoice.of(
            FailurePolicy.Action.values(),
            FailurePolicy.Action::jsonName,
            "--on-failure",
            onFailure);
    return new RewardOptions(new FailurePolicy(action, stopAbove), rewardSeconds);
  }
}
