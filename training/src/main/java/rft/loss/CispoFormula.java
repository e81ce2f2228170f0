package rft.loss;

/**
 * CISPO: {@code -sg[min(w, cap)] A lp}. The capped ratio is a constant weight, so that no token
 * ever loses its gradient {@code -min(w, cap) A}.
 *
 * @param cap the cap of the ratio itself, not a distance from 1
 * @see <a href="https://arxiv.org/abs/2506.13585">MiniMax-M1</a>, CISPO
 */
record CispoFormula(double cap) implements TokenFormula {
  CispoFormula {
    if (!(cap > 0)) {
      throw new IllegalArgumentException(
          "CISPO cap (" + cap + ") must be above 0: it is the cap of the ratio itself, often 5");
    }
  }

  @Override
  public double value(double w, double lp, double advantage) {
    return logProbSlope(w, advantage) * lp;
  }

  @Override
  public double ratioSlope(double w, double advantage) {
    return 0;
  }

  @Override
  public double logProbSlope(double w, double advantage) {
    return -Math.min(w, cap) * advantage;
  }

  @Override
  public boolean isClippedHigh(double w, double advantage) {
    return advantage > 0 && w > cap;
  }
}
