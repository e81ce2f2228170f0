package rft.lab;

/**
 * A share that is not known exactly.
 *
 * @param mean the best guess
 * @param low lower limit of the 95 % interval
 * @param high upper limit of the 95 % interval
 */
public record Estimate(double mean, double low, double high) {
  /** Two-sided 95 % quantile of the normal distribution. */
  static final double Z = 1.959963984540054;

  /**
   * Returns the mean of independent values in [0, 1] with its interval by Wilson's score, which is
   * sound near 0 and 1, too. It is exact in spirit for values that are 0 or 1, and wider than
   * needed for others, whose variance is smaller.
   *
   * @param mean of the values
   * @param of how many there are; none may be anything
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable inference</a>
   */
  static Estimate of(double mean, int of) {
    if (of == 0) {
      return new Estimate(0.5, 0, 1);
    }
    double z2 = Z * Z;
    double centre = (mean + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z / (1 + z2 / of) * Math.sqrt(mean * (1 - mean) / of + z2 / (4.0 * of * of));
    double low = mean == 0 ? 0 : Math.max(0, centre - half);
    double high = mean == 1 ? 1 : Math.min(1, centre + half);
    return new Estimate(mean, low, high);
  }

  /** Returns true if the limit lies inside the interval, so that either side of it is possible. */
  boolean crosses(double limit) {
    return low <= limit && limit < high;
  }
}
