package rft.loss;

import rft.loss.LossBatch.Row;

/** What drives the policy toward high advantages: a loss per token, before masks and KL. */
interface Objective {
  /**
   * Adds the slopes of {@code sum_t weights[t] l_t} to a gradient and returns that sum.
   *
   * @param weights (T) constants; a token of weight 0 is not looked at
   * @param gradient (T) d loss / d lp_t, added to
   */
  double add(Row row, double[] weights, double[] gradient);

  /** Returns how often the ratio left the trust region. */
  Clipping clipping(Row row);

  /** Returns the weight of VESPO, or NaN. */
  default double phi(Row row) {
    return Double.NaN;
  }
}
