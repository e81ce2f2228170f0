package rft.advantage;

import java.util.Arrays;

/**
 * Advantages from rewards of several parts. A part that abstains on a rollout counts nothing there;
 * a rollout on which every part abstains is unscorable.
 */
@FunctionalInterface
public interface PartAdvantage {
  /**
   * Returns the advantages: (B, G), finite.
   *
   * @param parts (K, B, G) unweighted rewards, NaN where a part abstained
   * @throws IllegalArgumentException if the parts differ in shape, or are not as many as the
   *     weights
   */
  double[][] of(double[][][] parts);

  /**
   * Returns the rule that adds the weighted parts up and compares the sums. Parts that cancel
   * inside a group leave no signal.
   *
   * @param rule how the sums are compared
   * @param weights (K) one per part
   */
  static PartAdvantage sumThenNormalize(GroupAdvantage rule, double... weights) {
    double[] copy = weights.clone();
    return parts -> rule.of(WeightedParts.sum(parts, copy));
  }

  /**
   * Returns the rule of GDPO: each part is compared within its group first, {@code z_k = (r_k -
   * mean_gk) / (std_gk + 1e-4)}, and {@code x = sum_k w_k z_k} is then scaled by the batch, {@code
   * x / (std_batch(x) + 1e-4)}. Parts that differ in scale, or cancel, keep their signal.
   *
   * @param weights (K) one per part
   * @see <a href="https://arxiv.org/abs/2601.05242">GDPO</a>
   */
  static PartAdvantage normalizeThenSum(double... weights) {
    double[] copy = weights.clone();
    return parts -> {
      double[][] sums = WeightedParts.sum(WeightedParts.normalized(parts), copy);
      Moments batch = Moments.of(Arrays.stream(sums).flatMapToDouble(Arrays::stream).toArray());
      // The paper also subtracts the batch mean, which is 0: every z_k sums to 0 over its group.
      // Leaving that out keeps groups without spread at exactly 0.
      double scale = batch.count() < 2 ? 0 : 1 / (batch.std() + GroupAdvantage.FLOOR);
      return Arrays.stream(sums)
          .map(group -> Arrays.stream(group).map(x -> Double.isNaN(x) ? 0 : x * scale).toArray())
          .toArray(double[][]::new);
    };
  }
}
