package rft.command;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The best validation accuracies of several seeds.
 *
 * @param mean over the seeds
 * @param std sample standard deviation over the seeds
 * @param lowest of the seeds
 * @param highest of the seeds
 */
public record Spread(double mean, double std, double lowest, double highest) {
  /** Returns what parts the runs; null for fewer than two, or where one was never validated. */
  static @Nullable Spread of(List<TrainedRun> runs) {
    double[] best =
        runs.stream()
            .map(TrainedRun::validationBest)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (best.length < 2 || best.length < runs.size()) {
      return null;
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
