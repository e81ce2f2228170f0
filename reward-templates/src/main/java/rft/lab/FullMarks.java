package rft.lab;

import rft.reward.Verdict;

/**
 * What a right answer is paid.
 *
 * @param value the reward of a right answer, 1 for most rewards; more than that is right, too
 */
public record FullMarks(double value) {
  /** One. */
  public static final FullMarks ONE = new FullMarks(1);

  /** So that rounding in a sum of parts does not make a right answer wrong. */
  private static final double SLACK = 1e-9;

  public FullMarks {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("full marks (" + value + ") must be a finite number");
    }
  }

  /** Returns true if this is a score of at least full marks. */
  public boolean reachedBy(Verdict verdict) {
    return verdict.reward().isPresent() && reachedBy(verdict.reward().getAsDouble());
  }

  /** Returns true if a reward is at least full marks; NaN is not. */
  public boolean reachedBy(double reward) {
    return reward >= value - SLACK * Math.max(1, Math.abs(value));
  }
}
