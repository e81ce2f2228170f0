package rft.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rft.dataset.NearestName;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * The weights of a reward's named parts.
 *
 * @param byName by the part's name, in rubric order; a part whose weight is unknown is absent
 */
record PartWeights(Map<String, Double> byName) {
  private static final double EXACT = 1e-9;

  /** Returns the names of all parts that occur, in rubric order. */
  static Set<String> names(List<Verdict> verdicts) {
    Set<String> names = new LinkedHashSet<>();
    scores(verdicts).forEach(score -> names.addAll(score.parts().keySet()));
    return names;
  }

  private static List<Score> scores(List<Verdict> verdicts) {
    return verdicts.stream().filter(Score.class::isInstance).map(Score.class::cast).toList();
  }

  /**
   * Returns the weights that explain every score as the weighted sum of its parts, or none if there
   * are no such weights, or more than one choice of them.
   */
  static PartWeights explaining(List<Verdict> verdicts) {
    List<String> names = List.copyOf(names(verdicts));
    List<Score> scores = scores(verdicts);
    int count = names.size();
    double[][] normal = new double[count][count + 1]; // least squares: (X'X | X'y)
    for (Score score : scores) {
      for (int i = 0; i < count; i++) {
        double value = part(score, names.get(i));
        for (int j = 0; j < count; j++) {
          normal[i][j] += value * part(score, names.get(j));
        }
        normal[i][count] += value * score.value();
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    if (count > 0 && solve(normal)) {
      for (int i = 0; i < count; i++) {
        weights.put(names.get(i), rounded(normal[i][count]));
      }
    }
    boolean exact =
        scores.stream()
            .allMatch(
                score ->
                    Math.abs(sum(score, weights) - score.value())
                        <= EXACT * (1 + Math.abs(score.value())));
    return new PartWeights(exact ? weights : Map.of());
  }

  private static double part(Score score, String name) {
    return score.parts().getOrDefault(name, 0.0);
  }

  /** A weight was typed with few digits: what the elimination adds behind them is rounding. */
  private static double rounded(double weight) {
    return Math.rint(weight * 1e9) / 1e9 + 0.0;
  }

  /** Gauss-Jordan with pivots; returns false where the parts cannot be told apart. */
  private static boolean solve(double[][] rows) {
    int count = rows.length;
    double largest = 0;
    for (double[] row : rows) {
      for (int j = 0; j < count; j++) {
        largest = Math.max(largest, Math.abs(row[j]));
      }
    }
    for (int column = 0; column < count; column++) {
      int pivot = column;
      for (int i = column + 1; i < count; i++) {
        pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
      }
      if (!(Math.abs(rows[pivot][column]) > EXACT * largest)) {
        return false;
      }
      double[] swapped = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = swapped;
      eliminate(rows, column);
    }
    return true;
  }

  private static void eliminate(double[][] rows, int column) {
    double[] pivot = rows[column];
    double divisor = pivot[column];
    for (int j = 0; j < pivot.length; j++) {
      pivot[j] /= divisor;
    }
    for (int i = 0; i < rows.length; i++) {
      double factor = rows[i][column];
      for (int j = 0; i != column && j < pivot.length; j++) {
        rows[i][j] -= factor * pivot[j];
      }
    }
  }

  /** Returns the weighted sum of a score's parts; a part without a weight counts nothing. */
  static double sum(Score score, Map<String, Double> weights) {
    double sum = 0;
    for (Map.Entry<String, Double> part : score.parts().entrySet()) {
      sum += weights.getOrDefault(part.getKey(), 0.0) * part.getValue();
    }
    return sum;
  }

  /**
   * Returns these weights with some replaced.
   *
   * @param names every part there is
   * @throws CommandException if a part does not exist, naming the nearest
   */
  PartWeights with(Map<String, Double> given, Set<String> names) {
    if (names.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--weights changes the weights of a reward's named parts, and this reward has none: write"
              + " it as methods, one for each part");
    }
    for (Map.Entry<String, Double> part : given.entrySet()) {
      if (!names.contains(part.getKey())) {
        throw new CommandException(
            ExitCode.USAGE,
            "the reward has no part \""
                + part.getKey()
                + "\""
                + NearestName.hint(part.getKey(), List.copyOf(names))
                + " (its parts are "
                + String.join(", ", names)
                + ")");
      }
      if (!Double.isFinite(part.getValue())) {
        throw new CommandException(
            ExitCode.USAGE, "the weight of " + part.getKey() + " must be a finite number");
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String name : names) {
      weights.put(name, given.getOrDefault(name, byName.getOrDefault(name, 0.0)));
    }
    return new PartWeights(weights);
  }

  /** Returns the parts of a verdict; none for one that is no score. */
  List<PartSight> sights(Verdict verdict) {
    if (!(verdict instanceof Score score)) {
      return List.of();
    }
    List<PartSight> sights = new ArrayList<>();
    score
        .parts()
        .forEach(
            (name, value) -> {
              Double weight = byName.get(name);
              sights.add(
                  new PartSight(name, value, weight, weight == null ? null : weight * value));
            });
    return sights;
  }
}
