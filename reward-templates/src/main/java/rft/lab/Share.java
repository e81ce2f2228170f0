package rft.lab;

import org.jspecify.annotations.Nullable;

/**
 * How many of some things are so, and between what limits their true share lies.
 *
 * @param count those that are
 * @param of all that were looked at
 * @param mean their share, in [0, 1]; null if nothing was looked at
 * @param low lower limit of the 95 % interval
 * @param high upper limit of the 95 % interval
 */
public record Share(int count, int of, @Nullable Double mean, double low, double high) {
  /** Two-sided 95 % quantile of the normal distribution. */
  static final double Z = 1.959963984540054;

  /**
   * Returns a share with its interval by Wilson's score, which is sound near 0 and 1, too.
   *
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable inference</a>
   */
  public static Share of(int count, int of) {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException(count + " of " + of + " is no share");
    }
    if (of == 0) {
      return new Share(0, 0, null, 0, 1);
    }
    double mean = count / (double) of;
    double z2 = Z * Z;
    double centre = (mean + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z / (1 + z2 / of) * Math.sqrt(mean * (1 - mean) / of + z2 / (4.0 * of * of));
    double low = count == 0 ? 0 : Math.max(0, centre - half);
    double high = count == of ? 1 : Math.min(1, centre + half);
    return new Share(count, of, mean, low, high);
  }
}
