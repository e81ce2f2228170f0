package rft.lab;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number that was measured on a sample, and between what limits it would be on another one.
 *
 * @param value as measured; null if there was nothing to measure
 * @param low lower limit of the 95 % interval; the value where it cannot be known, 0 without one
 * @param high upper limit of it
 * @param of how many things it rests on
 */
public record Resampled(@Nullable Double value, double low, double high, int of) {
  private static final int SAMPLES = 1_000;

  /** Nothing was measured. */
  static final Resampled NOTHING = new Resampled(null, 0, 0, 0);

  /**
   * Returns a number with its interval by the percentiles of a bootstrap: the sample is drawn again
   * with repetitions, {@value #SAMPLES} times.
   *
   * @param count things in the sample, each drawn whole: answers, pairs or groups
   * @param statistic of the things at these places; NaN where it has no value
   * @param seed of the draws
   * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron, Bootstrap methods</a>
   */
  static Resampled of(int count, ToDoubleFunction<int[]> statistic, long seed) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    double value = count == 0 ? Double.NaN : statistic.applyAsDouble(all);
    if (Double.isNaN(value)) {
      return NOTHING;
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] drawn = new double[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      int[] places = new int[count];
      Arrays.setAll(places, i -> random.nextInt(count));
      drawn[s] = statistic.applyAsDouble(places);
    }
    double[] usable = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).sorted().toArray();
    int last = usable.length - 1;
    return last < 0
        ? new Resampled(value, value, value, count)
        : new Resampled(
            value, usable[(int) (0.025 * last)], usable[(int) Math.ceil(0.975 * last)], count);
  }

  /** Returns the mean of ratios' parts: the sum of the upper over the sum of the lower ones. */
  static Resampled ratio(double[] above, double[] below, long seed) {
    return of(
        above.length,
        places -> {
          double up = 0;
          double down = 0;
          for (int place : places) {
            up += above[place];
            down += below[place];
          }
          return down == 0 ? Double.NaN : up / down;
        },
        seed);
  }

  /** Returns the number and its interval in words, for example {@code 0.52 (0.41 to 0.60)}. */
  public String text() {
    return value == null
        ? "not measured"
        : "%s (%s to %s)".formatted(rounded(value), rounded(low), rounded(high));
  }

  private static String rounded(double number) {
    String text = "%.2f".formatted(number);
    return text.equals("-0.00") ? "0.00" : text;
  }
}
