package rft.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import rft.reward.Failure;

/** Every number a trainer reports by step: its key, unit, meaning and good direction. */
public enum Metric {
  REWARD_MEAN("reward/mean", "reward", Better.HIGHER, "mean reward of the step's rollouts"),
  REWARD_STD("reward/std", "reward", "sample standard deviation of the step's rewards"),
  REWARD_P10("reward/p10", "reward", Better.HIGHER, "tenth percentile of the step's rewards"),
  REWARD_P90("reward/p90", "reward", Better.HIGHER, "ninetieth percentile of the step's rewards"),
  REWARD_FAILED("reward/failed", "share", Better.LOWER, "rollouts whose reward failed"),
  REWARD_ABSTAINED("reward/abstained", "share", "rollouts the reward does not apply to"),
  REWARD_VERSION(
      "reward/version", "version", "version of the reward, where it was replaced during the run"),
  GROUP_ALL_BAD("group/all_bad", "share", Better.LOWER, "groups of equal rewards below 0.5"),
  GROUP_MIXED("group/mixed", "share", Better.HIGHER, "groups with unequal rewards, which teach"),
  GROUP_ALL_GOOD("group/all_good", "share", "groups of equal rewards of at least 0.5"),
  ENTROPY("policy/entropy", "nats", "mean entropy per sampled token, at the sampling temperature"),
  KL("policy/kl", "nats", "mean divergence from the base per token, estimator k3"),
  CLIP_LOW("policy/clip_low", "share", "tokens clipped from below: bad ones the policy left"),
  CLIP_HIGH("policy/clip_high", "share", "tokens clipped from above: good ones it ran to"),
  COMPLETION_LENGTH_MEAN("completion/length_mean", "tokens", "mean length of completions"),
  COMPLETION_LENGTH_MAX("completion/length_max", "tokens", "longest completion"),
  COMPLETION_TRUNCATED(
      "completion/truncated", "share", Better.LOWER, "completions cut off at the token limit"),
  DUPLICATES(
      "completion/duplicates", "share", Better.LOWER, "completions equal to one of their group"),
  TOKENS_SAMPLED("tokens/sampled", "tokens", "completion tokens sampled in the step"),
  TOKENS_TRAINED("tokens/trained", "tokens", "completion tokens in the step's loss"),
  LOSS("train/loss", "loss", "value of the loss; on-policy it says nothing about learning"),
  GRAD_NORM("train/grad_norm", "norm", "length of the gradient before clipping"),
  LEARNING_RATE("train/learning_rate", "rate", "learning rate of the step"),
  UPDATE_SKIPPED(
      "train/update_skipped",
      "flag",
      Better.LOWER,
      "1 when the step left the weights as they were"),
  SAMPLER_LOGPROB_DIFFERENCE_MAX(
      "sampler/logprob_difference_max",
      "nats",
      Better.LOWER,
      "largest gap between a sampled token's log-probability in sampler and trainer"),
  SAMPLER_LOGPROB_DIFFERENCE_MEAN(
      "sampler/logprob_difference_mean",
      "nats",
      Better.LOWER,
      "mean gap between a sampled token's log-probability in sampler and trainer"),
  VALIDATION_ACCURACY(
      "validation/accuracy", "share", Better.HIGHER, "sampled validation answers that are right"),
  VALIDATION_REWARD(
      "validation/reward", "reward", Better.HIGHER, "mean reward of sampled validation answers"),
  VALIDATION_PARTED(
      "validation/parted",
      "flag",
      Better.LOWER,
      "1 where the check fell below its best while the training reward did not"),
  TIME_ROLLOUT_SECONDS("time/rollout_seconds", "seconds", Better.LOWER, "wall time of sampling"),
  TIME_REWARD_SECONDS("time/reward_seconds", "seconds", Better.LOWER, "wall time of rewards"),
  REWARD_LATENCY_P50(
      "time/reward_latency_p50",
      "seconds",
      Better.LOWER,
      "slowest call of the reward in a group: median over the step's groups"),
  REWARD_LATENCY_P95(
      "time/reward_latency_p95",
      "seconds",
      Better.LOWER,
      "slowest call of the reward in a group: 95th percentile over the step's groups"),
  TIME_TRAIN_SECONDS(
      "time/train_seconds", "seconds", Better.LOWER, "wall time of loss, gradient and update"),
  TIME_STEP_SECONDS("time/step_seconds", "seconds", Better.LOWER, "wall time of the whole step"),
  TOKENS_PER_SECOND(
      "time/tokens_per_second", "tokens/s", Better.HIGHER, "sampled tokens by wall time of a step");

  /** Which way a metric should move. */
  public enum Better {
    HIGHER,
    LOWER,
    /** Neither is better by itself. */
    NEITHER
  }

  private static final String TIME = "time/";
  private static final String PART = "reward/part/";
  private static final String FAILURE = "reward/failed/";
  private static final Map<String, Metric> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Metric::key, Function.identity()));

  private final String key;
  private final String unit;
  private final Better better;
  private final String meaning;

  Metric(String key, String unit, String meaning) {
    this(key, unit, Better.NEITHER, meaning);
  }

  Metric(String key, String unit, Better better, String meaning) {
    this.key = key;
    this.unit = unit;
    this.better = better;
    this.meaning = meaning;
  }

  /** Returns the name in files and on the page, for example {@code reward/mean}. */
  public String key() {
    return key;
  }

  /** Returns the unit; {@code share} is a fraction between 0 and 1. */
  public String unit() {
    return unit;
  }

  /** Returns one sentence for the reader, without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Returns which way the metric should move. */
  public Better better() {
    return better;
  }

  /** Returns true if the value depends on the clock, so that a repeated run may differ in it. */
  public boolean isTime() {
    return isTime(key);
  }

  /** Returns true if values under this key depend on the clock. */
  public static boolean isTime(String key) {
    return key.startsWith(TIME);
  }

  /** Returns the key of the mean of one named part of the reward. */
  public static String partKey(String part) {
    return PART + part;
  }

  /** Returns the part of the reward whose mean this key holds, or empty if it is no such key. */
  public static Optional<String> partOf(String key) {
    return key.startsWith(PART) ? Optional.of(key.substring(PART.length())) : Optional.empty();
  }

  /** Returns the key of the number of rollouts whose reward failed in this way. */
  public static String failureKey(Failure.Kind kind) {
    return FAILURE + kind.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind of failure that this key counts, or empty if it is no such key. */
  public static Optional<String> failureOf(String key) {
    return key.startsWith(FAILURE)
        ? Optional.of(key.substring(FAILURE.length()).replace('_', ' '))
        : Optional.empty();
  }

  /** Returns what a key of any kind means, without a full stop. */
  public static String meaningOf(String key) {
    return ofKey(key)
        .map(Metric::meaning)
        .orElse(
            failureOf(key)
                .map(kind -> "rollouts whose reward failed: " + kind)
                .orElse("mean of a part of the reward"));
  }

  /** Returns the metric with this key, or empty for a key of the reward's own. */
  public static Optional<Metric> ofKey(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }
}
