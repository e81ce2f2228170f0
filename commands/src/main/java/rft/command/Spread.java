package rft.command;

import java.util.List;

/**
 * The best validation accuracies of several seeds.
 *
 * @param mean over the seeds
 * @param std sample standard deviation over the seeds
 * @param lowest of the seeds
 * @param highest of the seeds
 */
public record Spread(double mean, double std, double lowest, double highest) {
  static Spread of(List<TrainedRun> runs) {
    double[] best = new double[runs.size()];
    for (int i = 0; i < best.length; i++) {
      Double value = runs.get(i).validationBest();
      best[i] = value == null ? Double.NaN : value;
    }
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : best) {
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double mean = sum / best.length;
    double squares = 0;
    for (double value : best) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(mean, Math.sqrt(squares / (best.length - 1)), low, high);
  }
}
