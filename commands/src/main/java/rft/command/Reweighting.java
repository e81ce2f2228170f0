package rft.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import rft.advantage.GroupAdvantage;
import rft.reward.Abstain;
import rft.reward.FailurePolicy;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.AdvantageScale;

/**
 * What a step would have been with other weights: the same answers and parts, other sums.
 *
 * @param weights by part
 * @param scale by what centred rewards are divided
 * @param failures what a failed reward means
 */
record Reweighting(Map<String, Double> weights, AdvantageScale scale, FailurePolicy failures) {
  /** A step's groups as they are looked at: the verdicts, and what follows from them. */
  static final class Outcome {
    private final List<List<Verdict>> verdicts;
    private final double[][] rewards;
    private final double[][] advantages;

    /**
     * Takes arrays over, without a copy.
     *
     * @param verdicts (B, G)
     * @param rewards (B, G), NaN where there is none
     * @param advantages (B, G)
     */
    Outcome(List<List<Verdict>> verdicts, double[][] rewards, double[][] advantages) {
      this.verdicts = verdicts;
      this.rewards = rewards;
      this.advantages = advantages;
    }

    List<List<Verdict>> verdicts() {
      return verdicts;
    }

    double[][] rewards() {
      return rewards;
    }

    double[][] advantages() {
      return advantages;
    }
  }

  Outcome of(List<List<Verdict>> groups) {
    List<List<Verdict>> verdicts =
        groups.stream().map(group -> group.stream().map(this::verdict).toList()).toList();
    double[][] rewards = new double[groups.size()][];
    for (int i = 0; i < rewards.length; i++) {
      List<Verdict> group = verdicts.get(i);
      boolean dropped = failures.dropsGroup(group);
      rewards[i] =
          group.stream()
              .mapToDouble(v -> dropped ? Double.NaN : failures.rewardOf(v).orElse(Double.NaN))
              .toArray();
    }
    return new Outcome(verdicts, rewards, rule(scale).of(rewards));
  }

  /** Returns how training compares rewards with this scale. */
  static GroupAdvantage rule(AdvantageScale scale) {
    return switch (scale) {
      case GROUP -> GroupAdvantage.group();
      case BATCH -> GroupAdvantage.batch();
      case NONE -> GroupAdvantage.none();
    };
  }

  private Verdict verdict(Verdict verdict) {
    if (!(verdict instanceof Score score)) {
      return verdict;
    }
    boolean counts =
        score.parts().keySet().stream().anyMatch(part -> weights.getOrDefault(part, 0.0) != 0);
    return counts
        ? new Score(PartWeights.sum(score, weights), score.parts(), score.reason(), score.costUsd())
        : new Abstain("no part that has a weight applies");
  }

  /** Returns the rank of each reward, from 1; equal ones share it, those without come last. */
  static int[] ranks(double... rewards) {
    return Arrays.stream(rewards)
        .mapToInt(
            reward ->
                1 + (int) Arrays.stream(rewards).filter(other -> isAbove(other, reward)).count())
        .toArray();
  }

  private static boolean isAbove(double other, double reward) {
    return Double.isNaN(reward) ? !Double.isNaN(other) : other > reward;
  }
}
