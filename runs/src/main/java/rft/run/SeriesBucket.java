package rft.run;

/**
 * Neighbouring values of one metric as one point of a chart, so that no spike is lost.
 *
 * @param step last step that has a value
 * @param last its last finite value; NaN if it has none
 * @param min its smallest finite value; NaN if it has none
 * @param max its largest finite value; NaN if it has none
 * @param odd a step whose value is NaN or infinite; -1 if every value is finite
 */
public record SeriesBucket(int step, double last, double min, double max, int odd) {
  /**
   * Returns how many steps should share a point, so that so many steps give about so many points; a
   * width that is quick to read.
   */
  public static int width(int steps, int points) {
    int width = (Math.max(1, steps) + points - 1) / points;
    int blocks = (width + SeriesBlocks.WIDTH - 1) / SeriesBlocks.WIDTH;
    return 2 * width < SeriesBlocks.WIDTH ? width : blocks * SeriesBlocks.WIDTH;
  }

  /** Returns the bucket of a single value. */
  static SeriesBucket of(Point point) {
    boolean finite = Double.isFinite(point.value());
    double value = finite ? point.value() : Double.NaN;
    return new SeriesBucket(point.step(), value, value, value, finite ? -1 : point.step());
  }

  /** Returns this bucket and a later one as one. */
  SeriesBucket and(SeriesBucket later) {
    return new SeriesBucket(
        later.step,
        Double.isNaN(later.last) ? last : later.last,
        lesser(min, later.min),
        -lesser(-max, -later.max),
        odd >= 0 ? odd : later.odd);
  }

  private static double lesser(double one, double other) {
    return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
  }
}
