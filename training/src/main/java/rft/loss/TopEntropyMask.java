package rft.loss;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import rft.loss.LossBatch.Row;

/**
 * Keeps the share of tokens at which the policy is least sure: entropy at or above the {@code 1 -
 * share} quantile of the micro-batch, as TRL does. The quantile is of what is scored together, so
 * how a step is cut into micro-batches matters.
 *
 * @param share of tokens to keep, in (0, 1]
 * @see <a href="https://arxiv.org/abs/2506.01939">Beyond the 80/20 Rule</a>
 */
record TopEntropyMask(double share) implements TokenWeights {
  TopEntropyMask {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "top-entropy share (" + share + ") must be above 0 and at most 1, for example 0.2");
    }
  }

  @Override
  public double[][] of(LossBatch batch) {
    double threshold =
        quantile(batch.rows().stream().flatMapToDouble(TopEntropyMask::entropies).toArray());
    return batch.rows().stream().map(row -> ofRow(row, threshold)).toArray(double[][]::new);
  }

  private static DoubleStream entropies(Row row) {
    return IntStream.range(0, row.length()).filter(row::trains).mapToDouble(row::entropy);
  }

  /** Returns the quantile with linear interpolation, as torch.quantile. */
  private double quantile(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    Arrays.sort(values);
    double position = (1 - share) * (values.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, values.length - 1);
    return values[below] + (position - below) * (values[above] - values[below]);
  }

  private static double[] ofRow(Row row, double threshold) {
    double[] weights = new double[row.length()];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = row.trains(t) && row.entropy(t) >= threshold ? 1 : 0;
    }
    return weights;
  }
}
