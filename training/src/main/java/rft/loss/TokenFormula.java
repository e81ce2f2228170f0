package rft.loss;

/**
 * The loss of one token as a function of its ratio {@code w}, its log-prob {@code lp} and the
 * advantage {@code A}, which is never 0 here.
 */
interface TokenFormula {
  /** Returns the loss. */
  double value(double w, double lp, double advantage);

  /** Returns the slope in log w: through the ratio. */
  double ratioSlope(double w, double advantage);

  /** Returns the slope in lp itself, the ratio held fixed. */
  double logProbSlope(double w, double advantage);

  /** Returns whether the ratio left the trust region downwards, as a metric. */
  default boolean isClippedLow(double w, double advantage) {
    return false;
  }

  /** Returns whether the ratio left the trust region upwards, as a metric. */
  default boolean isClippedHigh(double w, double advantage) {
    return false;
  }
}
