package rft.loss;

import java.util.Arrays;
import rft.loss.LossBatch.Row;

/**
 * Drops rows that did badly and that the policy has moved away from: {@code A < 0} and {@code
 * mean_t m (samp - lp) > threshold}. They stay in the denominators.
 *
 * @param threshold nats per token
 * @see <a href="https://arxiv.org/abs/2512.02556">DeepSeek-V3.2</a>, off-policy sequence masking
 */
record OffPolicyMask(double threshold) implements TokenWeights {
  OffPolicyMask {
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException(
          "off-policy threshold (" + threshold + ") must not be negative, for example 0.5");
    }
  }

  @Override
  public double[][] of(LossBatch batch) {
    return batch.rows().stream().map(this::ofRow).toArray(double[][]::new);
  }

  private double[] ofRow(Row row) {
    double moved = 0;
    for (int t = 0; t < row.length(); t++) {
      moved += row.trains(t) ? row.samplerLogProb(t) - row.logProb(t) : 0;
    }
    moved /= Math.max(1, row.tokens());
    double[] weights = new double[row.length()];
    boolean drop = row.advantage() < 0 && moved > threshold;
    // A mean that is not finite comes from broken log-probs, which must not pass as a decision.
    Arrays.fill(weights, Double.isFinite(moved) ? (drop ? 0 : 1) : Double.NaN);
    return weights;
  }
}
