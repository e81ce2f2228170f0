package rft.health;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import rft.run.Point;

/** The values of one metric by ascending step, with the statistics that rules need. */
final class Series {
  static final Series EMPTY = new Series(new int[0], new double[0]);

  /** Makes the median absolute deviation of normal noise its standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private final int[] steps;
  private final double[] values;

  private Series(int[] steps, double[] values) {
    this.steps = steps;
    this.values = values;
  }

  static Series of(List<Point> points) {
    return new Series(
        points.stream().mapToInt(Point::step).toArray(),
        points.stream().mapToDouble(Point::value).toArray());
  }

  /** Returns this series with a later one behind it. */
  Series plus(Series later) {
    if (later.isEmpty()) {
      return this;
    }
    int[] allSteps = Arrays.copyOf(steps, size() + later.size());
    double[] allValues = Arrays.copyOf(values, size() + later.size());
    System.arraycopy(later.steps, 0, allSteps, size(), later.size());
    System.arraycopy(later.values, 0, allValues, size(), later.size());
    return new Series(allSteps, allValues);
  }

  int size() {
    return steps.length;
  }

  boolean isEmpty() {
    return steps.length == 0;
  }

  int step(int i) {
    return steps[i];
  }

  double value(int i) {
    return values[i];
  }

  int lastStep() {
    return steps[steps.length - 1];
  }

  double last() {
    return values[values.length - 1];
  }

  /** Returns the points as a list. */
  List<Point> points() {
    return IntStream.range(0, size()).mapToObj(i -> new Point(steps[i], values[i])).toList();
  }

  /** Returns the value at a step; NaN where there is none. */
  double at(int step) {
    int i = Arrays.binarySearch(steps, step);
    return i < 0 ? Double.NaN : values[i];
  }

  /** Returns the last value up to a step; NaN where there is none. */
  double lastUpTo(int step) {
    int i = Arrays.binarySearch(steps, step);
    int at = i < 0 ? -i - 2 : i;
    return at < 0 ? Double.NaN : values[at];
  }

  /** Returns true if there is a value at a step, be it a number or not. */
  boolean has(int step) {
    return Arrays.binarySearch(steps, step) >= 0;
  }

  /** Returns the part whose values are numbers. */
  Series finite() {
    return where(Double::isFinite);
  }

  /** Returns the part whose values fit. */
  Series where(DoublePredicate fits) {
    int[] kept = IntStream.range(0, size()).filter(i -> fits.test(values[i])).toArray();
    return new Series(
        Arrays.stream(kept).map(i -> steps[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
  }

  /** Returns the part from a step on. */
  Series from(int step) {
    int i = Arrays.binarySearch(steps, step);
    return slice(i < 0 ? -i - 1 : i, size());
  }

  /** Returns the part up to a step. */
  Series upTo(int step) {
    int i = Arrays.binarySearch(steps, step);
    return slice(0, i < 0 ? -i - 1 : i + 1);
  }

  Series first(int count) {
    return slice(0, Math.min(count, size()));
  }

  Series last(int count) {
    return slice(Math.max(0, size() - count), size());
  }

  private Series slice(int from, int to) {
    return new Series(Arrays.copyOfRange(steps, from, to), Arrays.copyOfRange(values, from, to));
  }

  /** Returns the mean of the finite values; NaN if there are none. */
  double mean() {
    OptionalDouble mean = Arrays.stream(values).filter(Double::isFinite).average();
    return mean.orElse(Double.NaN);
  }

  /** Returns the median of the finite values; NaN if there are none. */
  double median() {
    return median(values);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /**
   * Returns the standard deviation of the noise from step to step, whatever the trend: from the
   * median of the absolute differences of neighbours, of which a few wild ones change nothing.
   */
  double noise() {
    double[] jumps = new double[Math.max(0, size() - 1)];
    for (int i = 0; i < jumps.length; i++) {
      jumps[i] = Math.abs(values[i + 1] - values[i]);
    }
    double median = median(jumps);
    return Double.isNaN(median) ? 0 : MAD_TO_SIGMA * median / Math.sqrt(2);
  }

  /** Returns the smallest value; infinite if there are none. */
  double least() {
    return Arrays.stream(values).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Returns the largest value; minus infinite if there are none. */
  double most() {
    return Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /** Returns by step the largest value so far. */
  Series bestSoFar() {
    double[] best = values.clone();
    for (int i = 1; i < best.length; i++) {
      best[i] = Math.max(best[i], best[i - 1]);
    }
    return new Series(steps, best);
  }

  /** Returns the first step with a value; it must have one. */
  int firstStepOf(double value) {
    return steps[
        IntStream.range(0, size()).filter(i -> values[i] == value).findFirst().orElseThrow()];
  }

  /** Returns the means of every {@code width} values in a row, at the step of the last of them. */
  Series means(int width) {
    int count = Math.max(0, size() - width + 1);
    double[] means = new double[count];
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += values[i] - (i >= width ? values[i - width] : 0);
      if (i >= width - 1) {
        means[i - width + 1] = sum / width;
      }
    }
    return new Series(Arrays.copyOfRange(steps, size() - count, size()), means);
  }

  /** Returns the last spell of at least so many points in a row whose values fit. */
  Optional<Spell> spell(int inARow, DoublePredicate fits) {
    return spellOf(inARow, i -> fits.test(values[i]));
  }

  /** Returns the last spell of at least so many points in a row whose steps fit. */
  Optional<Spell> spellOfSteps(int inARow, IntPredicate fits) {
    return spellOf(inARow, i -> fits.test(steps[i]));
  }

  private Optional<Spell> spellOf(int inARow, IntPredicate fits) {
    int end = size();
    while (end > 0) {
      int from = end;
      while (from > 0 && fits.test(from - 1)) {
        from--;
      }
      if (end - from >= inARow) {
        return Optional.of(new Spell(steps[from], steps[end - 1], end == size()));
      }
      end = from < end ? from : end - 1;
    }
    return Optional.empty();
  }
}
