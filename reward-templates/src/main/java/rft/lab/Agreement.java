package rft.lab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two judges of the same things agree. */
final class Agreement {
  private Agreement() {}

  /**
   * Returns Spearman's rank correlation, equal values sharing their mean rank; NaN if one side has
   * no differences.
   *
   * @see <a href="https://doi.org/10.2307/1412159">Spearman, The proof and measurement of
   *     association between two things</a>
   */
  static double spearman(double[] a, double[] b) {
    return pearson(ranks(a), ranks(b));
  }

  /** Returns the rank of each value from 1, the mean of their ranks for equal ones. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static double pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
  }

  /**
   * Returns Cohen's kappa: 1 if both always name the same category, 0 if they agree as often as
   * chance would have it; NaN if chance alone makes them agree always.
   *
   * @param a category of each thing, from 0
   * @param b the other judge's
   * @param categories how many there are
   * @param weighted whether a disagreement counts by the square of its distance, or all alike
   * @see <a href="https://doi.org/10.1037/h0026256">Cohen, Weighted kappa</a>
   */
  static double kappa(int[] a, int[] b, int categories, boolean weighted) {
    double[] shareA = new double[categories];
    double[] shareB = new double[categories];
    double seen = 0;
    for (int i = 0; i < a.length; i++) {
      shareA[a[i]] += 1.0 / a.length;
      shareB[b[i]] += 1.0 / a.length;
      seen += distance(a[i], b[i], weighted) / a.length;
    }
    double byChance = 0;
    for (int i = 0; i < categories; i++) {
      for (int j = 0; j < categories; j++) {
        byChance += shareA[i] * shareB[j] * distance(i, j, weighted);
      }
    }
    return byChance == 0 ? Double.NaN : 1 - seen / byChance;
  }

  private static double distance(int a, int b, boolean weighted) {
    return weighted ? (double) (a - b) * (a - b) : a == b ? 0 : 1;
  }
}
