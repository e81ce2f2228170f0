package rft.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What can be measured on groups that were judged several times. */
final class JudgeMeasures {
  /** A variance that is but a rounding. */
  private static final double EQUAL = 1e-18;

  private final List<CheckedGroup> groups;
  private final long seed;

  JudgeMeasures(List<CheckedGroup> groups, long seed) {
    this.groups = List.copyOf(groups);
    this.seed = seed;
  }

  /** Returns a share or a mean of sums that groups give; each group is drawn whole. */
  Resampled ratio(Function<CheckedGroup, double[]> sums) {
    List<double[]> useful = groups.stream().map(sums).filter(sum -> sum[1] > 0).toList();
    return Resampled.ratio(
        useful.stream().mapToDouble(sum -> sum[0]).toArray(),
        useful.stream().mapToDouble(sum -> sum[1]).toArray(),
        seed);
  }

  /** Returns the variance of the readings of one answer. */
  double noise() {
    return noise(groups);
  }

  private static double noise(List<CheckedGroup> some) {
    return some.stream()
        .flatMapToDouble(g -> g.places().mapToDouble(g::noise))
        .filter(variance -> !Double.isNaN(variance))
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the variance within groups of what answers are worth to the judge. */
  double spread() {
    return spread(groups);
  }

  private static double spread(List<CheckedGroup> some) {
    double squares = 0;
    double degrees = 0;
    int repeats = 1;
    for (CheckedGroup group : some) {
      double[] means = group.means();
      double mean = Arrays.stream(means).average().orElse(0);
      squares += Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
      degrees += Math.max(0, means.length - 1);
      repeats = group.readings().size();
    }
    return degrees == 0 ? Double.NaN : Math.max(0, squares / degrees - noise(some) / repeats);
  }

  /** Returns true if the judge told no answer from another one of its group, in any reading. */
  boolean alike() {
    return noise() < EQUAL && spread() < EQUAL;
  }

  /**
   * Returns the share of the variance within groups that is not noise: the reliability of one
   * reading.
   *
   * @see <a href="https://doi.org/10.1037/0033-2909.86.2.420">Shrout and Fleiss, Intraclass
   *     correlations</a>, ICC(1,1)
   */
  Resampled signal() {
    return Resampled.of(
        groups.size(),
        places -> {
          List<CheckedGroup> drawn = Arrays.stream(places).mapToObj(groups::get).toList();
          double spread = spread(drawn);
          double noise = noise(drawn);
          return spread + noise == 0 ? Double.NaN : spread / (spread + noise);
        },
        seed);
  }

  /**
   * Returns the rank correlation of reward and length among answers of one group and, where it is
   * known, of one worth.
   */
  Resampled length() {
    List<double[]> sums = groups.stream().map(JudgeMeasures::lengthSums).toList();
    List<double[]> useful = sums.stream().filter(sum -> sum[1] > 0 && sum[2] > 0).toList();
    return Resampled.of(
        useful.size(),
        places -> {
          double[] total = new double[3];
          for (int place : places) {
            Arrays.setAll(total, k -> total[k] + useful.get(place)[k]);
          }
          return total[0] / Math.sqrt(total[1] * total[2]);
        },
        seed);
  }

  private static double[] lengthSums(CheckedGroup group) {
    double[] sums = new double[3];
    for (double worth : worths(group)) {
      List<Integer> alike = new ArrayList<>();
      group
          .places()
          .filter(i -> Double.compare(group.worth(i), worth) == 0)
          .filter(i -> !Double.isNaN(group.mean(i)))
          .forEach(alike::add);
      double[] lengths =
          Agreement.ranks(alike.stream().mapToDouble(i -> group.text(i).length()).toArray());
      double[] rewards = Agreement.ranks(alike.stream().mapToDouble(group::mean).toArray());
      double middle = (alike.size() + 1) / 2.0;
      for (int i = 0; i < alike.size(); i++) {
        sums[0] += (lengths[i] - middle) * (rewards[i] - middle);
        sums[1] += (lengths[i] - middle) * (lengths[i] - middle);
        sums[2] += (rewards[i] - middle) * (rewards[i] - middle);
      }
    }
    return sums;
  }

  private static double[] worths(CheckedGroup group) {
    return group.places().mapToDouble(group::worth).distinct().toArray();
  }

  /** Returns the judge's mean of every answer, in order; NaN where there is none. */
  double[] means() {
    return groups.stream().flatMapToDouble(g -> g.places().mapToDouble(g::mean)).toArray();
  }

  /** Returns what every answer is worth, in the same order. */
  double[] worths() {
    return groups.stream().flatMapToDouble(g -> g.places().mapToDouble(g::worth)).toArray();
  }

  /**
   * How far two columns of numbers agree.
   *
   * @param spearman rank correlation
   * @param weighted kappa by squared distance
   * @param plain kappa
   */
  record Columns(Resampled spearman, Resampled weighted, Resampled plain) {}

  /**
   * Returns how far the judge agrees with other numbers for the same things; those that lack either
   * are left out. For kappa the second numbers are the categories, or five even ones where there
   * are more, and the judge's are put to the nearest.
   */
  static Columns agreement(double[] judged, double[] other, long seed) {
    int[] both =
        IntStream.range(0, judged.length)
            .filter(i -> !Double.isNaN(judged[i] + other[i]))
            .toArray();
    double[] a = Arrays.stream(both).mapToDouble(i -> judged[i]).toArray();
    double[] b = Arrays.stream(both).mapToDouble(i -> other[i]).toArray();
    double[] levels = levels(b);
    int[] levelA = levels.length < 2 ? new int[0] : nearest(a, levels, false);
    int[] levelB = levels.length < 2 ? new int[0] : nearest(b, levels, true);
    return new Columns(
        Resampled.of(
            a.length, places -> Agreement.spearman(drawn(a, places), drawn(b, places)), seed),
        kappa(levelA, levelB, levels.length, true, seed),
        kappa(levelA, levelB, levels.length, false, seed));
  }

  private static Resampled kappa(int[] a, int[] b, int categories, boolean weighted, long seed) {
    return Resampled.of(
        a.length,
        places ->
            Agreement.kappa(
                Arrays.stream(places).map(i -> a[i]).toArray(),
                Arrays.stream(places).map(i -> b[i]).toArray(),
                categories,
                weighted),
        seed);
  }

  private static double[] drawn(double[] values, int... places) {
    return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
  }

  /** Returns the categories: the values there are, or five evenly between the ends. */
  private static double[] levels(double... values) {
    double[] distinct = Arrays.stream(values).distinct().sorted().toArray();
    if (distinct.length <= 5) {
      return distinct;
    }
    double low = distinct[0];
    double high = distinct[distinct.length - 1];
    return DoubleStream.of(0, 0.25, 0.5, 0.75, 1).map(t -> low + t * (high - low)).toArray();
  }

  /**
   * Returns the nearest category of each value; where these are no numbers from 0 to 1, the judge's
   * 0 to 1 is stretched to their ends.
   */
  private static int[] nearest(double[] values, double[] levels, boolean own) {
    double low = levels[0];
    double high = levels[levels.length - 1];
    boolean alike = own || (low >= 0 && high <= 1);
    return Arrays.stream(values)
        .map(value -> alike ? value : low + value * (high - low))
        .mapToInt(
            value -> {
              int best = 0;
              for (int i = 1; i < levels.length; i++) {
                if (Math.abs(levels[i] - value) < Math.abs(levels[best] - value)) {
                  best = i;
                }
              }
              return best;
            })
        .toArray();
  }
}
