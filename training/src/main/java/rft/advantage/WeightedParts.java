package rft.advantage;

import java.util.Arrays;

/** Rewards of several parts, (K, B, G), NaN where a part abstained. */
final class WeightedParts {
  private WeightedParts() {}

  /** Returns the weighted sums (B, G): a part that abstained adds 0, NaN where every part did. */
  static double[][] sum(double[][][] parts, double[] weights) {
    if (parts.length != weights.length || parts.length == 0) {
      throw new IllegalArgumentException(
          "there are "
              + parts.length
              + " parts and "
              + weights.length
              + " weights: give one weight per part, and at least one part");
    }
    double[][] sums = new double[parts[0].length][];
    for (int b = 0; b < sums.length; b++) {
      sums[b] = new double[parts[0][b].length];
      Arrays.fill(sums[b], Double.NaN);
    }
    for (int k = 0; k < parts.length; k++) {
      requireShape(parts, k);
      for (int b = 0; b < sums.length; b++) {
        for (int g = 0; g < sums[b].length; g++) {
          double reward = parts[k][b][g];
          if (!Double.isNaN(reward)) {
            sums[b][g] = (Double.isNaN(sums[b][g]) ? 0 : sums[b][g]) + weights[k] * reward;
          }
        }
      }
    }
    return sums;
  }

  /** Returns each part scaled within its group, NaN kept where it abstained. */
  static double[][][] normalized(double[][][] parts) {
    double[][][] normalized = new double[parts.length][][];
    for (int k = 0; k < parts.length; k++) {
      normalized[k] = GroupAdvantage.group().of(parts[k]);
      for (int b = 0; b < parts[k].length; b++) {
        for (int g = 0; g < parts[k][b].length; g++) {
          normalized[k][b][g] = Double.isNaN(parts[k][b][g]) ? Double.NaN : normalized[k][b][g];
        }
      }
    }
    return normalized;
  }

  private static void requireShape(double[][][] parts, int k) {
    int[] expected = Arrays.stream(parts[0]).mapToInt(group -> group.length).toArray();
    int[] actual = Arrays.stream(parts[k]).mapToInt(group -> group.length).toArray();
    if (!Arrays.equals(expected, actual)) {
      throw new IllegalArgumentException(
          "part "
              + k
              + " has groups of "
              + Arrays.toString(actual)
              + " rollouts and part 0 of "
              + Arrays.toString(expected)
              + ": every part gives one reward, or NaN, per rollout");
    }
  }
}
