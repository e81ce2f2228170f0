package rft.advantage;

/**
 * Mean and spread of the rewards that are there.
 *
 * @param count rewards that are not NaN
 * @param mean their mean; NaN when there is none
 * @param std their sample standard deviation (n-1); NaN when there are fewer than two
 */
record Moments(int count, double mean, double std) {
  /**
   * Returns the moments of values, NaN left out.
   *
   * @throws IllegalArgumentException if a value is infinite
   */
  static Moments of(double... values) {
    int count = 0;
    double first = Double.NaN;
    double shifted = 0;
    for (double value : values) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "a reward is "
                + value
                + ": it must be finite, or NaN where a rollout is unscorable; bound the reward");
      }
      if (!Double.isNaN(value)) {
        first = count == 0 ? value : first;
        // Relative to the first value, so that equal rewards have exactly their own value as mean.
        shifted += value - first;
        count++;
      }
    }
    double mean = first + shifted / count;
    double squares = 0;
    for (double value : values) {
      // Not E[x^2] - E[x]^2, which leaves a residue where the spread is 0.
      squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    return new Moments(count, mean, count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1)));
  }
}
