package rft.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two parts of a reward that cancel: where one pays more the other pays less, so that little of
 * either reaches the advantage.
 *
 * <p>An advantage compares a completion with its group. So what counts is each part's weight times
 * its value minus the mean of that over its group, {@code x} and {@code y} for two parts, taken
 * over all groups. What is lost in their sum is {@code -2 sum(xy) / (sum(xx) + sum(yy))}: 0 for
 * parts that have nothing to do with each other, 1 for parts that undo each other wholly, negative
 * for parts that agree.
 *
 * @param first name of a part
 * @param second name of another one
 * @param lost share of the variance of both within groups that their sum lacks
 * @param correlation of both within groups, -1 to 1
 * @param completions that both were computed for, in groups of at least two
 */
public record Cancellation(
    String first, String second, double lost, double correlation, int completions) {
  /** Less than this is no news. */
  private static final double WORTH_SAYING = 0.5;

  /** Fewer completions than these show nothing. */
  private static final int FEWEST = 8;

  /**
   * Returns the pairs of parts that lose at least half of their variance within groups, the worst
   * first.
   *
   * @param weights by part; a part of weight 0, or without one, cancels nothing
   * @param groups verdicts by group; what is no score is left out
   */
  public static List<Cancellation> among(
      Map<String, Double> weights, List<? extends List<? extends Verdict>> groups) {
    List<String> parts =
        weights.entrySet().stream()
            .filter(part -> part.getValue() != 0)
            .map(Map.Entry::getKey)
            .toList();
    List<Cancellation> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        Sums sums = new Sums();
        for (List<? extends Verdict> group : groups) {
          sums.add(weights, parts.get(i), parts.get(j), group);
        }
        if (sums.lost() >= WORTH_SAYING && sums.completions >= FEWEST) {
          found.add(
              new Cancellation(
                  parts.get(i), parts.get(j), sums.lost(), sums.correlation(), sums.completions));
        }
      }
    }
    found.sort(Comparator.comparingDouble(Cancellation::lost).reversed());
    return found;
  }

  /** Returns it for the reader, without a full stop. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "parts %s and %s cancel: %.0f %% of what they say within groups is lost in their sum"
            + " (correlation %.2f, %d completions)",
        first,
        second,
        100 * lost,
        correlation,
        completions);
  }

  /** Sums of squares and products of two parts, each relative to the mean of its group. */
  private static final class Sums {
    private double xx;
    private double yy;
    private double xy;
    private int completions;

    void add(
        Map<String, Double> weights, String first, String second, List<? extends Verdict> group) {
      List<Score> both =
          group.stream()
              .filter(Score.class::isInstance)
              .map(Score.class::cast)
              .filter(s -> s.parts().containsKey(first) && s.parts().containsKey(second))
              .toList();
      if (both.size() < 2) {
        return;
      }
      double[] x = centred(weights, first, both);
      double[] y = centred(weights, second, both);
      for (int i = 0; i < x.length; i++) {
        xx += x[i] * x[i];
        yy += y[i] * y[i];
        xy += x[i] * y[i];
      }
      completions += x.length;
    }

    private static double[] centred(Map<String, Double> weights, String part, List<Score> group) {
      double weight = weights.getOrDefault(part, 0.0);
      double[] values =
          group.stream().mapToDouble(s -> weight * s.parts().getOrDefault(part, 0.0)).toArray();
      double mean = Arrays.stream(values).average().orElse(0);
      return Arrays.stream(values).map(value -> value - mean).toArray();
    }

    double lost() {
      return xx + yy > 0 ? -2 * xy / (xx + yy) : 0;
    }

    double correlation() {
      return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }
  }
}
