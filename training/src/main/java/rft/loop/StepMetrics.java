package rft.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import rft.advantage.RewardSpread;
import rft.loop.Stopwatch.Stage;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.Rollout;
import rft.run.Metric;

/** Turns what a step did into its metrics, by key. */
final class StepMetrics {
  private final StepOutcome outcome;
  private final Map<String, Double> metrics = new LinkedHashMap<>();

  private StepMetrics(StepOutcome outcome) {
    this.outcome = outcome;
  }

  /** Returns every metric of a step. */
  static Map<String, Double> of(StepOutcome outcome) {
    StepMetrics step = new StepMetrics(outcome);
    step.rewards();
    step.groups();
    step.completions();
    step.updates();
    step.times();
    return step.metrics;
  }

  private void put(Metric metric, double value) {
    metrics.put(metric.key(), value);
  }

  /** Puts a metric that does not exist in every kind of run; NaN says that it does not. */
  private void putKnown(Metric metric, double value) {
    if (!Double.isNaN(value)) {
      put(metric, value);
    }
  }

  private void rewards() {
    List<Verdict> verdicts =
        outcome.groups().stream().flatMap(group -> group.verdicts().stream()).toList();
    double[] rewards =
        outcome.groups().stream().flatMapToDouble(StepMetrics::rewardsOf).sorted().toArray();
    if (rewards.length > 0) {
      double mean = Arrays.stream(rewards).average().orElseThrow();
      double squares = Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
      put(Metric.REWARD_MEAN, mean);
      put(Metric.REWARD_STD, rewards.length < 2 ? 0 : Math.sqrt(squares / (rewards.length - 1)));
      put(Metric.REWARD_P10, rewards[(int) (0.1 * (rewards.length - 1))]);
      put(Metric.REWARD_P90, rewards[(int) (0.9 * (rewards.length - 1))]);
    }
    Map<String, List<Double>> parts = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Score score) {
        score
            .parts()
            .forEach(
                (name, value) -> parts.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
      }
    }
    parts.forEach((name, values) -> metrics.put(Metric.partKey(name), mean(values)));
    put(Metric.REWARD_FAILED, JudgedGroup.failedShare(outcome.judged()));
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Failure failure) {
        metrics.merge(Metric.failureKey(failure.kind()), 1.0, Double::sum);
      }
    }
    put(
        Metric.REWARD_ABSTAINED,
        share(verdicts.stream().filter(Abstain.class::isInstance).count(), verdicts.size()));
  }

  /** Returns the rewards of a group that entered its statistics. */
  private static DoubleStream rewardsOf(ScoredGroup group) {
    return group.rewards().stream()
        .mapToDouble(Double::doubleValue)
        .filter(reward -> !Double.isNaN(reward));
  }

  /** A group without any reward is neither good, nor bad, nor mixed. */
  private void groups() {
    int bad = 0;
    int mixed = 0;
    int good = 0;
    for (ScoredGroup group : outcome.groups()) {
      double[] rewards = rewardsOf(group).toArray();
      if (rewards.length > 1 && !RewardSpread.of(rewards).isZero()) {
        mixed++;
      } else if (rewards.length > 0) {
        bad += rewards[0] < 0.5 ? 1 : 0;
        good += rewards[0] < 0.5 ? 0 : 1;
      }
    }
    int all = outcome.groups().size();
    put(Metric.GROUP_ALL_BAD, share(bad, all));
    put(Metric.GROUP_MIXED, share(mixed, all));
    put(Metric.GROUP_ALL_GOOD, share(good, all));
  }

  private void completions() {
    double entropy = 0;
    long tokens = 0;
    int longest = 0;
    int truncated = 0;
    int rollouts = 0;
    int duplicates = 0;
    for (ScoredGroup group : outcome.groups()) {
      Set<String> seen = new HashSet<>();
      for (Rollout rollout : group.group().rollouts()) {
        rollouts++;
        tokens += rollout.tokens().length();
        longest = Math.max(longest, rollout.tokens().length());
        truncated += rollout.completion().finishReason() == FinishReason.LENGTH ? 1 : 0;
        duplicates += seen.add(rollout.completion().text()) ? 0 : 1;
        for (float value : rollout.tokens().entropies()) {
          entropy += value;
        }
      }
    }
    putKnown(Metric.ENTROPY, entropy / tokens);
    put(Metric.COMPLETION_LENGTH_MEAN, tokens / (double) rollouts);
    put(Metric.COMPLETION_LENGTH_MAX, longest);
    put(Metric.COMPLETION_TRUNCATED, share(truncated, rollouts));
    put(Metric.DUPLICATES, share(duplicates, rollouts));
    put(Metric.TOKENS_SAMPLED, (double) tokens);
  }

  private void updates() {
    LossReport total =
        outcome.updates().stream()
            .map(GrpoLoop.Update::report)
            .reduce(LossReport.EMPTY, LossReport::plus);
    GrpoLoop.Update last = outcome.updates().get(outcome.updates().size() - 1);
    put(Metric.UPDATE_SKIPPED, outcome.skipped() ? 1 : 0);
    put(Metric.LOSS, last.report().loss());
    put(Metric.GRAD_NORM, last.gradientNorm());
    put(Metric.LEARNING_RATE, outcome.learningRate());
    put(Metric.TOKENS_TRAINED, (double) total.tokens());
    if (total.tokens() > 0) {
      put(Metric.CLIP_LOW, share(total.clippedLow(), total.clipUnits()));
      put(Metric.CLIP_HIGH, share(total.clippedHigh(), total.clipUnits()));
      SamplerGap gap = outcome.updates().get(0).report().samplerGap();
      gap.mean()
          .ifPresent(
              mean -> {
                put(Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN, mean);
                put(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX, gap.most());
              });
      total.kl().ifPresent(kl -> put(Metric.KL, kl));
    }
  }

  private void times() {
    Stopwatch watch = outcome.watch();
    put(Metric.TIME_ROLLOUT_SECONDS, watch.seconds(Stage.ROLLOUT));
    put(Metric.TIME_REWARD_SECONDS, watch.seconds(Stage.REWARD));
    double[] latencies =
        outcome.judged().stream().mapToDouble(g -> g.latency().toNanos() / 1e9).sorted().toArray();
    if (latencies.length > 0) {
      put(Metric.REWARD_LATENCY_P50, nearestRank(latencies, 0.5));
      put(Metric.REWARD_LATENCY_P95, nearestRank(latencies, 0.95));
    }
    put(Metric.TIME_TRAIN_SECONDS, watch.seconds(Stage.TRAIN));
    put(Metric.TIME_STEP_SECONDS, watch.seconds());
    double tokens = metrics.getOrDefault(Metric.TOKENS_SAMPLED.key(), 0.0);
    put(Metric.TOKENS_PER_SECOND, tokens / watch.seconds());
  }

  /** Returns the smallest of the ascending values that this share of them does not exceed. */
  private static double nearestRank(double[] ascending, double share) {
    return ascending[(int) Math.ceil(share * ascending.length) - 1];
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double share(long part, long all) {
    return all == 0 ? 0 : part / (double) all;
  }
}
