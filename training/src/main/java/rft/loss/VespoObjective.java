package rft.loss;

import org.jspecify.annotations.Nullable;
import rft.loss.LossBatch.Row;

/**
 * VESPO: {@code -sg[phi(W)] A lp} with {@code phi(W) = exp(lambda + k log W - lambda W)} and {@code
 * W = exp(sum_t m (lp - old))}, the ratio of the whole row, not length-normalised. phi is 1 at W =
 * 1 and falls off on both sides.
 *
 * @param positive shape of phi for advantages of at least 0
 * @param negative shape of phi for negative advantages
 * @param correction enters W, and multiplies nothing else; null for none
 * @see <a href="https://arxiv.org/abs/2602.10693">VESPO</a>, whose c1 and c2 are k and lambda
 */
record VespoObjective(Gamma positive, Gamma negative, @Nullable ImportanceCorrection correction)
    implements Objective {
  /** Bounds that keep the exponentials in range, those of the authors' code. */
  private static final double LOWEST_LOG = Math.log(1e-8);

  private static final double HIGHEST_LOG = 20;

  /**
   * The shape of phi.
   *
   * @param k power: how fast rows fade that the policy moved away from
   * @param lambda decay: how fast rows fade that it moved toward
   */
  record Gamma(double k, double lambda) {
    Gamma {
      if (!(k >= 0 && lambda > 0)) {
        throw new IllegalArgumentException(
            "VESPO k (" + k + ") must not be negative and lambda (" + lambda + ") above 0");
      }
    }
  }

  @Override
  public double add(Row row, double[] weights, double[] gradient) {
    double slope = -phi(row) * row.advantage();
    double sum = 0;
    for (int t = 0; t < row.length(); t++) {
      if (weights[t] != 0) {
        sum += weights[t] * slope * row.logProb(t);
        gradient[t] += weights[t] * slope;
      }
    }
    return sum;
  }

  @Override
  public Clipping clipping(Row row) {
    return Clipping.NONE;
  }

  @Override
  public double phi(Row row) {
    double logW = correction == null ? 0 : correction.logWeight(row);
    for (int t = 0; t < row.length(); t++) {
      if (row.trains(t)) {
        double ratio = row.logProb(t) - row.oldLogProb(t);
        logW += Math.max(-HIGHEST_LOG, Math.min(ratio, HIGHEST_LOG));
      }
    }
    logW = Math.max(LOWEST_LOG, Math.min(logW, HIGHEST_LOG));
    Gamma gamma = row.advantage() >= 0 ? positive : negative;
    return Math.exp(gamma.lambda() + gamma.k() * logW - gamma.lambda() * Math.exp(logW));
  }
}
