package rft.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import rft.reward.Cancellation;
import rft.reward.Score;

/**
 * What the parts of a reward contribute to what groups can teach: each one's covariance with their
 * weighted sum within groups, as a share of that sum's variance. The shares add up to one; a
 * negative one works against the others.
 */
final class PartCheck {
  private PartCheck() {}

  /**
   * @param weights by part; empty if they are not known
   */
  static Card.Parts of(Map<String, Double> weights, List<JudgedGroup> groups) {
    List<String> names = List.copyOf(weights.keySet());
    double[] sums = new double[names.size()];
    double[] covariances = new double[names.size()];
    int scored = 0;
    double variance = 0;
    for (JudgedGroup group : groups) {
      List<Score> scores = scores(group);
      double[][] values = names.stream().map(name -> values(scores, name)).toArray(double[][]::new);
      double[] total = new double[scores.size()];
      for (int k = 0; k < values.length; k++) {
        sums[k] += Arrays.stream(values[k]).sum();
        double[] centred = centred(weights.getOrDefault(names.get(k), 0.0), values[k]);
        Arrays.setAll(total, i -> total[i] + centred[i]);
        values[k] = centred;
      }
      for (int k = 0; k < values.length; k++) {
        covariances[k] += dot(values[k], total);
      }
      variance += dot(total, total);
      scored += total.length;
    }
    List<Card.Part> parts = new ArrayList<>();
    for (int k = 0; k < sums.length && scored > 0; k++) {
      double weight = weights.getOrDefault(names.get(k), 0.0);
      Double share = variance > 0 && weight != 0 ? covariances[k] / variance : null;
      parts.add(new Card.Part(names.get(k), weight, sums[k] / scored, share));
    }
    return new Card.Parts(
        parts,
        Cancellation.among(weights, groups.stream().map(JudgedGroup::verdicts).toList()).stream()
            .map(Cancellation::sentence)
            .toList());
  }

  private static List<Score> scores(JudgedGroup group) {
    return group.verdicts().stream()
        .filter(Score.class::isInstance)
        .map(Score.class::cast)
        .filter(score -> !score.parts().isEmpty())
        .toList();
  }

  private static double[] values(List<Score> scores, String part) {
    return scores.stream().mapToDouble(score -> score.parts().getOrDefault(part, 0.0)).toArray();
  }

  private static double[] centred(double weight, double... values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(value -> weight * (value - mean)).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
