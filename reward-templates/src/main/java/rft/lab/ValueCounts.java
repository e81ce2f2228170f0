package rft.lab;

import java.util.Collection;
import java.util.TreeMap;

/**
 * How often each reward occurs in a group.
 *
 * @param drawn answers of the group
 * @param scored those that have a reward
 * @param good how often each reward of full marks or more occurs, most frequent first
 * @param bad how often each lower reward occurs, most frequent first
 */
record ValueCounts(int drawn, int scored, Counts good, Counts bad) {
  /** Rewards that differ less count as equal, so that rounding in a sum of parts does not. */
  private static final double EQUAL = 1e-8;

  /** Numbers of occurrences, largest first. */
  static final class Counts {
    private final int[] counts;

    Counts(Collection<Integer> counts) {
      this.counts =
          counts.stream().sorted((a, b) -> Integer.compare(b, a)).mapToInt(n -> n).toArray();
    }

    /** Returns how often the most frequent value occurs; 0 if there is none. */
    int most() {
      return counts.length == 0 ? 0 : counts[0];
    }

    /**
     * Returns the chance that so many answers drawn without return from {@code of} all have one of
     * these values, and the same: unbiased for the chance in groups of that size.
     */
    double allEqual(int size, int of) {
      double sum = 0;
      for (int count : counts) {
        double chance = 1;
        for (int i = 0; i < size; i++) {
          chance *= Math.max(0, count - i) / (double) (of - i);
        }
        sum += chance;
      }
      return sum;
    }

    /** Returns how many pairs of answers have an equal value. */
    int ties() {
      int ties = 0;
      for (int count : counts) {
        ties += count * (count - 1) / 2;
      }
      return ties;
    }
  }

  static ValueCounts of(double[] rewards, FullMarks fullMarks) {
    TreeMap<Double, Integer> good = new TreeMap<>();
    TreeMap<Double, Integer> bad = new TreeMap<>();
    int scored = 0;
    for (double reward : rewards) {
      if (!Double.isNaN(reward)) {
        (fullMarks.reachedBy(reward) ? good : bad).merge(key(reward), 1, Integer::sum);
        scored++;
      }
    }
    return new ValueCounts(
        rewards.length, scored, new Counts(good.values()), new Counts(bad.values()));
  }

  /** Returns the same number for rewards that count as equal. */
  static double key(double reward) {
    return Math.rint(reward / EQUAL) * EQUAL + 0.0;
  }

  /** Returns true if there are rewards to compare. */
  boolean usable() {
    return scored >= 2;
  }

  boolean isAllGood() {
    return usable() && good.most() == scored;
  }

  boolean isAllBad() {
    return usable() && bad.most() == scored;
  }

  /** Returns how many of a group of this size would have a reward. */
  int effective(int groupSize) {
    return Math.max(2, Math.round(groupSize * (scored / (float) drawn)));
  }
}
