package rft.loss;

/**
 * SAPO: {@code -4 / tau s(tau (w - 1)) A} with s the sigmoid: a soft gate in place of the clip. Its
 * gradient is {@code -4 s (1 - s) w A}.
 *
 * @param tauPositive temperature for positive advantages
 * @param tauNegative temperature for negative advantages; higher decays faster
 * @see <a href="https://arxiv.org/abs/2511.20347">Soft Adaptive Policy Optimization</a>
 */
record SapoFormula(double tauPositive, double tauNegative) implements TokenFormula {
  SapoFormula {
    if (!(tauPositive > 0 && tauNegative > 0)) {
      throw new IllegalArgumentException(
          "SAPO temperatures (" + tauPositive + ", " + tauNegative + ") must be above 0");
    }
  }

  @Override
  public double value(double w, double lp, double advantage) {
    return -gate(w, advantage) * 4 / tau(advantage) * advantage;
  }

  @Override
  public double ratioSlope(double w, double advantage) {
    double s = gate(w, advantage);
    // The gate closes faster than a ratio that overflowed grows.
    return -advantage * 4 * s * (1 - s) * Math.min(w, Double.MAX_VALUE);
  }

  @Override
  public double logProbSlope(double w, double advantage) {
    return 0;
  }

  private double gate(double w, double advantage) {
    return 1 / (1 + Math.exp(-tau(advantage) * (w - 1)));
  }

  private double tau(double advantage) {
    return advantage > 0 ? tauPositive : tauNegative;
  }
}
