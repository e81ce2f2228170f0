package rft.sample;

import java.util.List;

/** What the tasks that ask for a number share: where the answer goes, and how to guess one. */
final class Numbers {
  /** Stands before the answer. */
  static final String MARK = "#### ";

  /** Ends every question. */
  static final String ASK = " Answer after ####.";

  private static final int GUESSES_RIGHT_PERCENT = 25;

  private Numbers() {}

  /**
   * Returns the truth in a quarter of all draws, else a number above 0 that is off by one of the
   * distances.
   */
  static int guess(int truth, List<Integer> distances, CounterRandom random) {
    boolean right = random.percent(GUESSES_RIGHT_PERCENT);
    int distance = random.pick(distances);
    boolean above = random.percent(50) || truth <= distance;
    if (right) {
      return truth;
    }
    return above ? truth + distance : truth - distance;
  }
}
