package rft.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rft.reward.Completion;

/**
 * Whether longer answers get more: Spearman's rank correlation within groups, pooled over the
 * groups that have different rewards. Tasks with long answers and high rewards do not count, since
 * training compares within a group, too. The interval is by Fisher's transformation.
 */
final class LengthCheck {
  private LengthCheck() {}

  static Optional<Card.LengthEffect> of(List<JudgedGroup> groups) {
    double both = 0;
    double lengths = 0;
    double rewards = 0;
    int answers = 0;
    int used = 0;
    for (JudgedGroup group : groups) {
      double[][] pairs = pairs(group);
      double[] length = centredRanks(pairs[0]);
      double[] reward = centredRanks(pairs[1]);
      if (dot(reward, reward) > 0) {
        both += dot(length, reward);
        lengths += dot(length, length);
        rewards += dot(reward, reward);
        answers += length.length;
        used++;
      }
    }
    // Each group's mean costs a degree of freedom.
    int freedom = answers - used - 2;
    return lengths == 0 || rewards == 0 || freedom < 1
        ? Optional.empty()
        : Optional.of(
            new Card.LengthEffect(interval(both / Math.sqrt(lengths * rewards), freedom), answers));
  }

  private static Estimate interval(double correlation, int freedom) {
    double bounded = Math.max(-0.999999, Math.min(0.999999, correlation));
    double z = 0.5 * Math.log((1 + bounded) / (1 - bounded));
    double half = Estimate.Z / Math.sqrt(freedom);
    return new Estimate(correlation, Math.tanh(z - half), Math.tanh(z + half));
  }

  /** Returns lengths and rewards of the answers that have a reward. */
  private static double[][] pairs(JudgedGroup group) {
    double[] rewards = group.rewards();
    double[] lengths =
        group.answers().completions().stream().mapToDouble(LengthCheck::length).toArray();
    int[] scored =
        java.util.stream.IntStream.range(0, rewards.length)
            .filter(i -> !Double.isNaN(rewards[i]))
            .toArray();
    return new double[][] {
      Arrays.stream(scored).mapToDouble(i -> lengths[i]).toArray(),
      Arrays.stream(scored).mapToDouble(i -> ValueCounts.key(rewards[i])).toArray()
    };
  }

  private static int length(Completion completion) {
    return completion.tokenCount() > 0 ? completion.tokenCount() : completion.text().length();
  }

  /** Returns each value's rank minus the mean rank; equal values share theirs. */
  static double[] centredRanks(double... values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        ranks[i] += Math.signum(values[i] - other) / 2;
      }
    }
    return ranks;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
