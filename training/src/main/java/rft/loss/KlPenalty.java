package rft.loss;

import rft.loss.LossBatch.Row;

/**
 * The pull toward the base policy: {@code beta} times an estimate of the KL divergence at each
 * trained token. No mask or correction of the loss touches it.
 *
 * @param estimator which estimate
 * @param beta its weight; 0 for no penalty, and then no base log-probs are needed
 * @param biasCorrected whether the estimate is multiplied by the ratio of new to old policy,
 *     gradient included: the right expectation for tokens that the old policy sampled
 */
public record KlPenalty(KlEstimator estimator, double beta, boolean biasCorrected) {
  public KlPenalty {
    if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "beta ("
              + beta
              + ") must be finite and not negative, for example 0.04; 0 switches it off");
    }
  }

  /** Returns the penalty of GRPO, by {@link KlEstimator#K3}. */
  public static KlPenalty k3(double beta) {
    return new KlPenalty(KlEstimator.K3, beta, false);
  }

  /**
   * Returns this penalty with the correction for tokens sampled from the old policy.
   *
   * @see <a href="https://arxiv.org/abs/2512.02556">DeepSeek-V3.2</a>, unbiased KL estimate
   */
  public KlPenalty withBiasCorrection() {
    return new KlPenalty(estimator, beta, true);
  }

  /**
   * Adds the penalty's slopes to a gradient.
   *
   * @param weight what each trained token counts in the loss
   * @param gradient (T) added to
   * @return the sum of the estimates over the trained tokens, without weight and beta
   */
  double add(Row row, RatioLevel level, double weight, double[] gradient) {
    double[] ratios = level.ratios(row); // (T)
    double[] ratioSlopes = new double[row.length()]; // (T)
    double sum = 0;
    for (int t = 0; t < row.length(); t++) {
      if (row.trains(t)) {
        double x = row.baseLogProb(t) - row.logProb(t);
        double ratio = biasCorrected ? ratios[t] : 1;
        double kl = estimator.value(x) * ratio;
        sum += kl;
        gradient[t] += weight * beta * estimator.slope(x) * ratio;
        ratioSlopes[t] = biasCorrected ? weight * beta * kl : 0;
      }
    }
    level.backward(row, ratioSlopes, gradient);
    return sum;
  }
}
