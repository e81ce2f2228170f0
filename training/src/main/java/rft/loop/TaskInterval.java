package rft.loop;

import java.util.Arrays;
import rft.loop.Evaluation.Estimate;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;

/**
 * The 95 % interval of a mean over tasks, by the percentiles of a bootstrap that draws tasks whole.
 *
 * <p>A sample whose tasks are all alike is the same however often it is drawn, as if nothing were
 * left to doubt. There the interval is Wilson's: n tasks that are alike do not exclude that a share
 * of z^2 / (n + z^2) of all tasks is unlike them.
 *
 * <p>The bootstrap of a few tasks is too narrow. In 3000 simulated comparisons for each number of
 * tasks, of 4 samples per task and a gain of 0.1, it held the truth in 74 % with 2 tasks, 82 % with
 * 3, 89 % with 5, 91 % with 11 and 94 % with 20. Up to 20 tasks the interval is Student's where
 * that is wider.
 *
 * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron, Bootstrap methods</a>
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable inference</a>
 * @see <a href="https://doi.org/10.1093/biomet/6.1.1">Student, The probable error of a mean</a>
 */
final class TaskInterval {
  private static final int RESAMPLES = 2000;

  /** Square of the two-sided 95 % quantile of the normal distribution. */
  private static final double Z2 = 3.8414588206941236;

  /** Two-sided 95 % quantiles of Student's distribution for means of 2, 3, .. 20 values. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093
  };

  /** Values that differ by less are equal, up to how they were computed. */
  private static final double ROUNDING = 1e-9;

  private TaskInterval() {}

  /**
   * Returns the mean of shares in [0, 1] with its interval, which reaches no less far up than if
   * all shares were 0, and no less far down than if all were 1.
   */
  static Estimate ofShares(double... shares) {
    Estimate drawn = areAlike(shares) ? ofAlike(0, 1, shares) : ofUnlike(0, 1, shares);
    double unseen = unseen(shares.length);
    return new Estimate(
        drawn.mean(), Math.min(drawn.low(), 1 - unseen), Math.max(drawn.high(), unseen));
  }

  /**
   * Returns the mean of differences with its interval.
   *
   * @param span the largest difference that there may be, of either sign
   */
  static Estimate ofDifferences(double span, double... differences) {
    return areAlike(differences)
        ? ofAlike(-span, span, differences)
        : ofUnlike(-span, span, differences);
  }

  private static boolean areAlike(double... values) {
    return Arrays.stream(values).allMatch(value -> Math.abs(value - values[0]) < ROUNDING);
  }

  /**
   * Returns the interval of values that are alike where those not seen may be the least or most.
   */
  private static Estimate ofAlike(double least, double most, double... values) {
    double value = values[0];
    double unseen = unseen(values.length);
    return new Estimate(value, value - unseen * (value - least), value + unseen * (most - value));
  }

  /** Returns the interval of at least two values that differ, all between the least and most. */
  private static Estimate ofUnlike(double least, double most, double... values) {
    Estimate drawn = bootstrap(values);
    int place = values.length - 2;
    if (place >= STUDENT.length) {
      return drawn;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - drawn.mean()) * (value - drawn.mean());
    }
    double half = STUDENT[place] * Math.sqrt(squares / (values.length - 1) / values.length);
    return new Estimate(
        drawn.mean(),
        Math.max(least, Math.min(drawn.low(), drawn.mean() - half)),
        Math.min(most, Math.max(drawn.high(), drawn.mean() + half)));
  }

  private static double unseen(int tasks) {
    return Z2 / (tasks + Z2);
  }

  private static Estimate bootstrap(double... values) {
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum +=
            values[(int) (CounterRandom.uniform(0, Purpose.EVALUATE, resample, i) * values.length)];
      }
      means[resample] = sum / values.length;
    }
    Arrays.sort(means);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    int tail = RESAMPLES / 40;
    return new Estimate(sum / values.length, means[tail], means[RESAMPLES - 1 - tail]);
  }
}
