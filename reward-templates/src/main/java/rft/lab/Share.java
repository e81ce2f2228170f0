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
  /** Returns a share with its interval by Wilson's score, which is sound near 0 and 1, too. */
  public static Share of(int count, int of) {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException(count + " of " + of + " is no share");
    }
    if (of == 0) {
      return new Share(0, 0, null, 0, 1);
    }
    Estimate estimate = Estimate.of(count / (double) of, of);
    return new Share(count, of, estimate.mean(), estimate.low(), estimate.high());
  }
}
