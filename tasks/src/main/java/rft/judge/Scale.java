package rft.judge;

import java.math.BigDecimal;

/**
 * The numbers a judge may give.
 *
 * @param worst becomes 0
 * @param best becomes 1; may be the lower number
 */
record Scale(double worst, double best) {
  static final Scale UNIT = new Scale(0, 1);

  Scale {
    if (!Double.isFinite(worst) || !Double.isFinite(best) || worst == best) {
      throw new IllegalArgumentException(
          "a scale from " + worst + " to " + best + " must have two different ends");
    }
  }

  boolean has(double given) {
    return given >= Math.min(worst, best) && given <= Math.max(worst, best);
  }

  /** Returns a number of the scale as a reward from 0 to 1. */
  double reward(double given) {
    return (given - worst) / (best - worst);
  }

  /** Returns how the judge is told. */
  String words() {
    return "from " + number(worst) + " (worst) to " + number(best) + " (best)";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
