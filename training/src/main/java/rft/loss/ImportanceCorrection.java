package rft.loss;

import java.util.Arrays;
import rft.loss.LossBatch.Row;

/**
 * The correction for a sampler whose log-probs are not those of the trainer: weights {@code exp(old
 * - samp)}, bounded. They carry no gradient.
 *
 * @param level per token {@code exp(d_t)}, or per row {@code exp(sum_t m d_t)}
 * @param outside what happens to weights outside the bounds
 * @param min lower bound; 0 for none
 * @param max upper bound
 * @see <a href="https://fengyao.notion.site/off-policy-rl">Truncated importance sampling</a>
 * @see <a href="https://arxiv.org/abs/2510.18855">Masked importance sampling</a>, IcePop
 */
public record ImportanceCorrection(RatioLevel level, Outside outside, double min, double max) {
  /** What happens to a weight outside the bounds. */
  public enum Outside {
    /** It becomes the bound. */
    TRUNCATE,
    /** It becomes 0: the token, or row, leaves the numerator. */
    MASK
  }

  /** Smallest and largest log-weight that enter the sequence weight of VESPO. */
  private static final double LOWEST_LOG = Math.log(1e-8);

  private static final double HIGHEST_LOG = 20;

  public ImportanceCorrection {
    if (!(min >= 0 && max > min)) {
      throw new IllegalArgumentException(
          "importance bounds ["
              + min
              + ", "
              + max
              + "] must be 0 <= min < max, for example 0 and 3");
    }
  }

  /** Returns the correction that TRL uses by default: whole rows with a weight above 3 drop out. */
  public static ImportanceCorrection standard() {
    return new ImportanceCorrection(RatioLevel.SEQUENCE, Outside.MASK, 0, 3);
  }

  /**
   * Returns the weight of each token, (T); 1 where a token does not train, NaN where a log-prob is
   * not finite.
   */
  public double[] weights(Row row) {
    double[] weights = new double[row.length()];
    Arrays.fill(weights, 1);
    double sum = 0;
    for (int t = 0; t < weights.length; t++) {
      if (row.trains(t)) {
        double difference = row.oldLogProb(t) - row.samplerLogProb(t);
        sum += difference;
        weights[t] = bounded(difference);
      }
    }
    if (level == RatioLevel.SEQUENCE) {
      Arrays.fill(weights, bounded(sum));
    }
    return weights;
  }

  /** Returns the log of the weight of the whole row, as VESPO takes it in. */
  double logWeight(Row row) {
    double[] weights = weights(row);
    double sum = 0;
    for (int t = 0; t < weights.length; t++) {
      double log = Math.max(LOWEST_LOG, Math.min(Math.log(weights[t]), HIGHEST_LOG));
      if (level == RatioLevel.SEQUENCE) {
        return log;
      }
      sum += log;
    }
    return sum;
  }

  private double bounded(double logWeight) {
    if (!Double.isFinite(logWeight)) {
      return Double.NaN;
    }
    double weight = Math.exp(logWeight);
    return switch (outside) {
      case TRUNCATE -> Math.max(min, Math.min(weight, max));
      case MASK -> weight < min || weight > max ? 0 : weight;
    };
  }
}
