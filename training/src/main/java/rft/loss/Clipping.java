package rft.loss;

/**
 * How often the ratio left the trust region, as a metric; summable over micro-batches.
 *
 * @param low units clipped from below, where the advantage is negative
 * @param high units clipped from above, where the advantage is positive
 * @param units what was counted: trained tokens, or rows with the ratio at sequence level
 * @param lowestLow smallest share of one row clipped from below; NaN when there is no row
 * @param highestHigh largest share of one row clipped from above; NaN when there is no row
 */
public record Clipping(long low, long high, long units, double lowestLow, double highestHigh) {
  /** The count over nothing; of a loss that does not clip. */
  public static final Clipping NONE = new Clipping(0, 0, 0, Double.NaN, Double.NaN);

  /** Returns the count over one row. */
  static Clipping ofRow(long low, long high, long units) {
    return new Clipping(low, high, units, (double) low / units, (double) high / units);
  }

  /** Returns the count over both. */
  public Clipping plus(Clipping other) {
    return new Clipping(
        low + other.low,
        high + other.high,
        units + other.units,
        Double.isNaN(lowestLow) || other.lowestLow < lowestLow ? other.lowestLow : lowestLow,
        Double.isNaN(highestHigh) || other.highestHigh > highestHigh
            ? other.highestHigh
            : highestHigh);
  }

  /** Returns the share of units clipped from below; NaN when nothing was counted. */
  public double lowShare() {
    return (double) low / units;
  }

  /** Returns the share of units clipped from above; NaN when nothing was counted. */
  public double highShare() {
    return (double) high / units;
  }

  /** Returns the share of units clipped from either side; NaN when nothing was counted. */
  public double regionShare() {
    return (double) (low + high) / units;
  }
}
